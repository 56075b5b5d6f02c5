package state

import (
	"math"
	"strconv"
	"strings"
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

// TestTimesAreOfTheirPlace: a time that is answered is read in the zone of who answers, as it
// was then: before the clocks changed by the offset of before. One that came twice is asked
// about, one that never came is refused.
func TestTimesAreOfTheirPlace(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip(err)
	}
	ask := runbooks.Ask{ID: "aware", Prompt: "When did we know?", Type: runbooks.AskTime, Required: true}
	read := func(now time.Time, zone, value string) (string, string) {
		d := &decision{stamp: Stamp{Recorded: now, Zone: zone}}
		text := d.value(ask, value)
		if d.hard != nil {
			return "", d.hard.Text
		}
		return text, ""
	}
	autumn := time.Date(2026, 10, 25, 9, 0, 0, 0, berlin)
	for value, want := range map[string]string{
		"2026-10-24 23:00": "2026-10-24T23:00:00+02:00", "2026-10-25 04:00": "2026-10-25T04:00:00+01:00", "-9h": "2026-10-25T01:00:00+02:00",
	} {
		if got, wrong := read(autumn, "+01:00 Europe/Berlin", value); got != want {
			t.Errorf("%s is read as %q: %s", value, got, wrong)
		}
	}
	if got, wrong := read(autumn, "+01:00 Europe/Berlin", "02:30"); !strings.Contains(wrong, "Which is meant? Write 2026-10-25T02:30:00+02:00") {
		t.Errorf("what came twice is %q: %s", got, wrong)
	}
	spring := time.Date(2026, 3, 29, 9, 0, 0, 0, berlin)
	if got, wrong := read(spring, "+02:00 Europe/Berlin", "02:30"); !strings.Contains(wrong, "did not exist") {
		t.Errorf("what never came is %q: %s", got, wrong)
	}
	if got, wrong := read(autumn.UTC(), "+05:30 IST", "2026-10-24 23:00"); got != "2026-10-24T23:00:00+05:30" {
		t.Errorf("where only the offset is known it is %q: %s", got, wrong)
	}
}
