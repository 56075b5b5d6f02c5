package tui

import (
	"fmt"
	"strings"
	"time"
)

// ParseWhen reads a time as a person types it: "02:38" or "02:38:05" (the last
// time that was so), "-10m" or "10m ago", "2026-11-24 02:38" in now's zone, or
// RFC 3339. An empty text is the zero time: now, whenever that will be. A time
// that has not come yet is refused, since nothing has happened then.
func ParseWhen(text string, now time.Time) (time.Time, error) {
	text = strings.TrimSpace(text)
	if text == "" || strings.EqualFold(text, "now") {
		return time.Time{}, nil
	}
	when, ok := agoWhen(text, now)
	if !ok {
		when, ok = clockWhen(text, now)
	}
	if !ok {
		when, ok = dateWhen(text, now.Location())
	}
	switch {
	case !ok:
		return time.Time{}, fmt.Errorf("%q is not a time: write 02:38, -10m or 2026-11-24 02:38", text)
	case when.After(now.Add(time.Minute)):
		return time.Time{}, fmt.Errorf("%s has not come yet", when.Format("2006-01-02 15:04"))
	}
	return when, nil
}

func agoWhen(text string, now time.Time) (time.Time, bool) {
	span, found := strings.CutSuffix(text, " ago")
	if !found {
		span, found = strings.CutPrefix(text, "-")
	}
	if !found {
		return time.Time{}, false
	}
	d, err := time.ParseDuration(strings.ReplaceAll(span, " ", ""))
	return now.Add(-d), err == nil && d >= 0
}

func clockWhen(text string, now time.Time) (time.Time, bool) {
	for _, layout := range []string{"15:04", "15:04:05"} {
		t, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		when := time.Date(now.Year(), now.Month(), now.Day(), t.Hour(), t.Minute(), t.Second(), 0, now.Location())
		if when.After(now.Add(time.Minute)) {
			when = when.AddDate(0, 0, -1)
		}
		return when, true
	}
	return time.Time{}, false
}

func dateWhen(text string, zone *time.Location) (time.Time, bool) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t, true
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// clockTime is a time of day in the zone of now; with the day if that is
// another than now's.
func clockTime(t, now time.Time) string {
	t = t.In(now.Location())
	if t.Year() == now.Year() && t.YearDay() == now.YearDay() {
		return t.Format("15:04")
	}
	return t.Format("02 Jan 15:04")
}
