package tui

import (
	"testing"
	"time"
)

func TestParseWhen(t *testing.T) {
	berlin := time.FixedZone("CET", 3600)
	now := time.Date(2026, 11, 24, 2, 41, 30, 0, berlin)
	for text, want := range map[string]string{
		"":                     "",
		" now ":                "",
		"02:38":                "2026-11-24T02:38:00+01:00",
		"02:42":                "2026-11-24T02:42:00+01:00", // clocks differ by a minute
		"23:10":                "2026-11-23T23:10:00+01:00", // yesterday's
		"02:38:05":             "2026-11-24T02:38:05+01:00",
		"-10m":                 "2026-11-24T02:31:30+01:00",
		"-1h30m":               "2026-11-24T01:11:30+01:00",
		"90s ago":              "2026-11-24T02:40:00+01:00",
		"2026-11-20 14:00":     "2026-11-20T14:00:00+01:00",
		"2026-11-24T01:38:00Z": "2026-11-24T02:38:00+01:00",
		"tomorrow":             "error",
		"25:00":                "error",
		"--5m":                 "error",
		"2027-01-01 00:00":     "error",
	} {
		got, err := ParseWhen(text, now)
		switch {
		case want == "error":
			if err == nil {
				t.Errorf("%q is %v", text, got)
			}
		case err != nil:
			t.Errorf("%q: %v", text, err)
		case want == "" && !got.IsZero(), want != "" && got.In(berlin).Format(time.RFC3339) != want:
			t.Errorf("%q is %v, not %v", text, got, want)
		}
	}
}

func TestClockTime(t *testing.T) {
	now := time.Date(2026, 11, 24, 2, 41, 0, 0, time.UTC)
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{now.Add(-time.Hour), "01:41"},
		{now.Add(-24 * time.Hour), "23 Nov 02:41"},
		{now.In(time.FixedZone("", 7200)), "02:41"},
	} {
		if got := clockTime(c.at, now); got != c.want {
			t.Errorf("%v is %q, not %q", c.at, got, c.want)
		}
	}
}
