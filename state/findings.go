package state

import "time"

// A Review is what people found out and decided when they looked back, beside what they
// observed; see [Exercise.Observations].
type Review struct {
	Cause   *Cause         // the last that was stated; nil if none was
	Actions []ReviewAction // in the order in which they were planned
}

// A Cause is why it happened, by the word of who reviewed it.
type Cause struct {
	Text    string
	Factors []string // what contributed
	By      string
	When    time.Time
	Seq     uint64
}

// A ReviewAction is something that is to be done so that it does not happen again.
type ReviewAction struct {
	What   string
	Owner  string // who sees to it; "" for nobody yet
	Due    string // a date: 2026-12-24; "" for none yet
	By     string // who recorded it
	When   time.Time
	Seq    uint64
	Done   time.Time // zero while it is not
	DoneBy string
	Note   string // what came of it
}
