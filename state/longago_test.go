package state

import (
	"testing"
	"time"
)

// TestLongAgo: a clock that was once said to count from a year that no incident has is up since
// no time that an entry can have. The entry says when it was written, and so can be written.
func TestLongAgo(t *testing.T) {
	long := time.Date(226, 12, 1, 14, 24, 0, 0, time.UTC)
	if at := (MissClock{Due: long}).fellDue(); !at.IsZero() {
		t.Errorf("it happened at %v", at)
	}
	if due := long.AddDate(1800, 0, 0); !(MissClock{Due: due}).fellDue().Equal(due) {
		t.Error("a time of today is not taken as it is")
	}
}
