package session

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

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

// TestZoneOfTheMachine: the offset now, and a name that the machine or Go knows.
func TestZoneOfTheMachine(t *testing.T) {
	t.Setenv("TZ", "Asia/Tokyo")
	if got := (System{}).Zone(); !strings.HasSuffix(got, " Asia/Tokyo") || len(got) < len("+09:00 ") {
		t.Errorf("it is %q", got)
	}
	t.Setenv("TZ", "")
	offset, name, _ := strings.Cut((System{}).Zone(), " ")
	if _, err := time.Parse("-07:00", offset); err != nil || name == "" {
		t.Errorf("it is %q, %q", offset, name)
	}
}

// TestMachineIsTheKernels: its boot is named, and how long ago it was.
func TestMachineIsTheKernels(t *testing.T) {
	id, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		t.Skip(err)
	}
	if got := (System{}).BootID(); got != strings.TrimSpace(string(id)) || got == "" {
		t.Errorf("the boot is %q, not %s", got, id)
	}
	before := (System{}).SinceBoot()
	if after := (System{}).SinceBoot(); before <= 0 || after < before {
		t.Errorf("%v, and then %v", before, after)
	}
}
