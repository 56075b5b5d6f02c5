package session

import (
	"time"

	"muster/state"
)

// poll is how often a waiting session looks for what others wrote: a change by
// another process is seen within a second, and looking costs one fstat.
const poll = 500 * time.Millisecond

// beatOf is when within poll a session looks: as soon as it is opened, and so when its
// screens draw their clocks too.
func beatOf(guest state.Guest, opened time.Time) time.Duration {
	if guest == (state.Guest{}) {
		return 0
	}
	return opened.Sub(opened.Truncate(poll))
}
