package when

import (
	"strings"
	"testing"
	"time"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Skipf("no zones here: %v", err)
	}
	return z
}

func at(t testing.TB, text string, z *time.Location) time.Time {
	t.Helper()
	when, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return when.In(z)
}

// is compares what was read with what it should be: a time in RFC 3339, "" for none,
// or the beginning of an error after "!".
func is(t *testing.T, text string, r Reading, err error, want string) {
	t.Helper()
	if wrong, bad := strings.CutPrefix(want, "!"); bad {
		if err == nil || !strings.Contains(err.Error(), wrong) {
			t.Errorf("%q is %v (%v), and the error should say %q", text, r.Time, err, wrong)
		}
		return
	}
	got := ""
	if !r.Time.IsZero() {
		got = r.Time.Format(time.RFC3339)
	}
	if err != nil || got != want || r.Given == r.Time.IsZero() {
		t.Errorf("%q is %q (given: %v; %v), not %q", text, got, r.Given, err, want)
	}
}

func TestPast(t *testing.T) {
	now := time.Date(2026, 11, 24, 2, 41, 30, 0, time.FixedZone("CET", 3600))
	for text, want := range map[string]string{
		"":         "",
		" now ":    "",
		"02:38":    "2026-11-24T02:38:00+01:00",
		"0238":     "2026-11-24T02:38:00+01:00",
		"02:43":    "2026-11-24T02:43:00+01:00", // clocks differ
		"02:44":    "2026-11-23T02:44:00+01:00", // yesterday's
		"23:10":    "2026-11-23T23:10:00+01:00",
		"02:38:05": "2026-11-24T02:38:05+01:00",
		"023805":   "2026-11-24T02:38:05+01:00",
		"01:38Z":   "2026-11-24T01:38:00Z",
		"0138z":    "2026-11-24T01:38:00Z",
		// As muster prints times, and without the seconds.
		"01:38 UTC":                  "2026-11-24T01:38:00Z",
		"02:38 +01:00":               "2026-11-24T02:38:00+01:00",
		"20:08 -05:30":               "2026-11-23T20:08:00-05:30",
		"2026-11-24 02:38:05 +01:00": "2026-11-24T02:38:05+01:00",
		"2026-11-24 01:38 UTC":       "2026-11-24T01:38:00Z",
		"2026-11-24T01:38Z":          "2026-11-24T01:38:00Z",
		"2026-11-24T07:23+05:45":     "2026-11-24T07:23:00+05:45",
		"2026-11-24 +01:00":          "!is not a time",
		"02:38 + 01:00":              "!is not a time",
		"02:38Z":                     "2026-11-23T02:38:00Z", // has not come yet today
		"20:38-05:00":                "2026-11-23T20:38:00-05:00",
		"-10m":                       "2026-11-24T02:31:30+01:00",
		"-1h30m":                     "2026-11-24T01:11:30+01:00",
		"-2d":                        "2026-11-22T02:41:30+01:00",
		"90s ago":                    "2026-11-24T02:40:00+01:00",
		"1 h 5 m ago":                "2026-11-24T01:36:30+01:00",
		"2026-11-20 14:00":           "2026-11-20T14:00:00+01:00",
		"2026-11-20":                 "2026-11-20T00:00:00+01:00",
		"2026-11-24T01:38:00Z":       "2026-11-24T01:38:00Z",
		"2026-11-24t01:38:00z":       "2026-11-24T01:38:00Z",
		"2026-11-24T01:38:00+14:00":  "2026-11-24T01:38:00+14:00",
		"tomorrow":                   "!is not a time",
		"25:00":                      "!is not a time",
		"2438":                       "!is not a time",
		"--5m":                       "!is not a time",
		"-":                          "!is not a time",
		"10m":                        "!is not a time", // before now or after it?
		"2027-01-01 00:00":           "!has not come yet",
		"-99d99999999h":              "!is not a time",
		"-80y":                       "!is not a time",
		"-36500d":                    "!lies before 1990",
		"0001-01-01T00:00:00Z":       "!lies before 1990", // the zero time is not "none"
	} {
		r, err := Past(text, now)
		is(t, text, r, err, want)
		if r.Chose != "" {
			t.Errorf("%q: %s", text, r.Chose)
		}
	}
}

// TestAheadOfAMoment: a length of time counts from when it happened, a time of day from now.
func TestAheadOfAMoment(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	from := now.Add(-30 * time.Minute)
	for text, want := range map[string]string{"1h": "24 09:30", "10:00": "24 10:00", "tomorrow 08:00": "25 08:00", "Tomorrow  08:30": "25 08:30"} {
		if r, err := AheadOf(text, from, now); err != nil || r.Time.Format("02 15:04") != want {
			t.Errorf("%s: %s, %v; want %s", text, r.Time, err, want)
		}
	}
	for _, text := range []string{"10m", "tomorrow", "tomorrow 25:00"} {
		if r, err := AheadOf(text, from, now); err == nil {
			t.Errorf("%s is %s", text, r.Time)
		}
	}
}

func TestAhead(t *testing.T) {
	now := time.Date(2026, 11, 24, 2, 41, 30, 500, time.FixedZone("CET", 3600))
	for text, want := range map[string]string{
		"":                     "",
		"30m":                  "2026-11-24T02:11:30Z",
		"in 1h30m":             "2026-11-24T03:11:30Z",
		"+90s":                 "2026-11-24T01:43:00Z",
		"1h 5m":                "2026-11-24T02:46:30Z",
		"2d":                   "2026-11-26T01:41:30Z",
		"07:30":                "2026-11-24T06:30:00Z",
		"0730":                 "2026-11-24T06:30:00Z",
		"07:30Z":               "2026-11-24T07:30:00Z",
		"02:30":                "2026-11-25T01:30:00Z", // tomorrow's
		"2026-11-25 07:30":     "2026-11-25T06:30:00Z",
		"2026-11-25T07:30:00Z": "2026-11-25T07:30:00Z",
		"now":                  "!is not a time to come",
		"-10m":                 "!has passed",
		"0s":                   "!has passed",
		"yesterday":            "!is not a time to come",
		"2026-11-23 07:30":     "!has passed",
	} {
		r, err := Ahead(text, now)
		is(t, text, r, err, want)
	}
}

// TestClocksChange: in autumn both times of the hour that comes twice are tried, and
// the choice is said; in spring the hour that does not come is refused.
func TestClocksChange(t *testing.T) {
	berlin, samoa, troll := zone(t, "Europe/Berlin"), zone(t, "Pacific/Apia"), zone(t, "Antarctica/Troll")
	type read func(string, time.Time) (Reading, error)
	for _, c := range []struct {
		now   string
		zone  *time.Location
		read  read
		text  string
		want  string
		other string // in Chose
	}{
		{"2026-10-25T02:40:00+02:00", berlin, Past, "02:30", "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"},
		{"2026-10-25T02:40:00+01:00", berlin, Past, "02:30", "2026-10-25T02:30:00+01:00", "2026-10-25T02:30:00+02:00"},
		{"2026-10-25T02:10:00+01:00", berlin, Past, "02:30", "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"},
		{"2026-10-25T09:00:00+01:00", berlin, Past, "2026-10-25 02:30", "2026-10-25T02:30:00+01:00", "2026-10-25T02:30:00+02:00"},
		{"2026-10-25T02:10:00+02:00", berlin, Past, "02:30", "2026-10-24T02:30:00+02:00", ""},
		{"2026-10-25T02:40:00+02:00", berlin, Past, "01:59", "2026-10-25T01:59:00+02:00", ""},
		{"2026-10-25T09:00:00+01:00", berlin, Past, "03:00", "2026-10-25T03:00:00+01:00", ""},
		{"2026-10-25T02:40:00+02:00", berlin, Past, "-30m", "2026-10-25T02:10:00+02:00", ""},
		{"2026-10-25T02:10:00+01:00", berlin, Past, "-30m", "2026-10-25T02:40:00+02:00", ""},
		{"2026-10-25T09:00:00+01:00", berlin, Past, "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+02:00", ""},
		{"2026-10-25T09:00:00+01:00", berlin, Past, "02:30+02:00", "2026-10-25T02:30:00+02:00", ""},
		{"2026-10-24T20:00:00+02:00", berlin, Ahead, "02:30", "2026-10-25T00:30:00Z", "2026-10-25T02:30:00+01:00"},
		{"2026-10-25T02:40:00+02:00", berlin, Ahead, "02:30", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00+02:00"},
		{"2026-10-25T02:40:00+01:00", berlin, Ahead, "02:30", "2026-10-26T01:30:00Z", ""},

		{"2026-03-29T09:00:00+02:00", berlin, Past, "02:30", "!02:30 did not exist on 2026-03-29: the clocks went from 02:00 to 03:00", ""},
		{"2026-03-29T09:00:00+02:00", berlin, Past, "03:00", "2026-03-29T03:00:00+02:00", ""},
		{"2026-03-29T09:00:00+02:00", berlin, Past, "01:59", "2026-03-29T01:59:00+01:00", ""},
		{"2026-03-29T01:00:00+01:00", berlin, Past, "02:30", "2026-03-28T02:30:00+01:00", ""},
		{"2026-03-30T01:00:00+02:00", berlin, Past, "02:30", "!did not exist on 2026-03-29", ""},
		{"2026-05-01T01:00:00+02:00", berlin, Past, "2026-03-29 02:30", "!did not exist on 2026-03-29", ""},
		{"2026-03-29T01:00:00+01:00", berlin, Ahead, "02:30", "!did not exist on 2026-03-29", ""},
		{"2026-03-29T03:30:00+02:00", berlin, Ahead, "02:30", "2026-03-30T00:30:00Z", ""},

		{"2012-01-05T09:00:00+14:00", samoa, Past, "2011-12-30 10:00", "!did not exist on 2011-12-30", ""},
		{"2011-12-31T00:30:00+14:00", samoa, Past, "10:00", "!did not exist on 2011-12-30", ""},
		// Two hours at once.
		{"2026-03-29T09:00:00+02:00", troll, Past, "01:30", "!the clocks went from 01:00 to 03:00", ""},
		{"2026-10-25T02:00:00Z", troll, Past, "01:30", "2026-10-25T01:30:00Z", "2026-10-25T01:30:00+02:00"},
	} {
		r, err := c.read(c.text, at(t, c.now, c.zone))
		is(t, c.text+" at "+c.now, r, err, c.want)
		if (r.Chose != "") != (c.other != "") || !strings.Contains(r.Chose, c.other) {
			t.Errorf("%s at %s: the choice is said as %q", c.text, c.now, r.Chose)
		}
	}
}

// FuzzPast: what is read as a time has come, or is about to; it is never the zero time
// unless nothing was said; and the clock on the wall shows what was typed.
func FuzzPast(f *testing.F) {
	for _, text := range []string{"", "now", "02:38", "0238", "02:38Z", "02:38:05", "-10m", "10m ago", "2026-11-24 02:38", "2026-11-24T02:38:00+01:00", "-99999999h", "24:00", "-\x00", "0001-01-01T00:00:00Z", "-1d", "02:38+24:00"} {
		f.Add(text, int64(1792888800))
	}
	berlin := zone(f, "Europe/Berlin")
	f.Fuzz(func(t *testing.T, text string, seconds int64) {
		now := time.Unix(1500000000+seconds%2e9, 0).In(berlin)
		r, err := Past(text, now)
		if err != nil {
			return
		}
		if r.Given == r.Time.IsZero() || r.Time.After(now.Add(Slack)) || r.Given && r.Time.Year() < Earliest {
			t.Fatalf("%q at %v is read as %v", text, now, r)
		}
		if clock, err := time.Parse("15:04", text); err == nil && r.Time.Format("15:04") != clock.Format("15:04") {
			t.Errorf("%q at %v is read as %v", text, now, r.Time)
		}
		if again, err := Past(r.Time.Format(time.RFC3339Nano), now); r.Given && (err != nil || !again.Time.Equal(r.Time)) {
			t.Errorf("%q is read as %v, and that as %v, %v", text, r.Time, again, err)
		}
	})
}

// FuzzAhead: what is read as a time to come lies ahead, and can be written and read
// again.
func FuzzAhead(f *testing.F) {
	for _, text := range []string{"", "30m", "in 1h30m", "+1 h 5m", "07:30", "02:41", "2026-11-25 07:30", "2026-11-25T07:30:00+14:00", "9999-12-31 23:59", "2562047h47m16s", "in in 5m", "-5m", "24:00", "+\xff", "36525d"} {
		f.Add(text, int64(1792888800))
	}
	berlin := zone(f, "Europe/Berlin")
	f.Fuzz(func(t *testing.T, text string, seconds int64) {
		now := time.Unix(1500000000+seconds%2e9, 0).In(berlin)
		r, err := Ahead(text, now)
		if err != nil || !r.Given {
			return
		}
		if r.Time.Before(now.Truncate(time.Second)) {
			t.Errorf("%q is read as %v", text, r.Time)
		}
		if again, err := time.Parse(time.RFC3339, r.Time.Format(time.RFC3339)); err != nil || !again.Equal(r.Time) {
			t.Errorf("%q is read as %v, and that as %v, %v", text, r.Time, again, err)
		}
	})
}

// FuzzSpan: a length of time is read without overflow, whatever is written.
func FuzzSpan(f *testing.F) {
	for _, text := range []string{"10m", "2d", "2d4h", "2d-4h", "1 h 5 m", "-1h", "36525d", "99999999999d", "d", "1dd", "36525d2562047h"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := Span(text)
		if err == nil && d < 0 && !strings.Contains(text, "-") {
			t.Errorf("%q is %v", text, d)
		}
	})
}
