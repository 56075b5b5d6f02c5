package incident

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/tui/kit"
	"muster/tui/widget"
)

// A reader is a dialog to read a longer text in: a sitrep.
type reader struct {
	kit.Quiet
	of     *Open
	title  string
	text   string // Markdown
	copies string // what is copied, if not text
	lines  []string
	w      int
	first  int
	rows   int

	issued uint64 // the entry that issued it; 0 if none did
	past   bool   // it is one that was issued before
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

// ReaderPlace is a longer text to read.
func ReaderPlace() kit.Place { return kit.Place{Name: "reading", Is: kit.Over | kit.Page | kit.Shut} }

// Deliver implements kit.Routed.
func (m sitrepDrawn) Deliver() tea.Cmd {
	if m.err != nil {
		return m.asked.Tell("There is no sitrep", m.err.Error())
	}
	return m.asked.Show(&reader{of: m.of, title: "Where things stand", text: m.text})
}

// showTaken shows the sitrep to who took a role, and whether the log keeps it.
func showTaken(o *Open, taken response.Taken) tea.Cmd {
	switch {
	case taken.Sitrep == "" && taken.Unkept != nil:
		o.UI.Say("The role is taken. There is no sitrep: " + clean.Line(taken.Unkept.Error()))
		return nil
	case taken.Unkept != nil:
		o.UI.Say("The role is taken. The log does not keep this sitrep: " + clean.Line(taken.Unkept.Error()))
	}
	return o.UI.Show(&reader{of: o, title: "Where things stand", text: taken.Sitrep})
}

// noBefore says why no sitrep before this one can be read.
func (d *reader) noBefore() string {
	if d.copies != "" || d.before() == 0 {
		return "No sitrep was issued before."
	}
	return ""
}

// before is the entry that issued the sitrep before this one; 0 if none did.
func (d *reader) before() uint64 {
	all := d.of.Inc.Sitreps
	for i := len(all) - 1; i >= 0; i-- {
		if d.issued == 0 || all[i] < d.issued {
			return all[i]
		}
	}
	return 0
}

// back shows the sitrep that was issued before, as it left.
func (d *reader) back() tea.Cmd {
	d.issued, d.past, d.lines, d.first = d.before(), true, nil, 0
	d.title = fmt.Sprintf("The sitrep of entry %d, as it left", d.issued)
	sitrep, _, err := state.IssuedSitrep(d.of.Inc, d.issued)
	if err != nil {
		d.text = clean.Text(err.Error())
		return nil
	}
	d.text = sitrep.Text
	return nil
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

func (d *reader) noIssue() string {
	if d.copies != "" {
		return "This is no sitrep."
	}
	if d.past {
		return "This one was issued already."
	}
	return d.of.Cannot()
}

// issue records that the sitrep goes out as it is.
func (d *reader) issue() tea.Cmd {
	o := d.of
	return o.Ask(TypedAction{
		Title: "Issue the sitrep", About: "The log keeps it as it is, with its SHA-256, and to whom it went; the next one tells of what was done after it.", Verb: "issue",
		Fields: func() []*kit.Field {
			return []*kit.Field{{ID: "to", Label: "To whom", Hint: "the board, the shift that takes over"}}
		},
		Command: func(v map[string]string) state.Command {
			return state.IssueSitrep{To: v["to"], Text: d.text}
		},
	})
}

func (d *reader) copy() tea.Cmd {
	if d.copies != "" {
		return d.of.UI.Copy("What was signed, with the signature,", clean.Text(d.copies))
	}
	return d.of.UI.Copy("The sitrep", clean.Text(d.text))
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
