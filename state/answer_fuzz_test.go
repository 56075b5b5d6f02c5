package state

import (
	"math"
	"strconv"
	"testing"
	"time"

	"muster/runbooks"
)

// FuzzAnswer: an answer that is taken for a number is one, and one that is taken for
// a time can be recorded, and answers again.
func FuzzAnswer(f *testing.F) {
	for _, value := range []string{"", "02:38", "-10m", "2026-11-24T02:38:00Z", "2026-11-24T02:38:00.5+14:00", "9999-12-31T23:59:59-23:59", "-2562047h47m16s", "24:00", "1", "1e308", "NaN", "-inf", "0x1p-2", "1_000", "\xff"} {
		f.Add(value, "+01:00 Europe/Berlin")
	}
	f.Add("23:59", "-99:99")
	f.Add("00:00", "+-1:-1")
	recorded := time.Date(2026, 11, 24, 2, 41, 7, 0, time.UTC)
	f.Fuzz(func(t *testing.T, value, zone string) {
		if CheckAnswer(runbooks.Ask{Type: runbooks.AskNumber, Required: true}, value) == "" {
			if n, err := strconv.ParseFloat(value, 64); err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
				t.Errorf("%q is taken for a number", value)
			}
		}
		ask := runbooks.Ask{Type: runbooks.AskTime, Required: true}
		if CheckAnswer(ask, value) != "" {
			return
		}
		d := &decision{stamp: Stamp{Recorded: recorded, Zone: zone}}
		text := d.value(ask, value)
		if wrong := CheckAnswer(ask, text); wrong != "" {
			t.Errorf("%q at %q is recorded as %q: %s", value, zone, text, wrong)
		}
	})
}
