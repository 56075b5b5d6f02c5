package tui

import (
	"testing"
	"time"
)

func TestParseAhead(t *testing.T) {
	now := time.Date(2026, 11, 24, 2, 41, 30, 500, time.FixedZone("CET", 3600))
	for text, want := range map[string]string{
		"":                     "",
		"30m":                  "2026-11-24T02:11:30Z",
		"in 1h30m":             "2026-11-24T03:11:30Z",
		"+90s":                 "2026-11-24T01:43:00Z",
		"1h 5m":                "2026-11-24T02:46:30Z",
		"07:30":                "2026-11-24T06:30:00Z",
		"02:30":                "2026-11-25T01:30:00Z", // tomorrow's
		"2026-11-25 07:30":     "2026-11-25T06:30:00Z",
		"2026-11-25T07:30:00Z": "2026-11-25T07:30:00Z",
		"-10m":                 "bad",
		"0s":                   "bad",
		"yesterday":            "bad",
		"2026-11-23 07:30":     "bad",
	} {
		at, err := ParseAhead(text, now)
		got := at.Format(time.RFC3339)
		switch {
		case err != nil:
			got = "bad"
		case at.IsZero():
			got = ""
		}
		if got != want {
			t.Errorf("%q is %s (%v), not %s", text, got, err, want)
		}
	}
}

func TestClockName(t *testing.T) {
	for title, want := range map[string]string{
		"GDPR Art. 33: tell the authority": "GDPR",
		"NIS2: early warning":              "NIS2",
		"Tell the board":                   "Tell the b…",
		"Board: by noon":                   "Board",
		"72 hours":                         "72 hours",
		"":                                 "",
	} {
		if got := clockName(title, 11); got != want {
			t.Errorf("%q is %q, not %q", title, got, want)
		}
	}
}

func TestFreeID(t *testing.T) {
	if got := freeID("Thank you: all!", func(id string) bool { return id == "thank-you-all" }); got != "thank-you-all-2" {
		t.Errorf("%q", got)
	}
	if got := freeID("Спасибо", func(string) bool { return false }); got != "notice" {
		t.Errorf("%q", got)
	}
}
