package runbooks

import (
	"testing"
	"time"
)

// TestExerciseTimesAreWritten: hours are whole ones, and what is less than a second is cut off.
func TestExerciseTimesAreWritten(t *testing.T) {
	for at, want := range map[time.Duration]string{
		0: "+0:00", time.Second - 1: "+0:00", time.Second: "+0:00:01", 59*time.Minute + 59*time.Second: "+0:59:59", time.Hour: "+1:00",
		2*time.Hour - time.Second: "+1:59:59", 2 * time.Hour: "+2:00", 25 * time.Hour: "+25:00", -2*time.Hour + time.Second: "-1:59:59", -time.Minute: "-0:01",
	} {
		if got := ExerciseTime(at); got != want {
			t.Errorf("%v is written %q, not %q", at, got, want)
		}
	}
}

// TestDaysAreTakenOff: a time of a sheet may begin with the number of a day or with a date, and
// is known as the one or the other.
func TestDaysAreTakenOff(t *testing.T) {
	date := time.Duration(time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC).Unix()) * time.Second
	for text, want := range map[string]struct {
		day             time.Duration
		dated, numbered bool
		rest            string
	}{
		"d1 09:30": {0, false, true, "09:30"}, "day 2 09:30": {aDay, false, true, "09:30"}, "d+0 09:30": {0, false, true, "09:30"}, "d+1 09:30": {aDay, false, true, "09:30"},
		"2026-11-24 09:30": {date, true, false, "09:30"}, "24 nov 2026 09:30": {date, true, false, "09:30"}, "nov 24, 2026 09:30": {date, true, false, "09:30"}, "09:30": {0, false, false, "09:30"},
	} {
		day, dated, numbered, rest, err := dayOf(text, map[bool]string{true: "ymd", false: "dmy"}[text[:2] == "20"])
		if err != nil || day != want.day || dated != want.dated || numbered != want.numbered || rest != want.rest {
			t.Errorf("%q: day %v, dated %v, numbered %v, %q, %v", text, day, dated, numbered, rest, err)
		}
	}
	if _, _, _, _, err := dayOf("d0 09:30", "dmy"); err == nil {
		t.Error("there is a day 0")
	}
}
