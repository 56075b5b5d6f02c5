package state

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"muster/runbooks"
)

// A Contradiction is what an entry says and the log has otherwise, though each line is
// as it was written.
type Contradiction struct {
	Seq  uint64 // the entry that says it
	What string // a sentence; names in it are as the log has them, and not cleaned
	// Open: nothing is wrong with the entries; people said two things, and have still to say
	// which holds.
	Open bool
	// Known is what the log had then of the claims of a statement, where the entry says that
	// something else was known; else nil.
	Known []ClaimKnown
}

// Contradictions reads a whole log in order and holds what its entries say of each other,
// and of themselves, against what the log then had: heads that were told or signed,
// texts and their hashes, what a notice says was known, roles, times. What rests on
// something withheld is not judged. The error is that of the entries; what was found
// before it is returned with it.
func Contradictions(entries iter.Seq2[Entry, error]) (found []Contradiction, err error) {
	h := holding{inc: &Incident{reading: true}}
	for e, err := range entries {
		if err != nil {
			return found, err
		}
		if e.Data != nil {
			h.ready(&e)
			for _, what := range contradicts(h.inc, &e) {
				found = append(found, Contradiction{Seq: e.Seq, What: what, Known: knownElse(h.inc, &e)})
			}
		}
		if err := h.apply(e); err != nil {
			return found, err
		}
	}
	return append(found, unsettled(h.end())...), nil
}

// unsettled says of what several answers stand, by the entry that brought them together.
func unsettled(inc *Incident) (found []Contradiction) {
	for _, two := range Contradicting(inc) {
		what := fmt.Sprintf("Of %s (%s) two answers stand that nobody has settled: %s.", two.Name(inc), two.ID(), entryList(two.Entries))
		found = append(found, Contradiction{Seq: two.Merged, What: what, Open: true})
	}
	return found
}

func contradicts(inc *Incident, e *Entry) (found []string) {
	if e.Origin != nil {
		return nil // it is held against the log in which it was recorded
	}
	all := []string{goesBack(inc, e), tooEarly(e), answeredEarly(inc, e), notHeld(inc, e), endsEarly(inc, e), sendsEarly(inc, e)}
	if data, ok := e.Data.(witnessed); ok {
		all = append(all, data.contradicts(inc, e))
	}
	for _, what := range all {
		if what != "" {
			found = append(found, what)
		}
	}
	return found
}

// goesBack says that the clock was set back, and that no entry says so. An entry about the
// clock says it, and one about a session on a machine that the log does not know as it is
// now does as well: nothing tells by how much the clocks of two machines, or of one before
// and after it was started, differ.
func goesBack(inc *Incident, e *Entry) string {
	by, before := wentBack(inc, e)
	opened, another := e.Data.(*SessionOpened)
	if another {
		_, known := inc.BootAt(opened.Boot)
		another = !known || opened.Boot == ""
	}
	if by == 0 || e.Kind == KindClockStepped || another {
		return ""
	}
	return fmt.Sprintf("The clock was set back by %s between entries %d and %d, to %s, and no entry says so: this one or one before it bears a time that was not.",
		by, before, e.Seq, e.Recorded.Format(time.RFC3339))
}

// tooEarly says that an entry is about what had not come yet when it was written.
func tooEarly(e *Entry) string {
	if !e.Occurred.After(e.Recorded.Add(future)) {
		return ""
	}
	return fmt.Sprintf("It says that it happened at %s, and was written at %s, before that.", e.Occurred.Format(time.RFC3339), e.Recorded.Format(time.RFC3339))
}

// answeredEarly says that an answer gives, as the time at which something was so, one that had
// not come yet when it was written. A drill's story has times of its own.
func answeredEarly(inc *Incident, e *Entry) string {
	step, values := answersIn(e)
	s := inc.Step(step)
	if s == nil || inc.Mode == Drill || e.Withheld.Has(Notes) {
		return ""
	}
	for _, id := range slices.Sorted(maps.Keys(values)) {
		at, err := time.Parse(time.RFC3339, values[id])
		if err != nil || !at.After(e.Recorded.Add(future)) {
			continue
		}
		if id == awareness || id == firstSign || countsFrom(inc, s.askKey(inc, id)) != nil {
			return fmt.Sprintf("It says (%s) that something was so at %s, and was written at %s, before it.", id, at.Format(time.RFC3339), e.Recorded.Format(time.RFC3339))
		}
	}
	return ""
}

// answersIn are the answers that an entry gives to the questions of a step.
func answersIn(e *Entry) (step string, values map[string]string) {
	switch data := e.Data.(type) {
	case *StepAnswered:
		return data.Step, data.Values
	case *StepDone:
		return data.Step, data.Values
	}
	return "", nil
}

// notHeld says that nobody had given the writer the role in which the entry is written.
func notHeld(inc *Incident, e *Entry) string {
	role := inc.Role(e.By.Role)
	if role == nil || inc.Redacted.All || (inc.Redacted.Parts | e.Withheld).Has(Names) || runbooks.SameName(role.Person, e.By.Name) {
		return ""
	}
	return fmt.Sprintf("It is written as %s by %s, and the role was %s then.", role.Def.ID, e.By.Name, heldBy(role.Person))
}

func heldBy(person string) string {
	if person == "" {
		return "nobody's"
	}
	return person + "'s"
}

// endsEarly says that an entry has the incident end before what was done in it; "" if it does
// not, or if it has a word on why.
func endsEarly(inc *Incident, e *Entry) string {
	var end time.Time
	switch data := e.Data.(type) {
	case *IncidentClosed:
		end = e.Occurred
	case *EntryAmended:
		if data.Occurred != nil && isClosing(inc, data.Seq) {
			end = *data.Occurred
		}
	}
	if end.IsZero() || e.Override != nil && slices.Contains(e.Override.Of, Untrue) {
		return ""
	}
	after := doneAfter(kinds, inc, end)
	if len(after) == 0 {
		return ""
	}
	return fmt.Sprintf("It says that the incident ended at %s, and %s happened after that.", end.Format(time.RFC3339), sayEntries(after))
}
