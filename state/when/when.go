// Package when reads times and lengths of time as people write them, and writes
// lengths of time as people read them. It is pure: the time, and with it the zone,
// is passed in.
//
// # What is read
//
//	10m, 1h30m, 1 h 5 m, 2d, 2d4h    a length of time: [Span]
//	-10m, 10m ago                    so long before now: [Past]
//	30m, in 30m, +30m                so long after now: [Ahead]
//	02:38, 0238, 02:38:05, 023805    a time of day in now's zone
//	02:38Z, 0238Z, 02:38+02:00       a time of day in UTC, or at an offset
//	2026-11-24 02:38, 2026-11-24     a date, with or without a time, in now's zone
//	2026-11-24T02:38:00+01:00        RFC 3339
//
// # When the clocks change
//
// In autumn an hour of the night comes twice, and in spring one does not come at
// all. A time in the hour that comes twice is read as the one that fits: of what has
// happened the last that has been, of what is to come the first. [Reading.Chose] then
// says which was taken and how to write the other, and [Reading.Asks] asks which is meant, for
// those who can still be asked. A time in the hour that does not
// come is refused, and the error says from when to when the clocks went.
package when

import (
	"fmt"
	"strings"
	"time"
)

// Slack is how far ahead of now what has happened may lie: clocks differ, and people
// round.
const Slack = 2 * time.Minute

// Earliest is the first year in which something can have happened, as far as an
// incident is concerned. The zero time, which means "not given" to many, lies before.
const Earliest = 1990

// A Reading is a time as it was read.
type Reading struct {
	// Time is the zero time exactly if nothing was given.
	Time time.Time
	// Given is false if the text was empty, or "now": it is the moment at which
	// the action is recorded, whenever that will be.
	Given bool
	// Chose says, in a sentence, which of two times was taken, if the text could
	// mean either; else "".
	Chose string
	// Asks asks, in a sentence, which of two times is meant, and says how each is
	// written; "" if the text could mean one alone.
	Asks  string
	other time.Time // that was not taken; zero if there was none
}

// Twice gives the two times that the text could mean, in order; false if it means one alone.
func (r Reading) Twice() (first, second time.Time, ok bool) {
	if r.Asks == "" {
		return r.Time, r.Time, false
	}
	if r.other.Before(r.Time) {
		return r.other, r.Time, true
	}
	return r.Time, r.other, true
}

// one lets a reading ask nothing if the time that was not taken cannot be meant.
func (r Reading) one(other bool) Reading {
	if !r.other.IsZero() && !other {
		r.Asks = ""
	}
	return r
}

// Past reads when something happened. A time of day is the last time that it was so,
// and so may be yesterday's. What lies ahead of now by more than [Slack], or before
// [Earliest], is an error.
func Past(text string, now time.Time) (Reading, error) {
	r, err := Any(text, now)
	switch {
	case err != nil || !r.Given:
		return r, err
	case r.Time.After(now.Add(Slack)):
		return Reading{}, fmt.Errorf("%s has not come yet", r.Time.Format("2006-01-02 15:04"))
	case r.Time.Year() < Earliest:
		return Reading{}, fmt.Errorf("%s lies before %d", r.Time.Format("2006-01-02 15:04"), Earliest)
	}
	return r.one(!r.other.After(now.Add(Slack))), nil
}

// Any reads a time as [Past] does, and allows one with a date to lie anywhere.
func Any(text string, now time.Time) (Reading, error) {
	text = strings.TrimSpace(text)
	if text == "" || strings.EqualFold(text, "now") {
		return Reading{}, nil
	}
	if at, ok := ago(text, now); ok {
		return Reading{Time: at, Given: true}, nil
	}
	if w, ok := ofDay(text); ok {
		return w.last(now)
	}
	if w, ok := dated(text); ok {
		return w.on(now, last)
	}
	return Reading{}, fmt.Errorf("%q is not a time: write 02:38, -10m or 2026-11-24 02:38", text)
}

// Ahead reads a time to come: a length of time from now, or the next time that it
// will be so. An empty text is no time, and no error. The time is in UTC and in whole
// seconds.
func Ahead(text string, now time.Time) (Reading, error) {
	return AheadOf(text, now, now)
}

// AheadOf is Ahead, but a length of time counts from another moment than now: from when
// something happened that is written down later.
func AheadOf(text string, from, now time.Time) (Reading, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return Reading{}, nil
	}
	r, err := ahead(text, from, now)
	switch {
	case err != nil:
		return Reading{}, err
	case !r.Time.After(now):
		return Reading{}, fmt.Errorf("%s has passed", r.Time.In(now.Location()).Format("2006-01-02 15:04"))
	}
	r.Time = r.Time.UTC().Truncate(time.Second)
	return r.one(r.other.After(now)), nil
}

func ahead(text string, from, now time.Time) (Reading, error) {
	// A time of day goes first: 0730 is one, and as a length of time it is nothing.
	if w, ok := ofDay(text); ok {
		return w.next(now)
	}
	if d, err := Span(strings.TrimLeft(strings.TrimPrefix(text, "in "), "+")); err == nil {
		return Reading{Time: from.Add(d), Given: true}, nil
	}
	day := text
	if word, rest, ok := strings.Cut(text, " "); ok && strings.EqualFold(word, "tomorrow") {
		day = now.AddDate(0, 0, 1).Format("2006-01-02 ") + strings.TrimSpace(rest)
	}
	if w, ok := dated(day); ok {
		return w.on(now, next)
	}
	return Reading{}, fmt.Errorf("%q is not a time to come: write 30m, 07:30, tomorrow 07:30 or 2026-11-25 07:30", text)
}

// ago reads a length of time before now.
func ago(text string, now time.Time) (time.Time, bool) {
	span, found := strings.CutSuffix(text, " ago")
	if !found {
		span, found = strings.CutPrefix(text, "-")
	}
	if !found {
		return time.Time{}, false
	}
	d, err := Span(span)
	return now.Add(-d), err == nil && d >= 0
}
