package state

import (
	"fmt"
	"time"
)

// notOver refuses, softly, an end of the incident that lies before what was done in it.
func notOver(d *decision, end time.Time) {
	if end.IsZero() {
		return // it ends now, whatever the machines' clocks say
	}
	after := doneAfter(d.table, d.inc, end)
	if len(after) == 0 {
		return
	}
	last, _ := d.inc.Entry(after[len(after)-1])
	d.refuse(Refusal{Reason: Untrue, Field: "occurred", Overridable: true, Seq: last.Seq,
		Text: fmt.Sprintf("The incident was not over at %s: %s happened after that, the last at %s.", d.clock(end), sayEntries(after), d.clock(last.When())),
		Hint: "Give a time after them, or close it at that time and say why."})
}

// doneAfter lists, as they happened, the entries of which a closed incident takes none, and that
// happened after a time. Times are compared by the minute, as people give them. What muster
// finds of itself is not counted: what fell due later is no act. Nor is what may be muster's.
func doneAfter(table kindTable, inc *Incident, end time.Time) (after []uint64) {
	for _, seq := range InOrder(inc, true) {
		e, _ := inc.Entry(seq)
		if e.Data == nil || inc.RetractedBy(seq) != 0 || table[e.Kind] == nil || e.Withheld.Has(Names) || e.By.Name == Muster || e.Kind == KindClockMissed {
			continue
		}
		if (!table.is(e.Kind, afterwards) || table.is(e.Kind, goesOn)) && e.When().Truncate(time.Minute).After(end) {
			after = append(after, seq)
		}
	}
	return after
}

// sayEntries names a few entries by their numbers.
func sayEntries(entries []uint64) string {
	const most = 5
	if len(entries) == 1 {
		return fmt.Sprintf("entry %d", entries[0])
	}
	text := "entries"
	for i, seq := range entries[:min(len(entries), most)] {
		if i > 0 {
			text += ","
		}
		text += fmt.Sprintf(" %d", seq)
	}
	if more := len(entries) - most; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}
