package state

import (
	"testing"
	"time"
)

// A sentence of the log is in UTC, and is told in the zone of who reads it; what somebody
// said stays as it was said.
func TestInZone(t *testing.T) {
	say := func(at time.Time) string {
		return at.In(time.FixedZone("", -5*3600)).Format("2006-01-02 15:04:05 -07:00")
	}
	for text, want := range map[string]string{
		"": "",
		"called Police: reached, call back at 2026-11-24 03:30 UTC": "called Police: reached, call back at 2026-11-23 22:30:00 -05:00",
		"timer for 2026-11-24 12:00:07 UTC: look":                   "timer for 2026-11-24 07:00:07 -05:00: look",
		`service Mail is down — "until 2026-11-24 03:30 UTC"`:       `service Mail is down — "until 2026-11-24 03:30 UTC"`,
		`it is so at 2026-11-24 03:30 UTC — "2026-11-24 03:30 UTC"`: `it is so at 2026-11-23 22:30:00 -05:00 — "2026-11-24 03:30 UTC"`,
		"due 2026-13-45 99:99 UTC, or at 03:30 UTC":                 "due 2026-13-45 99:99 UTC, or at 03:30 UTC",
		"due " + inUTC(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)): "due 2026-01-01 22:04:05 -05:00",
	} {
		if got := InZone(text, say); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
