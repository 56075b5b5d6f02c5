package session

import (
	"testing"
	"time"
)

// TestUntilLook: looks fall on full and half seconds, and no two follow each other at once.
func TestUntilLook(t *testing.T) {
	second := time.Date(2026, 11, 24, 2, 31, 7, 0, time.UTC)
	for after, want := range map[time.Duration]time.Duration{
		0: poll, 20 * time.Millisecond: 480 * time.Millisecond, 499 * time.Millisecond: 501 * time.Millisecond,
		500 * time.Millisecond: poll, 900 * time.Millisecond: 100 * time.Millisecond,
	} {
		if got := untilLook(second.Add(after)); got != want {
			t.Errorf("%v after a full second: %v, want %v", after, got, want)
		}
	}
}
