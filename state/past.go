package state

import (
	"fmt"
	"time"
)

// A Past is a moment before now, as of which an incident is looked at.
type Past struct {
	At      time.Time // in the zone of who asked
	AsItWas bool      // as it is now known to have been; else as it was known then
	Entries int       // the entries that it rests on: that had been recorded, or had happened
	Of      uint64    // the entries of the whole log
}

// Title says which of the two it is, and of when, as clock writes times.
func (p *Past) Title(clock func(time.Time) string) string {
	if p.AsItWas {
		return "AS IT WAS AT " + clock(p.At)
	}
	return "AS KNOWN AT " + clock(p.At)
}

// String says what stands in it and what does not, a sentence.
func (p *Past) String() string {
	if p.AsItWas {
		return fmt.Sprintf("By all that is known at entry %d, with what was corrected: what had happened by then, %d of the entries.", p.Of, p.Entries)
	}
	return fmt.Sprintf("By what had been recorded by then: %d of %d entries, without what was corrected or learned later.", p.Entries, p.Of)
}
