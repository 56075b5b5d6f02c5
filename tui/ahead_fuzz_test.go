package tui

import (
	"testing"
	"time"
)

// FuzzParseAhead: what is read as a time to come lies ahead, and can be written and
// read again.
func FuzzParseAhead(f *testing.F) {
	for _, text := range []string{"", "30m", "in 1h30m", "+1 h 5m", "07:30", "02:41", "2026-11-25 07:30", "2026-11-25T07:30:00+14:00", "9999-12-31 23:59", "2562047h47m16s", "in in 5m", "-5m", "24:00", "+\xff"} {
		f.Add(text)
	}
	now := time.Date(2026, 11, 24, 2, 41, 7, 0, time.FixedZone("", 3600))
	f.Fuzz(func(t *testing.T, text string) {
		at, err := ParseAhead(text, now)
		if err != nil || at.IsZero() {
			return
		}
		if at.Before(now.Truncate(time.Second)) {
			t.Errorf("%q is read as %v", text, at)
		}
		if again, err := time.Parse(time.RFC3339, at.Format(time.RFC3339)); err != nil || !again.Equal(at) {
			t.Errorf("%q is read as %v, and that as %v, %v", text, at, again, err)
		}
	})
}
