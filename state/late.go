package state

import (
	"fmt"
	"time"

	"muster/state/sorted"
	"muster/state/when"
)

// LateAfter is how long after it happened an entry is recorded late.
const LateAfter = 15 * time.Minute

// Late is how long after it happened an entry was recorded; 0 unless it is late.
func Late(e *Entry) time.Duration {
	if by := recordedFirst(e).Sub(e.When()); by >= LateAfter {
		return by
	}
	return 0
}

// AfterClosing reports whether an entry was recorded after the incident was closed.
func AfterClosing(inc *Incident, seq uint64) bool { return inc.Closed != nil && seq > inc.Closed.Seq }

// InOrder are the numbers of the entries, as they were written or, if occurred, as
// things happened; of one moment as they were written. Of an incident that is looked at as
// it was, they are those that had happened.
func InOrder(inc *Incident, occurred bool) []uint64 {
	order := make([]uint64, 0, len(inc.Log))
	for i := range inc.Log {
		if seq := inc.Log[i].Seq; Within(inc, seq) {
			order = append(order, seq)
		}
	}
	if occurred {
		when := make([]time.Time, len(inc.Log)+1)
		for _, seq := range order {
			e, _ := inc.Entry(seq) // as it counts, with what was corrected
			when[seq] = e.When()
		}
		sorted.Stable(order, func(a, b uint64) int { return when[a].Compare(when[b]) })
	}
	return order
}

// Marks say of an entry what its place in the log does not: that it was recorded long
// after it happened, or after the incident was closed, or that it did not stay so.
func Marks(inc *Incident, e *Entry) []string {
	var marks []string
	if by := Late(e); by > 0 {
		marks = append(marks, "recorded "+when.Duration(by)+" later")
		if _, opened := e.Data.(*IncidentOpened); opened { // the log was not there yet
			marks = append(marks, "the time is that of the detection")
		}
	}
	if e.Origin != nil {
		marks = append(marks, fmt.Sprintf("from a branch, entry %d there", e.Origin.Seq))
	}
	if AfterClosing(inc, e.Seq) {
		word := "after the closing"
		if e.When().Before(inc.Closed.When) {
			word = "written after the closing"
		}
		marks = append(marks, word)
	}
	if how := metAfterAll(inc, e); how != "" {
		marks = append(marks, how)
	}
	return marks
}
