package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/widget"
)

func (o *openIncident) noRoles() string {
	if len(o.inc.Roles) == 0 {
		return "The runbook has no roles."
	}
	return o.cannot()
}

// handOver asks to whom a role goes. Until that person takes it, it stays.
func (o *openIncident) handOver() tea.Cmd {
	mine := o.inc.RolesOf(o.ui.Person)
	first := ""
	if len(mine) > 0 {
		first = mine[0]
	}
	return o.ask(typedAction{
		title: "Hand over a role", verb: "hand over", values: map[string]string{"role": first},
		about: "It stays with its holder until the other person takes it.",
		fields: func() []*field {
			f := &field{id: "role", label: "Role", kind: choiceField}
			for i := range o.inc.Roles {
				r := &o.inc.Roles[i]
				f.choices = append(f.choices, choice{r.Def.ID, r.Def.Title + " (" + person(r.Person) + ")"})
			}
			return []*field{f, {id: "to", label: "To whom", required: true}, noteOf("What that person should know")}
		},
		command: func(v map[string]string) state.Command {
			return state.HandRole{Role: v["role"], To: v["to"], Note: v["note"]}
		},
	})
}

// pending is a role that is handed over: to this person, or else to anybody.
func (o *openIncident) pending() *state.Role {
	var any *state.Role
	for i := range o.inc.Roles {
		r := &o.inc.Roles[i]
		if r.Pending == o.ui.Person && r.Pending != "" {
			return r
		}
		if r.Pending != "" && any == nil {
			any = r
		}
	}
	return any
}

func (o *openIncident) noPending() string {
	if o.pending() == nil {
		return "No role is being handed over."
	}
	return o.cannot()
}

// acknowledge asks whether a role that is handed over is taken.
func (o *openIncident) acknowledge() tea.Cmd {
	return o.ui.Show(o.acknowledging(o.pending()))
}

func (o *openIncident) acknowledging(r *state.Role) *Confirm {
	about := fmt.Sprintf("%s hands %s over to %s.", person(r.Person), r.Def.Title, person(r.Pending))
	if note := o.handNote(r.Def.ID); note != "" {
		about += "\n\n" + note
	}
	if r.Def.Duties != "" {
		about += "\n\nDuties: " + r.Def.Duties
	}
	return &Confirm{UI: o.ui, Title: "Handover", About: about, Yes: "take it", Do: func() tea.Cmd {
		return o.do(&saving{action: state.Action{Command: state.AcknowledgeRole{Role: r.Def.ID}}, then: o.sitrep})
	}}
}

// handNote is what the last handover of a role says.
func (o *openIncident) handNote(role string) string {
	for i := len(o.inc.Log) - 1; i >= 0; i-- {
		if d, ok := o.inc.Log[i].Data.(*state.RoleHanded); ok && d.Role == role {
			return clean.Bounded(d.Note, 1200)
		}
	}
	return ""
}

// offered shows a handover to this person that is new since before; it rings
// instead while the person is typing or answering something.
func (o *openIncident) offered(before *state.Incident) tea.Cmd {
	if o.cannot() != "" {
		return nil
	}
	for i := range o.inc.Roles {
		r := &o.inc.Roles[i]
		if r.Pending == "" || r.Pending != o.ui.Person {
			continue
		}
		if before != nil {
			if was := before.Role(r.Def.ID); was != nil && was.Pending == r.Pending {
				continue
			}
		}
		if o.ui.Top().Place().Is&(Typing|Over) != 0 { // whoever is typing would answer unseen
			return o.ring(fmt.Sprintf("HANDOVER: %s hands %s to you; %s takes it", person(r.Person), r.Def.Title, o.ui.KeyOf("role.acknowledge")))
		}
		d := o.acknowledging(r)
		d.Opened = o.ui.Now()
		return o.ui.Show(d)
	}
	return nil
}

// A reader is a dialog to read a longer text in: a sitrep.
type reader struct {
	of    *openIncident
	title string
	text  string // Markdown
	lines []string
	w     int
	first int
	rows  int
}

// sitrepDrawn is a situation report, or why there is none.
type sitrepDrawn struct {
	of   *openIncident
	text string
	err  error
}

func (o *openIncident) noSitrep() string {
	if o.world == nil {
		return "There is nothing to draw a sitrep with here."
	}
	return ""
}

// sitrep draws a situation report of what was done since the last one.
func (o *openIncident) sitrep() tea.Cmd {
	if o.noSitrep() != "" {
		return nil
	}
	world, ctx, inc := o.world, o.ctx, o.inc
	return func() tea.Msg {
		text, err := world.Sitrep(ctx, inc, inc.Sitrep)
		return sitrepDrawn{o, text, err}
	}
}

func (m sitrepDrawn) Deliver() tea.Cmd {
	if m.err != nil {
		return m.of.ui.Tell("There is no sitrep", m.err.Error())
	}
	return m.of.ui.Show(&reader{of: m.of, title: "Where things stand", text: m.text})
}

func (d *reader) Place() Place { return readerPlace() }

// Leaves implements Leaver: enter does the same, and says so.
func (d *reader) Leaves() string { return "" }

func (d *reader) Update(tea.Msg) tea.Cmd { return nil }
func (d *reader) Click(_, _ int) tea.Cmd { return nil }

func (d *reader) Move(m Motion) tea.Cmd {
	last := max(0, len(d.lines)-d.rows)
	d.first = m.Step(min(d.first, last), last+1, d.rows)
	return nil
}

func (d *reader) noIssue() string { return d.of.cannot() }

// issue records that the sitrep goes out as it is.
func (d *reader) issue() tea.Cmd {
	o := d.of
	return o.ask(typedAction{
		title: "Issue the sitrep", about: "The log keeps its SHA-256 and to whom it went; the next one tells of what was done after it.", verb: "issue",
		fields: func() []*field {
			return []*field{{id: "to", label: "To whom", hint: "the board, the shift that takes over"}}
		},
		command: func(v map[string]string) state.Command {
			return state.IssueSitrep{To: v["to"], SHA256: state.Sum([]byte(d.text))}
		},
	})
}

func (d *reader) copy() tea.Cmd {
	d.of.ui.Say("The sitrep is copied.")
	return Copied(clean.Text(d.text))
}

func (d *reader) View(w, h int) ([]string, *tea.Cursor) {
	t := d.of.ui.Theme
	inner := w - 4
	if d.lines == nil || d.w != inner {
		d.lines, d.w = widget.Markdown(d.text, inner, t), inner
	}
	d.rows = max(1, h-4)
	d.first = min(d.first, max(0, len(d.lines)-d.rows))
	body := d.lines[d.first:min(len(d.lines), d.first+d.rows)]
	at := t.Dim.Render(widget.Position(len(d.lines), d.rows, d.first))
	footer := widget.Spread(d.of.ui.Hints(readerPlace(), inner-widget.Width(at)-1), at, inner)
	return widget.Dialog(t, d.title, body, footer, w, h), nil
}

// marks is what needs somebody, in a word each, the most urgent first: statements
// that are not true any more, handovers, timers.
func (o *openIncident) marks() []string {
	t, now := o.ui.Theme, o.ui.Now()
	var marks []string
	add := func(style widget.Style, text string) {
		if text != "" {
			marks = append(marks, style.Render(text))
		}
	}
	for _, p := range o.parts {
		if p, ok := p.(marker); ok {
			add(t.Error, p.Mark())
		}
	}
	if what := o.inc.Lacks.String(); what != "" {
		add(t.Warn, "WITHHELD "+what)
	}
	f := o.facts()
	if f.stale > 0 {
		add(t.Error, fmt.Sprintf("%d STALE", f.stale))
	}
	if f.regressed > 0 {
		add(t.Error, fmt.Sprintf("%d REGRESSED", f.regressed))
	}
	if r := o.pending(); r != nil {
		who := "to " + widget.Truncate(person(r.Pending), 12)
		if r.Pending == o.ui.Person {
			who = "to you"
		}
		add(t.Warn, "handover "+who)
	}
	if timer := o.timerMark(now); strings.HasSuffix(timer, "DUE") {
		add(t.Warn, timer)
	} else {
		add(t.Info, timer)
	}
	return marks
}

// facts are counts that the head shows, kept for as long as nothing changes.
type facts struct {
	seq              uint64
	stale, regressed int
}

func (o *openIncident) facts() facts {
	if o.counted.seq == o.inc.Head.Seq {
		return o.counted
	}
	o.counted = facts{seq: o.inc.Head.Seq, stale: len(o.inc.StaleNotices())}
	for i := range o.inc.Services {
		if o.inc.Services[i].State == state.Regressed {
			o.counted.regressed++
		}
	}
	return o.counted
}

// rolesFound is the part of an incident that finds its roles.
type rolesFound struct{ of *openIncident }

// Finds implements finder.
func (f rolesFound) Finds() []Finding {
	var all []Finding
	o := f.of
	for i := range o.inc.Roles {
		r := &o.inc.Roles[i]
		all = append(all, Finding{Kind: "role", Text: r.Def.Title, Hint: person(r.Person), Do: func() tea.Cmd {
			if why := o.cannot(); why != "" {
				o.ui.Say(why)
				return nil
			}
			return o.takeRole(r.Def.ID)
		}})
	}
	return all
}
