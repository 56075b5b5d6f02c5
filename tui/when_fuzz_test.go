package tui

import (
	"testing"
	"time"
)

// FuzzParseWhen: what is read as a time has come, or is about to.
func FuzzParseWhen(f *testing.F) {
	for _, text := range []string{"", "now", "02:38", "02:38:05", "-10m", "10m ago", "2026-11-24 02:38", "2026-11-24T02:38:00+01:00", "-99999999h", "24:00", "-\x00"} {
		f.Add(text)
	}
	now := time.Date(2026, 11, 24, 2, 41, 7, 0, time.FixedZone("", 3600))
	f.Fuzz(func(t *testing.T, text string) {
		if when, err := ParseWhen(text, now); err == nil && when.After(now.Add(time.Minute)) {
			t.Errorf("%q is read as %v", text, when)
		}
	})
}
