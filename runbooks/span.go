package runbooks

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A Span is a length of time as people and laws write it: "10m", "72h", "180d",
// "4 business days", "1 month". Exactly one of its parts is set; the zero Span is
// no span at all.
type Span struct {
	Duration     time.Duration // seconds, minutes and hours
	Days         int           // calendar days
	BusinessDays int           // Monday to Friday
	Months       int           // calendar months
	AtOnce       bool          // without delay: what a law says that names no hours
}

// IsZero reports whether no span is set.
func (s Span) IsZero() bool { return s == Span{} }

// String writes the span as it is written in a runbook.
func (s Span) String() string {
	switch {
	case s.AtOnce:
		return "without delay"
	case s.BusinessDays != 0:
		return plural(s.BusinessDays, "business day")
	case s.Months != 0:
		return plural(s.Months, "month")
	case s.Days != 0:
		return strconv.Itoa(s.Days) + "d"
	case s.Duration == 0:
		return ""
	}
	text := s.Duration.String()
	text = strings.TrimSuffix(text, "0s")
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return strconv.Itoa(n) + " " + word + "s"
}

// maxSpan keeps a span's end within the years that RFC 3339 can write.
const maxSpan = 10 * 366 * 24 * time.Hour

// ParseSpan reads a span. It takes Go's durations of minutes, hours and seconds
// ("90m", "1h30m"), days ("180d", "14 days"), "4 business days" and "1 month". A
// span is positive and at most ten years.
func ParseSpan(text string) (Span, error) {
	fail := func() (Span, error) {
		return Span{}, fmt.Errorf("%q is not a length of time; write it as \"10m\", \"72h\", \"14d\", \"4 business days\" or \"1 month\"", text)
	}
	if d, err := time.ParseDuration(text); err == nil {
		if d <= 0 || d > maxSpan {
			return fail()
		}
		return Span{Duration: d}, nil
	}
	digits := strings.TrimLeft(text, "0123456789")
	n, err := strconv.Atoi(text[:len(text)-len(digits)])
	if err != nil || n <= 0 || n > 3660 {
		return fail()
	}
	switch strings.TrimSpace(digits) {
	case "d", "day", "days":
		return Span{Days: n}, nil
	case "business day", "business days":
		return Span{BusinessDays: n}, nil
	case "month", "months":
		if n > 120 {
			return fail()
		}
		return Span{Months: n}, nil
	}
	return fail()
}

// About is roughly how long the span is: a month counts as 30 days and a business
// day as 34 hours.
func (s Span) About() time.Duration {
	const day = 24 * time.Hour
	return s.Duration + time.Duration(s.Days)*day + time.Duration(s.BusinessDays)*34*time.Hour + time.Duration(s.Months)*30*day
}

// After is when the span that begins at from is over. Hours are hours. Days,
// business days and months are counted by the calendar of loc, and end at the same
// time of day as they began there, whatever daylight saving does in between. A
// month from the 31st ends on the last day of a shorter month. Business days are
// Monday to Friday: muster knows no holidays.
// A time that RFC 3339 can not write becomes the last one that it can.
func (s Span) After(from time.Time, loc *time.Location) time.Time {
	end := s.after(from, loc)
	if last := time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC); end.After(last) {
		return last
	}
	return end
}

func (s Span) after(from time.Time, loc *time.Location) time.Time {
	if s.Days == 0 && s.BusinessDays == 0 && s.Months == 0 {
		return from.Add(s.Duration)
	}
	at := from.In(loc)
	year, month, day := at.Date()
	if s.Months != 0 {
		last := time.Date(year, month+time.Month(s.Months)+1, 0, 12, 0, 0, 0, loc).Day()
		month, day = month+time.Month(s.Months), min(day, last)
	}
	day += s.Days
	for left := s.BusinessDays; left > 0; {
		day++
		if w := time.Date(year, month, day, 12, 0, 0, 0, loc).Weekday(); w != time.Saturday && w != time.Sunday {
			left--
		}
	}
	hour, minute, second := at.Clock()
	return time.Date(year, month, day, hour, minute, second, at.Nanosecond(), loc).UTC()
}
