package state

import "time"

// identity is the hash under which an entry was recorded first.
func identity(e *Entry) Hash {
	if e.Origin != nil {
		return e.Origin.Hash
	}
	return e.Hash
}

// recordedFirst is when an entry was written first, wherever that was.
func recordedFirst(e *Entry) time.Time {
	if e.Origin != nil {
		return e.Origin.Recorded
	}
	return e.Recorded
}
