package session

import (
	"testing"
	"time"

	"muster/state"
)

// TestUntilLook: looks fall on full and half seconds, and no two follow each other at once.
func TestUntilLook(t *testing.T) {
	second := time.Date(2026, 11, 24, 2, 31, 7, 0, time.UTC)
	for after, want := range map[time.Duration]time.Duration{
		0: poll, 20 * time.Millisecond: 480 * time.Millisecond, 499 * time.Millisecond: 501 * time.Millisecond,
		500 * time.Millisecond: poll, 900 * time.Millisecond: 100 * time.Millisecond,
	} {
		if got := new(Session).untilLook(second.Add(after)); got != want {
			t.Errorf("%v after a full second: %v, want %v", after, got, want)
		}
	}
}

// TestGuestsLookApart: of fifty who come over SSH one after another, no two look at the log
// at one moment, and each keeps to theirs; at the machine itself all look together.
func TestGuestsLookApart(t *testing.T) {
	second := time.Date(2026, 11, 24, 2, 31, 7, 0, time.UTC)
	now := second.Add(700 * time.Millisecond)
	at := map[time.Duration]bool{}
	for i := range 50 {
		opened := second.Add(time.Duration(i) * 7 * time.Millisecond)
		guest := &Session{beat: beatOf(state.Guest{Name: "Ada"}, opened)}
		next := now.Add(guest.untilLook(now))
		at[next.Sub(next.Truncate(poll))] = true
		if again := guest.untilLook(next); again != poll {
			t.Errorf("who came at %v looks again after %v, not %v", opened, again, poll)
		}
		here := &Session{beat: beatOf(state.Guest{}, opened)}
		if next := now.Add(here.untilLook(now)); !next.Equal(next.Truncate(poll)) {
			t.Errorf("at the machine itself a look falls on %v", next)
		}
	}
	if len(at) != 50 {
		t.Errorf("fifty look at %d moments", len(at))
	}
}
