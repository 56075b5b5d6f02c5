package when

import (
	"fmt"
	"strings"
	"time"
)

// A wall is a time as it stands on a clock on the wall: without a zone, unless one
// was written with it.
type wall struct {
	at    time.Time      // the numbers on the clock, in UTC; only they count
	zone  *time.Location // nil for now's
	exact bool           // zone is an offset: no clock changes there
}

// zoned writes the zone behind a time as time.Parse reads it: what muster itself prints,
// "02:38 +01:00" and "02:38 UTC", can be given back to it.
func zoned(text string) string {
	text = strings.ToUpper(text)
	if t, ok := strings.CutSuffix(text, " UTC"); ok {
		return t + "Z"
	}
	if t, offset, ok := strings.Cut(text, " +"); ok {
		return t + "+" + offset
	}
	if t, offset, ok := strings.Cut(text, " -"); ok {
		return t + "-" + offset
	}
	return text
}

// ofDay reads a time of day: 02:38, 0238, with seconds, with Z or an offset.
func ofDay(text string) (wall, bool) {
	for _, layout := range []string{"15:04", "1504", "15:04:05", "150405"} {
		if t, err := time.Parse(layout, text); err == nil {
			return wall{at: t}, true
		}
		if t, err := time.Parse(layout+"Z07:00", zoned(text)); err == nil {
			return exact(t), true
		}
	}
	return wall{}, false
}

// exact is a time that was written with its offset. time.Parse may put it in the
// machine's zone, where the same numbers can mean another time: only the offset counts.
func exact(t time.Time) wall {
	_, offset := t.Zone()
	zone := time.UTC
	if offset != 0 {
		zone = time.FixedZone("", offset)
	}
	return wall{at: t, zone: zone, exact: true}
}

// dated reads a date, with or without a time of day, and that with or without Z or an offset.
func dated(text string) (wall, bool) {
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02T15:04:05"} {
		if t, err := time.Parse(layout, text); err == nil {
			return wall{at: t}, true
		}
		if t, err := time.Parse(layout+"Z07:00", zoned(text)); err == nil {
			return exact(t), true
		}
	}
	if t, err := time.Parse(time.DateOnly, text); err == nil {
		return wall{at: t}, true
	}
	return wall{}, false
}

// last is the last time before now, or a moment after it, at which a clock showed
// this time of day.
func (w wall) last(now time.Time) (Reading, error) {
	for back := range 3 { // the third day only where a zone has left a day out
		r, err := w.day(now, -back).on(now, last)
		if err != nil {
			gap, is := err.(*gapError)
			if is && gap.after.After(now.Add(Slack)) {
				continue // today's gap is still to come: yesterday's time is meant
			}
			return r, err
		}
		if !r.Time.After(now.Add(Slack)) {
			return r, nil
		}
	}
	return Reading{}, fmt.Errorf("%s has not been lately", w.at.Format("15:04"))
}

// next is the first time after now at which a clock will show this time of day.
func (w wall) next(now time.Time) (Reading, error) {
	for on := range 3 {
		r, err := w.day(now, on).on(now, next)
		if err != nil {
			gap, is := err.(*gapError)
			if is && !gap.after.After(now) {
				continue // today's gap is over: tomorrow's time is meant
			}
			return r, err
		}
		if r.Time.After(now) {
			return r, nil
		}
	}
	return Reading{}, fmt.Errorf("%s does not come soon", w.at.Format("15:04"))
}

// day puts a time of day on a day, so many days after now's.
func (w wall) day(now time.Time, days int) wall {
	if w.zone != nil {
		now = now.In(w.zone)
	}
	w.at = time.Date(now.Year(), now.Month(), now.Day()+days, w.at.Hour(), w.at.Minute(), w.at.Second(), 0, time.UTC)
	return w
}

// Which of two times is taken where a clock shows the same twice.
type pick func(first, second, now time.Time) (taken, other time.Time)

// last takes the second, unless it has not come yet.
func last(first, second, now time.Time) (time.Time, time.Time) {
	if second.After(now.Add(Slack)) {
		return first, second
	}
	return second, first
}

// next takes the first, unless it has passed.
func next(first, second, now time.Time) (time.Time, time.Time) {
	if first.After(now) {
		return first, second
	}
	return second, first
}

// on is the time at which a clock showed w. now has the zone, if w has none.
func (w wall) on(now time.Time, take pick) (Reading, error) {
	if w.exact {
		y, mo, d := w.at.Date()
		h, mi, s := w.at.Clock()
		return Reading{Time: time.Date(y, mo, d, h, mi, s, w.at.Nanosecond(), w.zone), Given: true}, nil
	}
	zone := now.Location()
	found := w.in(zone)
	switch len(found) {
	case 0:
		return Reading{}, w.gap(zone)
	case 1:
		return Reading{Time: found[0], Given: true}, nil
	}
	taken, other := take(found[0], found[1], now)
	chose := fmt.Sprintf("%s comes twice on %s, when the clocks go back: %s is taken. For the other write %s.",
		taken.Format("15:04"), taken.Format(time.DateOnly), taken.Format("15:04 -07:00"), other.Format(time.RFC3339))
	asks := fmt.Sprintf("%s comes twice on %s, when the clocks go back. Which is meant? Write %s, or %s %s.",
		taken.Format("15:04"), taken.Format(time.DateOnly), found[0].Format(time.RFC3339), Later(found[0], found[1]), found[1].Format(time.RFC3339))
	return Reading{Time: taken, Given: true, Chose: chose, Asks: asks, other: other}, nil
}

// Later says by how much the second of two times, which a clock showed alike, is the later one:
// an hour nearly everywhere, half an hour on Lord Howe Island.
func Later(first, second time.Time) string {
	if d := second.Sub(first); d != time.Hour {
		return Duration(d) + " later"
	}
	return "an hour later"
}

// in lists the times at which a clock in zone shows w: one, or two in order, or none.
func (w wall) in(zone *time.Location) []time.Time {
	var found []time.Time
	for _, offset := range w.offsets(zone) {
		t := w.at.Add(-time.Duration(offset) * time.Second).In(zone)
		if _, now := t.Zone(); now != offset {
			continue // the offset does not hold at that time
		}
		switch {
		case len(found) == 0 || t.After(found[len(found)-1]):
			found = append(found, t)
		case t.Before(found[0]):
			found = append([]time.Time{t}, found...)
		}
	}
	return found[:min(2, len(found))]
}

// offsets are those that may hold in zone about w, in seconds east of UTC.
func (w wall) offsets(zone *time.Location) []int {
	near := w.guess(zone)
	begins, ends := near.ZoneBounds()
	var list []int
	add := func(t time.Time) {
		_, offset := t.Zone()
		for _, is := range list {
			if is == offset {
				return
			}
		}
		list = append(list, offset)
	}
	if !begins.IsZero() {
		add(begins.Add(-time.Second))
	}
	add(near)
	if !ends.IsZero() {
		add(ends)
	}
	return list
}

// guess is a time in zone close to w; which of two, or where w does not exist, is
// not said.
func (w wall) guess(zone *time.Location) time.Time {
	y, mo, d := w.at.Date()
	h, mi, s := w.at.Clock()
	return time.Date(y, mo, d, h, mi, s, 0, zone)
}

// A gapError says that a clock never showed a time, because it was put forward.
type gapError struct {
	text  string
	after time.Time // when the clocks went forward
}

func (e *gapError) Error() string { return e.text }

// gap is the error of a time that no clock in zone shows.
func (w wall) gap(zone *time.Location) error {
	near := w.guess(zone)
	change, ends := near.ZoneBounds()
	// The guess lies on either side of the change; the nearer one is it.
	if !ends.IsZero() && (change.IsZero() || ends.Sub(near) < near.Sub(change)) {
		change = ends
	}
	_, before := change.Add(-time.Second).Zone()
	from := change.UTC().Add(time.Duration(before) * time.Second)
	return &gapError{fmt.Sprintf("%s did not exist on %s: the clocks went from %s to %s", w.at.Format("15:04"), w.at.Format(time.DateOnly),
		from.Format("15:04"), change.Format("15:04")), change}
}
