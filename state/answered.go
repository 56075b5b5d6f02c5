package state

import "time"

// An Answer is what was decided or learned.
type Answer struct {
	Value string // an option's id, or what was typed
	Title string // the option's title; else Value
	By    string
	When  time.Time
	Seq   uint64
	Why   string // the reason that its entry gives; "" if it gives none

	since uint64   // the entry that first said the same
	was   []Answer // what was answered before, if something else was, the first at the front
}
