package incident

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/tui/kit"
	"muster/tui/widget"
)

func noRoles(o *Open) string {
	if len(o.Inc.Roles) == 0 {
		return "The runbook has no roles."
	}
	return o.Cannot()
}

// handOver asks to whom a role goes. Until that person takes it, it stays.
func handOver(o *Open) tea.Cmd {
	mine := o.Inc.RolesOf(o.UI.Person)
	first := ""
	if len(mine) > 0 {
		first = mine[0]
	}
	return o.Ask(TypedAction{
		Title: "Hand over a role", Verb: "hand over", Values: map[string]string{"role": first},
		About: "It stays with its holder until the other person takes it.",
		Fields: func() []*kit.Field {
			f := &kit.Field{ID: "role", Label: "Role", Kind: kit.ChoiceField}
			for i := range o.Inc.Roles {
				r := &o.Inc.Roles[i]
				f.Choices = append(f.Choices, kit.Choice{Value: r.Def.ID, Title: r.Def.Title + " (" + kit.Person(r.Person) + ")"})
			}
			return []*kit.Field{f, {ID: "to", Label: "To whom", Required: true}, NoteOf("What that person should know")}
		},
		Command: func(v map[string]string) state.Command {
			return state.HandRole{Role: v["role"], To: v["to"], Note: v["note"]}
		},
	})
}

// pendingRole is a role that is handed over: to this person, or else to anybody.
func pendingRole(o *Open) *state.Role {
	var any *state.Role
	for i := range o.Inc.Roles {
		r := &o.Inc.Roles[i]
		if runbooks.SameName(r.Pending, o.UI.Person) {
			return r
		}
		if r.Pending != "" && any == nil {
			any = r
		}
	}
	return any
}

func noPending(o *Open) string {
	if pendingRole(o) == nil {
		return "No role is being handed over."
	}
	return o.Cannot()
}

// acknowledge asks whether a role that is handed over is taken.
func acknowledge(o *Open) tea.Cmd {
	return o.UI.Show(acknowledging(o, pendingRole(o)))
}

func acknowledging(o *Open, r *state.Role) *kit.Confirm {
	about := fmt.Sprintf("%s hands %s over to %s.", kit.Person(r.Person), r.Def.Title, kit.Person(r.Pending))
	if note := handNote(o, r.Def.ID); note != "" {
		about += "\n\n" + note
	}
	if r.Def.Duties != "" {
		about += "\n\nDuties: " + r.Def.Duties
	}
	return &kit.Confirm{UI: o.UI, Title: "Handover", About: about, Yes: "take it", Do: func() tea.Cmd {
		session, since := o.Session, uint64(0)
		return o.Do(&Saving{
			Action: state.Action{Command: state.AcknowledgeRole{Role: r.Def.ID}},
			Do: func(ctx context.Context, action state.Action) (*state.Incident, error) {
				taken, err := response.TakeRole(ctx, session, r.Def.ID, action)
				since = taken.Since
				return taken.Incident, err
			},
			Then: func() tea.Cmd { return drawSitrep(o, since) },
		})
	}}
}

// handNote is what the last handover of a role says.
func handNote(o *Open, role string) string {
	for i := len(o.Inc.Log) - 1; i >= 0; i-- {
		if d, ok := o.Inc.Log[i].Data.(*state.RoleHanded); ok && d.Role == role {
			return clean.Bounded(d.Note, 1200)
		}
	}
	return ""
}

// offered shows a handover to this person that is new since before; it rings
// instead while the person is typing or answering something.
func offered(o *Open, before *state.Incident) tea.Cmd {
	if o.Cannot() != "" {
		return nil
	}
	for i := range o.Inc.Roles {
		r := &o.Inc.Roles[i]
		if !runbooks.SameName(r.Pending, o.UI.Person) {
			continue
		}
		if before != nil {
			if was := before.Role(r.Def.ID); was != nil && was.Pending == r.Pending {
				continue
			}
		}
		if o.UI.Top().Place().Is&(kit.Typing|kit.Over) != 0 { // whoever is typing would answer unseen
			return o.ring(fmt.Sprintf("HANDOVER: %s hands %s to you; %s takes it", kit.Person(r.Person), r.Def.Title, o.UI.KeyOf("role.acknowledge")))
		}
		return o.UI.Raise(acknowledging(o, r))
	}
	return nil
}

// A reader is a dialog to read a longer text in: a sitrep.
type reader struct {
	kit.Quiet
	of    *Open
	title string
	text  string // Markdown
	lines []string
	w     int
	first int
	rows  int
}

// sitrepDrawn is a situation report, or why there is none.
type sitrepDrawn struct {
	of    *Open
	asked kit.Asked
	text  string
	err   error
}

func noSitrep(o *Open) string {
	if o.World == nil {
		return "There is nothing to draw a sitrep with here."
	}
	return ""
}

// sitrepNow draws a situation report of what was done since the last one.
func sitrepNow(o *Open) tea.Cmd { return drawSitrep(o, o.Inc.Sitrep) }

// drawSitrep draws a situation report of what was done after an entry.
func drawSitrep(o *Open, since uint64) tea.Cmd {
	if noSitrep(o) != "" {
		return nil
	}
	world, ctx, inc, asked := o.World, o.Ctx, o.Inc, o.UI.Asked()
	return func() tea.Msg {
		text, err := world.Sitrep(ctx, inc, since)
		return sitrepDrawn{o, asked, text, err}
	}
}

// Deliver implements kit.Routed.
func (m sitrepDrawn) Deliver() tea.Cmd {
	if m.err != nil {
		return m.asked.Tell("There is no sitrep", m.err.Error())
	}
	return m.asked.Show(&reader{of: m.of, title: "Where things stand", text: m.text})
}

// Place implements kit.Part.
func (d *reader) Place() kit.Place { return ReaderPlace() }

// Leaves implements Leaver: enter does the same, and says so.
func (d *reader) Leaves() string { return "" }

// Move implements kit.Mover.
func (d *reader) Move(m kit.Motion) tea.Cmd {
	last := max(0, len(d.lines)-d.rows)
	d.first = m.Step(min(d.first, last), last+1, d.rows)
	return nil
}

func (d *reader) noIssue() string { return d.of.Cannot() }

// issue records that the sitrep goes out as it is.
func (d *reader) issue() tea.Cmd {
	o := d.of
	return o.Ask(TypedAction{
		Title: "Issue the sitrep", About: "The log keeps its SHA-256 and to whom it went; the next one tells of what was done after it.", Verb: "issue",
		Fields: func() []*kit.Field {
			return []*kit.Field{{ID: "to", Label: "To whom", Hint: "the board, the shift that takes over"}}
		},
		Command: func(v map[string]string) state.Command {
			return state.IssueSitrep{To: v["to"], SHA256: state.Sum([]byte(d.text))}
		},
	})
}

func (d *reader) copy() tea.Cmd {
	d.of.UI.Say("The sitrep is copied.")
	return kit.Copied(clean.Text(d.text))
}

// View implements kit.Part.
func (d *reader) View(w, h int) ([]string, *tea.Cursor) {
	t := d.of.UI.Theme
	inner := w - 4
	if d.lines == nil || d.w != inner {
		d.lines, d.w = widget.Markdown(d.text, inner, t), inner
	}
	d.rows = max(1, h-4)
	d.first = min(d.first, max(0, len(d.lines)-d.rows))
	body := d.lines[d.first:min(len(d.lines), d.first+d.rows)]
	at := t.Dim.Render(widget.Position(len(d.lines), d.rows, d.first))
	footer := widget.Spread(d.of.UI.Hints(ReaderPlace(), inner-widget.Width(at)-1), at, inner)
	return widget.Dialog(t, d.title, body, footer, w, h), nil
}

// marks is what needs somebody, in a word each, the most urgent first: statements
// that are not true any more, handovers, timers.
func (o *Open) marks() []string {
	t, now := o.UI.Theme, o.UI.Now()
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
	if what := o.Inc.Lacks.String(); what != "" {
		add(t.Warn, "WITHHELD "+what)
	}
	f := o.facts()
	if f.stale > 0 {
		add(t.Error, fmt.Sprintf("%d STALE", f.stale))
	}
	if f.regressed > 0 {
		add(t.Error, fmt.Sprintf("%d REGRESSED", f.regressed))
	}
	if r := pendingRole(o); r != nil {
		who := "to " + widget.Truncate(kit.Person(r.Pending), 12)
		if runbooks.SameName(r.Pending, o.UI.Person) {
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

func (o *Open) facts() facts {
	if o.counted.seq == o.Inc.Head.Seq {
		return o.counted
	}
	o.counted = facts{seq: o.Inc.Head.Seq, stale: len(o.Inc.StaleNotices())}
	for i := range o.Inc.Services {
		if o.Inc.Services[i].State == state.Regressed {
			o.counted.regressed++
		}
	}
	return o.counted
}

// RolesFound is the part of an incident that finds its roles.
type RolesFound struct{ Of *Open }

// Finds implements finder.
func (f RolesFound) Finds() []kit.Finding {
	var all []kit.Finding
	o := f.Of
	for i := range o.Inc.Roles {
		r := &o.Inc.Roles[i]
		all = append(all, kit.Finding{Kind: "role", Text: r.Def.Title, Hint: kit.Person(r.Person), Do: func() tea.Cmd {
			if why := o.Cannot(); why != "" {
				o.UI.Say(why)
				return nil
			}
			return takeRole(o, r.Def.ID)
		}})
	}
	return all
}
