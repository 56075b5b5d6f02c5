package state

import (
	"bytes"
	"time"
)

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

// compareFirst orders entries of one time: by when they were recorded first, and where.
func compareFirst(a, b *Entry) int {
	if by := recordedFirst(a).Compare(recordedFirst(b)); by != 0 {
		return by
	}
	x, y := identity(a), identity(b)
	return bytes.Compare(x[:], y[:])
}
