package session

import (
	"errors"
	"fmt"
	"testing"

	"muster/state"
)

// TestSystemClock: it says what the machine says of its zone, its boot and its time.
func TestSystemClock(t *testing.T) {
	t.Setenv("TZ", "Asia/Tokyo")
	if got := zoneName(); got != "Asia/Tokyo" {
		t.Errorf("the zone is %q", got)
	}
	t.Setenv("TZ", ":Asia/Tokyo")
	if got := zoneName(); got != "Asia/Tokyo" {
		t.Errorf("with a colon the zone is %q", got)
	}
	t.Setenv("TZ", "No/Such")
	if got := zoneName(); got == "No/Such" {
		t.Error("a zone that is not there is named")
	}
	var clock System
	if now := clock.Now(); now != now.Round(0) || clock.SinceBoot() < 0 {
		t.Errorf("%v, %v since boot", now, clock.SinceBoot())
	}
	if clock.BootID() != "" && clock.SinceBoot() == 0 {
		t.Error("a machine that names its boot does not know how long ago it was")
	}
	switch got := clock.Synced(); got {
	case "yes", "no", "unknown":
	default:
		t.Errorf("synchronised: %q", got)
	}
}

// TestWhatEndsRecording: a write that may be lost, or damage; nothing else.
func TestWhatEndsRecording(t *testing.T) {
	for _, c := range []struct {
		err  error
		ends bool
	}{
		{state.ErrNotSaved, true}, {fmt.Errorf("disk: %w", state.ErrNotSaved), true}, {&state.Damage{Line: 3}, true}, {errors.New("busy"), false},
		{state.ErrChanged, false}, {errors.Join(state.ErrChanged, state.ErrNotSaved), false}, {state.ErrConflict, false},
	} {
		s := new(Session)
		if s.fail(c.err); (s.failed != nil) != c.ends {
			t.Errorf("%v ends recording: %v", c.err, s.failed != nil)
		}
	}
}
