package tui

import (
	"fmt"

	"muster/state"
	"muster/state/clean"
	"muster/tui/widget"
)

// facilitates reports whether the person before the screens plays the scenario, and
// is told nothing by it.
func (o *openIncident) facilitates() bool {
	return o.IsDrill() && (o.facilitator || o.inc.OpenedBy == o.ui.Person)
}

// keeps reports whether entries of a kind say nothing on this person's screens: what
// the facilitator holds, skips, rates and observes is for the players to read when
// the drill is over. The log has it all the same.
func (o *openIncident) keeps(kind state.Kind) bool {
	switch kind {
	case state.KindInjectHeld, state.KindInjectSkipped, state.KindObjectiveRated, state.KindObservationAdded:
		return o.IsDrill() && o.inc.Closed == nil && !o.facilitates()
	}
	return false
}

// describe says what an entry records, as far as this person may know.
func (o *openIncident) describe(e state.Entry) string {
	if o.keeps(e.Kind) {
		return "the facilitator's: it is shown once the drill is closed"
	}
	return o.inc.Describe(e)
}

// entryLine is one entry in one line: when, who, what.
func (o *openIncident) entryLine(seq uint64, w int) string {
	e, ok := o.inc.Entry(seq)
	if !ok {
		return ""
	}
	t := o.ui.Theme
	when := clockTime(e.When(), o.ui.Now())
	who := widget.Pad(clean.Line(clean.Bounded(e.By.Name, 200)), min(8, max(3, w/8)))
	text, style := o.entryText(e)
	return widget.Truncate(t.Dim.Render(when)+"  "+who+"  "+style.Render(text), w)
}

// entryText is what an entry records, clean, with what became of it.
func (o *openIncident) entryText(e state.Entry) (string, widget.Style) {
	t := o.ui.Theme
	text := clean.Line(clean.Bounded(o.describe(e), 2000))
	if by := o.inc.RetractedBy(e.Seq); by != 0 {
		return fmt.Sprintf("[retracted by %d] %s", by, text), t.Dim
	}
	if by := o.inc.AmendedBy(e.Seq); by != 0 {
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

// entryBlock is one entry in a narrow column: when and who, and what it says in
// at most three lines.
func (o *openIncident) entryBlock(seq uint64, w int) []string {
	const most, indent = 3, "       "
	e, ok := o.inc.Entry(seq)
	if !ok {
		return nil
	}
	t := o.ui.Theme
	text, style := o.entryText(e)
	when := widget.Pad(clockTime(e.When(), o.ui.Now()), len(indent)-1)
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

func (o *openIncident) brief(seq uint64) string {
	e, _ := o.inc.Entry(seq)
	return fmt.Sprintf("%d, %s, %s: %s", seq, clockTime(e.When(), o.ui.Now()), e.By.Name, o.describe(e))
}

// roleTitle is the title of a role by its id; the id if it is not there.
func (o *openIncident) roleTitle(id string) string {
	if role := o.inc.Role(id); role != nil {
		return role.Def.Title
	}
	return id
}

// serviceTitle is the title of a service by its id; the id if it is not there.
func (o *openIncident) serviceTitle(id string) string {
	if sv := o.inc.Service(id); sv != nil {
		return clean.Line(clean.Bounded(sv.Def.Title, 200))
	}
	return clean.Line(id)
}

// none says that there is nothing of a kind: or that it is not known, since a runbook
// is withheld from this copy of the log.
func (o *openIncident) none(text string) string {
	if o.inc.Lacks.Runbook {
		return "not known: the runbook is withheld"
	}
	return text
}
