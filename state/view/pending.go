package view

import (
	"time"

	"muster/state"
	"muster/state/sorted"
)

// What people set in an incident, with a time, until they say that it is over: see
// [state.Pending]. What there is of it is in each of three lists.

// Pending is all that people set.
type Pending struct {
	Timers []Timer `json:"timers"`
}

// StillPending is what may still be set, for a sitrep.
type StillPending struct {
	Timers []Timer `json:"timers" doc:"that are set, or may be"`
}

func pendingOf(inc *state.Incident) Pending { return Pending{Timers: TimersOf(inc)} }

func stillPendingOf(inc *state.Incident) StillPending {
	return StillPending{Timers: sorted.Without(TimersOf(inc), func(t Timer) bool { return t.Ended.Known() != nil })}
}

// A Timer is a time at which somebody wants to be reminded.
type Timer struct {
	ID    string    `json:"id"`
	Title string    `json:"title"`
	Step  string    `json:"step,omitempty"`
	Set   time.Time `json:"set"`
	Due   time.Time `json:"due"`
	By    string    `json:"by"`
	Ended *Moment   `json:"ended,omitempty" null:"what is withheld may have ended it" doc:"left out while it is set"`
	Why   string    `json:"why,omitempty"`
	Seq   uint64    `json:"seq"`
}

// TimersAsOf are timers as of a moment before now.
type TimersAsOf struct {
	AsOf   AsOf    `json:"as_of"`
	Timers []Timer `json:"timers"`
}

// TimersOf are all timers, in the order in which they were set.
func TimersOf(inc *state.Incident) []Timer {
	out := make([]Timer, 0, len(inc.Timers))
	for _, t := range inc.Timers {
		one := Timer{ID: t.ID, Title: t.Title, Step: t.Step, Set: t.Set.UTC(), Due: t.Due.UTC(), By: t.By, Ended: knownMoment(t.Ended), Why: t.Why, Seq: t.Seq}
		if t.Hidden {
			one.Ended = new(Moment)
		}
		out = append(out, one)
	}
	return out
}
