package incident

import (
	"fmt"

	"muster/state"
	"muster/state/clean"
	"muster/tui/kit"
	"muster/tui/widget"
)

// Facilitates reports whether the person before the screens plays the scenario, and
// is told nothing by it.
func (o *Open) Facilitates() bool {
	return o.IsDrill() && (o.Facilitator || o.Inc.OpenedBy == o.UI.Person)
}

// Keeps reports whether entries of a kind say nothing on this person's screens: what
// the facilitator holds, skips, rates and observes is for the players to read when
// the drill is over. The log has it all the same.
func (o *Open) Keeps(kind state.Kind) bool {
	switch kind {
	case state.KindInjectHeld, state.KindInjectSkipped, state.KindObjectiveRated, state.KindObservationAdded:
		return o.IsDrill() && o.Inc.Closed == nil && !o.Facilitates()
	}
	return false
}

// Describe says what an entry records, as far as this person may know.
func (o *Open) Describe(e state.Entry) string {
	if o.Keeps(e.Kind) {
		return "the facilitator's: it is shown once the drill is closed"
	}
	return o.Inc.Describe(e)
}

// EntryLine is one entry in one line: when, who, what.
func (o *Open) EntryLine(seq uint64, w int) string {
	e, ok := o.Inc.Entry(seq)
	if !ok {
		return ""
	}
	t := o.UI.Theme
	when := kit.ClockTime(e.When(), o.UI.Now())
	who := widget.Pad(clean.Line(clean.Bounded(e.By.Name, 200)), min(8, max(3, w/8)))
	text, style := o.entryText(e)
	return widget.Truncate(t.Dim.Render(when)+"  "+who+"  "+style.Render(text), w)
}

// entryText is what an entry records, clean, with what became of it.
func (o *Open) entryText(e state.Entry) (string, widget.Style) {
	t := o.UI.Theme
	text := clean.Line(clean.Bounded(o.Describe(e), 2000))
	if by := o.Inc.RetractedBy(e.Seq); by != 0 {
		return fmt.Sprintf("[retracted by %d] %s", by, text), t.Dim
	}
	if by := o.Inc.AmendedBy(e.Seq); by != 0 {
		return fmt.Sprintf("[amended by %d] %s", by, text), t.Text
	}
	switch e.Kind {
	case state.KindSessionOpened, state.KindClockStepped:
		return text, t.Dim
	case state.KindStepFailed, state.KindRecovered:
		return text, t.Bad
	}
	return text, t.Text
}

// EntryBlock is one entry in a narrow column: when and who, and what it says in
// at most three lines.
func (o *Open) EntryBlock(seq uint64, w int) []string {
	const most, indent = 3, "       "
	e, ok := o.Inc.Entry(seq)
	if !ok {
		return nil
	}
	t := o.UI.Theme
	text, style := o.entryText(e)
	when := widget.Pad(kit.ClockTime(e.When(), o.UI.Now()), len(indent)-1)
	rows := widget.Wrap(clean.Line(clean.Bounded(e.By.Name, 200))+"  "+text, max(8, w-len(indent)))
	if len(rows) > most {
		rows = append(rows[:most-1], widget.Truncate(rows[most-1]+" "+rows[most], max(8, w-len(indent))))
	}
	lines := make([]string, 0, most)
	for i, row := range rows {
		head := indent
		if i == 0 {
			head = t.Dim.Render(when) + " "
		}
		lines = append(lines, " "+head+style.Render(row))
	}
	return lines
}

func (o *Open) Brief(seq uint64) string {
	e, _ := o.Inc.Entry(seq)
	return fmt.Sprintf("%d, %s, %s: %s", seq, kit.ClockTime(e.When(), o.UI.Now()), e.By.Name, o.Describe(e))
}

// RoleTitle is the title of a role by its id; the id if it is not there.
func (o *Open) RoleTitle(id string) string {
	if role := o.Inc.Role(id); role != nil {
		return role.Def.Title
	}
	return id
}

// ServiceTitle is the title of a service by its id; the id if it is not there.
func (o *Open) ServiceTitle(id string) string {
	if sv := o.Inc.Service(id); sv != nil {
		return clean.Line(clean.Bounded(sv.Def.Title, 200))
	}
	return clean.Line(id)
}

// None says that there is nothing of a kind: or that it is not known, since a runbook
// is withheld from this copy of the log.
func (o *Open) None(text string) string {
	if o.Inc.Lacks.Runbook {
		return "not known: the runbook is withheld"
	}
	return text
}
