package export

import (
	"slices"
	"time"

	"muster/state/sorted"
)

// A deadline is an event of the calendar.
type deadline struct {
	what, id string
	title    string
	at       time.Time
	says     []string        // lines of its description
	alarms   []time.Duration // before it
}

// after leaves out the alarms that would ring before the deadline was set.
func (d *deadline) after(set time.Time) {
	d.alarms = sorted.Without(slices.Clone(d.alarms), func(before time.Duration) bool { return before > 0 && before >= d.at.Sub(set) })
}
