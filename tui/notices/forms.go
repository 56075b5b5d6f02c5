package notices

import (
	"cmp"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/view"
	"muster/tui/incident"
	"muster/tui/kit"
)

// This file has what authorities demand field by field: which forms there are, one as it
// stands, and a field to be said.

// noForms says why no form can be filled in here.
func (s *Screen) noForms() string {
	if s.World == nil {
		return "There are no forms here."
	}
	return ""
}

// formsListed are the forms there are, or why there are none.
type formsListed struct {
	of    *Screen
	asked kit.Asked
	list  []*runbooks.FormSource
	err   error
}

// forms lists the forms, to choose one.
func (s *Screen) forms() tea.Cmd {
	world, ctx, asked := s.World, s.Ctx, s.UI.Asked()
	return func() tea.Msg {
		list, err := world.Forms(ctx)
		return formsListed{s, asked, list, err}
	}
}

// Deliver implements kit.Routed.
func (m formsListed) Deliver() tea.Cmd {
	var all []kit.Finding
	for _, source := range m.list {
		if source.Err != nil {
			all = append(all, kit.Finding{Kind: "broken", Text: source.ID, Hint: clean.Row(source.Err.Error()), Late: true, Do: func() tea.Cmd {
				return m.of.UI.Tell("The form cannot be used", source.Err.Error())
			}})
			continue
		}
		all = append(all, kit.Finding{Kind: "form", Text: clean.Line(source.Form.Title), Hint: source.ID, Do: func() tea.Cmd { return m.of.form(source) }})
	}
	if m.err != nil || len(all) == 0 {
		return m.asked.Tell("There are no forms", fmt.Sprint(cmp.Or(m.err, errNoForms)))
	}
	return m.asked.Show(kit.NewFinder(m.of.UI, "Which form?", all))
}

var errNoForms = fmt.Errorf("the library has none")

// formFilled is a form as it stands.
type formFilled struct {
	of     *Screen
	asked  kit.Asked
	source *runbooks.FormSource
	filled *view.Form
}

// form fills a form in from the log, and shows it field by field.
func (s *Screen) form(source *runbooks.FormSource) tea.Cmd {
	inc, now, asked := s.Inc, s.UI.Now(), s.UI.Asked()
	return func() tea.Msg {
		return formFilled{s, asked, source, view.NewForm(inc, source, view.FormOptions{Program: inc.Program, At: now, Zone: now.Location()})}
	}
}

// Deliver implements kit.Routed. What is missing stands first.
func (m formFilled) Deliver() tea.Cmd {
	s, f := m.of, m.filled
	standing := "complete"
	if n := len(f.Lacks); n > 0 {
		standing = fmt.Sprintf("lacks %d that it requires", n)
	}
	all := []kit.Finding{
		{Kind: "draft", Text: "Draft it as a notice", Hint: standing, Do: func() tea.Cmd { return m.draft() }},
		{Kind: "read", Text: "Read it as it would go out", Hint: m.changes(), Do: func() tea.Cmd { return m.read() }},
	}
	var required, open, known []kit.Finding
	for i := range f.Fields {
		switch one := &f.Fields[i]; {
		case one.From == "fixed" || one.Value == nil && one.Applies != nil && !*one.Applies:
		case one.Value != nil:
			known = append(known, m.finding(one, "known", "Known"))
		case one.Required && one.Applies != nil:
			required = append(required, m.finding(one, "REQUIRED", "Required, and not known"))
		default:
			open = append(open, m.finding(one, "open", "Not known, and not required"))
		}
	}
	all = slices.Concat(all, required, open, known)
	return m.asked.Show(kit.NewFinder(s.UI, clean.Line(f.Name), all))
}

// finding is a field in the list: what stands there, or who can say it.
func (m formFilled) finding(one *view.FormField, kind, group string) kit.Finding {
	hint := one.Says(m.filled.Zone)
	if one.Value == nil {
		hint = "ask " + cmp.Or(one.AskPerson, one.AskTitle, one.Ask)
	}
	return kit.Finding{Kind: kind, Text: clean.Line(one.Title), Hint: clean.Row(hint), Group: group, Do: func() tea.Cmd { return m.answer(one) }}
}

// changes says whether the form says something else than when it was last sent.
func (m formFilled) changes() string {
	switch f := m.filled; {
	case f.LastSent == nil:
		return "last sent: " + f.NotSent()
	case f.Changed == nil:
		return f.LastSent.Verb() + "; what it said is not known here"
	case len(f.Changed) == 0:
		return f.LastSent.Verb() + "; nothing has changed"
	default:
		return fmt.Sprintf("%s; %d of its fields say something else", f.LastSent.Verb(), len(f.Changed))
	}
}

// read shows the form as it would go out.
func (m formFilled) read() tea.Cmd {
	text := m.filled.Text()
	for _, c := range m.filled.Changed {
		text += fmt.Sprintf("\nSince it was sent: %s was %s, is %s.", c.Title, m.says(c.ID, c.Was), m.says(c.ID, c.Now))
	}
	return m.of.UI.Tell(clean.Line(m.filled.Name), text)
}

func (m formFilled) says(field string, value *string) string {
	if value == nil {
		return "not known"
	}
	return "“" + m.filled.SaysOf(field, *value) + "”"
}

// draft drafts the form as a notice.
func (m formFilled) draft() tea.Cmd {
	s := m.of
	if why := s.Cannot(); why != "" {
		return s.UI.Tell("Nothing can be recorded", why)
	}
	command, err := m.filled.Draft()
	if err != nil {
		return s.UI.Tell("The form cannot be drafted", err.Error())
	}
	notice := command.Notice
	return s.Do(&incident.Saving{Action: state.Action{Command: command}, Then: func() tea.Cmd {
		s.Refresh()
		s.Visit(incident.Row{Kind: incident.NoticeRow, ID: notice})
		return nil
	}})
}

// answer asks for what stands in a field.
func (m formFilled) answer(one *view.FormField) tea.Cmd {
	s := m.of
	if why := s.Cannot(); why != "" {
		return s.UI.Tell("Nothing can be recorded", why)
	}
	if one.From == "answer:aware" { // the form says the time from which the clocks count
		return s.UI.Tell("Clocks count from it", "The form says what the steps ask: when you became aware. Answer it there, and the clocks and the form follow.")
	}
	about := clean.Line(one.Heading())
	if one.Help != "" {
		about += "\n" + clean.Line(one.Help)
	}
	if one.Value != nil {
		about += "\nIt says now: " + clean.Line(one.Says(m.filled.Zone)) + "."
	}
	def := *one.Def
	return s.Ask(incident.TypedAction{
		Title: "Say what stands there", About: about, Verb: "say",
		Fields: func() []*kit.Field { return []*kit.Field{answerField(&def, s.UI.Now)} },
		Command: func(v map[string]string) state.Command {
			return state.AnswerForm{Form: m.source.Form.Root, Field: def, Value: v["value"]}
		},
	})
}
