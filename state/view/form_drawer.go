package view

import (
	"time"

	"muster/state"
)

// A drawer finds what fields of forms are drawn from.
type drawer struct {
	inc    *state.Incident
	all    *Incident
	gaps   *Gaps
	at     time.Time
	zone   *time.Location
	claims []state.Claim
}

// A found is what a source says. value "" is nothing.
type found struct {
	value    string
	from     string // the source
	entries  []uint64
	claims   []state.Claim
	withheld bool // what would tell may be withheld
}

// moment is a time.
func (d *drawer) moment(at *time.Time, seqs ...uint64) found {
	if at == nil {
		return found{}
	}
	return found{value: at.UTC().Format(time.RFC3339), entries: seqs}
}

// deadline is the incident's clock that counts by a law; nil if it has none.
func (d *drawer) deadline(law string) *Clock {
	c := d.duty(law)
	if c == nil {
		return nil
	}
	out := clockOf(d.inc, c, d.inc.Until(d.at), d.zone)
	return &out
}

// duty is the clock of a law; nil if there is none.
func (d *drawer) duty(law string) *state.Clock {
	for i := range d.inc.Clocks {
		if c := &d.inc.Clocks[i]; law != "" && (c.Def.Law == law || c.ID == law) {
			return c
		}
	}
	return nil
}
