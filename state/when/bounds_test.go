package when

import (
	"strings"
	"testing"
	"time"
)

// TestHalfAnHourTwice: not every clock goes back by an hour.
func TestHalfAnHourTwice(t *testing.T) {
	zone, err := time.LoadLocation("Australia/Lord_Howe")
	if err != nil {
		t.Fatal(err)
	}
	r, err := Past("2026-04-05 01:45", time.Date(2026, 11, 30, 9, 0, 0, 0, zone))
	if want := "Write 2026-04-05T01:45:00+11:00, or 30m later 2026-04-05T01:45:00+10:30."; err != nil || !strings.HasSuffix(r.Asks, want) {
		t.Errorf("it asks %q, %v; want %q", r.Asks, err, want)
	}
}

// TestSpan: days have 24 hours and stand first; a hundred years are the most.
func TestSpan(t *testing.T) {
	const day = 24 * time.Hour
	for text, want := range map[string]time.Duration{
		"10m": 10 * time.Minute, "1h30m": 90 * time.Minute, " 1 h 5 m ": 65 * time.Minute, "90s": 90 * time.Second, "0s": 0,
		"0d": 0, "1d": day, "2d4h": 2*day + 4*time.Hour, "36525d": 36525 * day, "-1h": -time.Hour, "+1h": time.Hour,
	} {
		if got, err := Span(text); err != nil || got != want {
			t.Errorf("%q is %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "10", "36526d", "-1d", "d", "2d-4h", "2d+4h", "1dd", "1d2d", "4h2d", "1.5d", "x", "36525d2562047h", "4294967296d"} {
		got, err := Span(text)
		if err == nil || got != 0 || !strings.HasPrefix(err.Error(), `"`+text+`" is not`) {
			t.Errorf("%q is %v, %v", text, got, err)
		}
	}
}

// TestDurationsTurnOver: each unit begins where the one below it is full.
func TestDurationsTurnOver(t *testing.T) {
	const day = 24 * time.Hour
	for d, want := range map[time.Duration]string{
		time.Minute - 1: "59s", time.Minute: "1m", time.Hour - 1: "59m", time.Hour: "1h00m", day - 1: "23h59m", day: "1d00h",
		25 * time.Hour: "1d01h", 100*day - 1: "99d23h", 100 * day: "100d", -time.Nanosecond: "-0s", -day: "-1d00h",
	} {
		if got := Duration(d); got != want {
			t.Errorf("%v is %s, not %s", d, got, want)
		}
	}
	for d, want := range map[time.Duration]string{
		time.Second: "00:00:01", -time.Second: "-00:00:01", 59*time.Minute + 59*time.Second: "00:59:59", time.Hour: "01:00:00",
	} {
		if got := Elapsed(d); got != want {
			t.Errorf("%v has run %s, not %s", d, got, want)
		}
	}
	now := time.Date(2026, 11, 24, 2, 41, 7, 0, time.UTC)
	for d, want := range map[time.Duration]string{
		time.Minute - 1: "just now", time.Minute: "1m ago", 1 - time.Minute: "just now", -time.Minute: "in 1m",
	} {
		if got := Ago(now.Add(-d), now); got != want {
			t.Errorf("%v before is %s, not %s", d, got, want)
		}
	}
}

// TestBoundsOfTheTimes: what has happened lies two minutes ahead at most, and not
// before 1990; what is to come is later than now.
func TestBoundsOfTheTimes(t *testing.T) {
	now := time.Date(2026, 11, 24, 2, 41, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"2026-11-24 02:43":    "2026-11-24T02:43:00Z",
		"2026-11-24 02:43:01": "!has not come yet",
		"2026-11-24T02:44":    "!has not come yet",
		"2026-11-24T02:38:05": "2026-11-24T02:38:05Z",
		"02:43:00":            "2026-11-24T02:43:00Z",
		"02:43:01":            "2026-11-23T02:43:01Z",
		"1990-01-01":          "1990-01-01T00:00:00Z",
		"1989-12-31 23:59":    "!lies before 1990",
		"NOW":                 "",
		"0s ago":              "2026-11-24T02:41:00Z",
		"-1s ago":             "!is not a time",
	} {
		r, err := Past(text, now)
		is(t, text, r, err, want)
	}
	for text, want := range map[string]string{
		"02:41":            "2026-11-25T02:41:00Z",
		"02:42":            "2026-11-24T02:42:00Z",
		"1s":               "2026-11-24T02:41:01Z",
		"in  1s":           "2026-11-24T02:41:01Z",
		"2026-11-24 02:41": "!has passed",
		"2026-11-24 02:42": "2026-11-24T02:42:00Z",
		" ":                "",
		"1990-01-01":       "!1990-01-01 00:00 has passed",
	} {
		r, err := Ahead(text, now)
		is(t, text, r, err, want)
	}
	if r, err := Any("2999-01-01", now); err != nil || r.Time.Year() != 2999 {
		t.Errorf("any time with a date: %v, %v", r.Time, err)
	}
}

// TestHourThatComesTwiceHasItsEnds: of what has happened the second counts from two
// minutes before it comes; of what is to come the first as long as it is later than now.
func TestHourThatComesTwiceHasItsEnds(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	for _, c := range []struct {
		now, want string
		read      func(string, time.Time) (Reading, error)
	}{
		{"2026-10-25T02:27:59+01:00", "2026-10-25T02:30:00+02:00", Past},
		{"2026-10-25T02:28:00+01:00", "2026-10-25T02:30:00+01:00", Past},
		{"2026-10-25T02:28:00+02:00", "2026-10-25T02:30:00+02:00", Past},
		{"2026-10-25T02:29:59+02:00", "2026-10-25T00:30:00Z", Ahead},
		{"2026-10-25T02:30:00+02:00", "2026-10-25T01:30:00Z", Ahead},
		{"2026-10-25T02:30:00+01:00", "2026-10-26T01:30:00Z", Ahead},
	} {
		r, err := c.read("02:30", at(t, c.now, berlin))
		is(t, "02:30 at "+c.now, r, err, c.want)
	}
	for _, c := range []struct{ now, want string }{ // a gap from 02:00 to 03:00, and whose turn it is
		{"2026-03-29T01:57:59+01:00", "2026-03-28T02:30:00+01:00"},
		{"2026-03-29T01:58:00+01:00", "!did not exist"},
		{"2026-03-29T03:00:00+02:00", "!did not exist"},
	} {
		r, err := Past("02:30", at(t, c.now, berlin))
		is(t, "02:30 at "+c.now, r, err, c.want)
	}
	for _, c := range []struct{ now, want string }{
		{"2026-03-29T01:59:59+01:00", "!did not exist"},
		{"2026-03-29T03:00:00+02:00", "2026-03-30T00:30:00Z"},
	} {
		r, err := Ahead("02:30", at(t, c.now, berlin))
		is(t, "02:30 at "+c.now, r, err, c.want)
	}
}

// TestHourIsReadFromEitherSideOfAChange: the hours beside a change are read once, in
// the half of the world where clocks go forward in autumn, too.
func TestHourIsReadFromEitherSideOfAChange(t *testing.T) {
	for _, c := range []struct{ place, text, want, chose string }{
		{"Europe/Berlin", "2026-10-25 01:59", "2026-10-25T01:59:00+02:00", ""},
		{"Europe/Berlin", "2026-10-25 02:00", "2026-10-25T02:00:00+01:00", "+02:00"},
		{"Europe/Berlin", "2026-10-25 02:59", "2026-10-25T02:59:00+01:00", "+02:00"},
		{"Europe/Berlin", "2026-10-25 03:00", "2026-10-25T03:00:00+01:00", ""},
		{"Australia/Lord_Howe", "2026-04-05 01:29", "2026-04-05T01:29:00+11:00", ""},
		{"Australia/Lord_Howe", "2026-04-05 01:30", "2026-04-05T01:30:00+10:30", "+11:00"},
		{"Australia/Lord_Howe", "2026-04-05 02:00", "2026-04-05T02:00:00+10:30", ""},
		{"Australia/Lord_Howe", "2026-10-04 02:15", "!the clocks went from 02:00 to 02:30", ""},
		{"Australia/Lord_Howe", "2026-10-04 02:29", "!the clocks went from 02:00 to 02:30", ""},
		{"America/New_York", "2026-03-08 02:00", "!the clocks went from 02:00 to 03:00", ""},
		{"America/New_York", "2026-03-08 03:00", "2026-03-08T03:00:00-04:00", ""},
		{"America/New_York", "2026-11-01 01:30", "2026-11-01T01:30:00-05:00", "-04:00"},
	} {
		z := zone(t, c.place)
		r, err := Past(c.text, time.Date(2026, 11, 24, 2, 41, 0, 0, z))
		is(t, c.text+" in "+c.place, r, err, c.want)
		if (r.Chose != "") != (c.chose != "") || !strings.Contains(r.Chose, c.chose) {
			t.Errorf("%s in %s: the choice is said as %q", c.text, c.place, r.Chose)
		}
	}
}

// TestWhichOfTwoIsAsked: of a time that comes twice it is asked which is meant, with both as
// they are read, unless one of them cannot be: it has not come yet, or has passed.
func TestWhichOfTwoIsAsked(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	for _, c := range []struct {
		now, text string
		asks      bool
		read      func(string, time.Time) (Reading, error)
	}{
		{"2026-10-25T09:00:00+01:00", "02:30", true, Past},
		{"2026-10-25T09:00:00+01:00", "2026-10-25 02:30:10", true, Past},
		{"2026-10-25T09:00:00+01:00", "02:30+02:00", false, Past},
		{"2026-10-25T09:00:00+01:00", "03:30", false, Past},
		{"2026-10-25T02:40:00+02:00", "02:30", false, Past},
		{"2026-10-25T01:00:00+02:00", "02:30", true, Ahead},
		{"2026-10-25T02:40:00+02:00", "02:30", false, Ahead},
	} {
		now := at(t, c.now, berlin)
		r, err := c.read(c.text, now)
		if err != nil || (r.Asks != "") != c.asks {
			t.Errorf("%s at %s asks %q, %v", c.text, c.now, r.Asks, err)
		}
		if !c.asks {
			continue
		}
		_, ways, _ := strings.Cut(strings.TrimSuffix(r.Asks, "."), "Write ")
		first, second, _ := strings.Cut(ways, ", or an hour later ")
		one, err1 := c.read(first, now)
		two, err2 := c.read(second, now)
		if err1 != nil || err2 != nil || one.Asks+two.Asks != "" || two.Time.Sub(one.Time) != time.Hour {
			t.Errorf("%s at %s: the ways %q and %q are %v and %v (%v, %v)", c.text, c.now, first, second, one.Time, two.Time, err1, err2)
		}
	}
}
