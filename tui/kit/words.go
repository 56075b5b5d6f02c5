package kit

import (
	"fmt"
	"strings"
	"time"

	"muster/state/clean"
)

// Entries counts entries.
func Entries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}

// Plural counts things that take an s.
func Plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// Person says clean who a name is; "nobody" if it is empty.
func Person(name string) string {
	if name == "" {
		return "nobody"
	}
	return clean.Line(name)
}

// ClockTime is a time of day in the zone of now; with the day if that is
// another than now's, and with the year where the day alone could be taken for this year's.
func ClockTime(t, now time.Time) string {
	t = t.In(now.Location())
	if t.Year() == now.Year() && t.YearDay() == now.YearDay() {
		return t.Format("15:04")
	}
	if t.Sub(now).Abs() > 183*24*time.Hour {
		return t.Format("02 Jan 2006 15:04")
	}
	return t.Format("02 Jan 15:04")
}

func sizeText(w, h int) string { return fmt.Sprintf("%d × %d", w, h) }

// ShortID leaves out the date of an id such as 2026-11-24-amber-heron.
func ShortID(id string) string {
	const date = len("2006-01-02")
	if len(id) > date+1 && id[date] == '-' && strings.Trim(id[:date], "0123456789-") == "" {
		return id[date+1:]
	}
	return id
}
