package state

import "fmt"

// A Tally counts steps. Empty places of copies are not counted.
type Tally struct {
	Total                              int // all of them
	Done, Unconfirmed, Skipped, Failed int
	NotNeeded, Blocked, Active, Todo   int
	Waiting                            int
	Unseen                             int // of which what would tell is withheld
}

// Tally counts the steps of a phase, by its index; -1 counts them all.
func (inc *Incident) Tally(phase int) Tally {
	var t Tally
	for i := range inc.Steps {
		s := &inc.Steps[i]
		if s.Empty || (phase >= 0 && s.Phase != phase) {
			continue
		}
		t.add(inc.Status(s))
	}
	return t
}

// Tallies counts the steps of every phase, in one pass.
func (inc *Incident) Tallies() []Tally {
	all := make([]Tally, len(inc.Phases))
	for i := range inc.Steps {
		if s := &inc.Steps[i]; !s.Empty {
			all[s.Phase].add(inc.Status(s))
		}
	}
	return all
}

func (t *Tally) add(status Status) {
	t.Total++
	switch status {
	case Done:
		t.Done++
	case Unconfirmed:
		t.Unconfirmed++
	case Skipped:
		t.Skipped++
	case Failed:
		t.Failed++
	case NotNeeded:
		t.NotNeeded++
	case Blocked:
		t.Blocked++
	case Active:
		t.Active++
	case Waiting:
		t.Waiting++
	case Unseen:
		t.Unseen++
	default:
		t.Todo++
	}
}

// AtLeast says behind counts of steps that they are the least that they can be, where it is withheld
// where some stand; "" if none is.
func AtLeast(unseen int) string {
	if unseen == 0 {
		return ""
	}
	return fmt.Sprintf(", at least; where %d more stand is withheld", unseen)
}

// Progress is how many steps are done, of those that may be applicable, as 2/14; of how many it is
// not known, in a copy, stands beside it.
func (t Tally) Progress() string {
	text := fmt.Sprintf("%d/%d", t.Done, t.Total-t.NotNeeded)
	if t.Unseen > 0 {
		text += fmt.Sprintf(" %d?", t.Unseen)
	}
	return text
}

// Next is the step to do next: the first that is under way, or else the first whose turn has
// come, of those that the runbook wants done before all else or else of all. nil if there is
// none, or if what would tell is withheld.
func (inc *Incident) Next() *Step {
	var next *Step
	for i := range inc.Steps {
		s := &inc.Steps[i]
		if s.Empty || next != nil && s.Status != Active { // which of them is under way is all that is left to find
			continue
		}
		switch status := inc.Status(s); {
		case status == Unseen:
			return nil // that one may be
		case status == Active:
			return s
		case status == Todo && !s.Met(inc).Settles:
			next = s
		}
	}
	for _, s := range FirstActs(inc) {
		if next != nil && !s.Empty && inc.Status(s) == Todo && !s.Met(inc).Settles {
			return s
		}
	}
	return next
}
