package main

import (
	"errors"
	"fmt"
	"time"

	"muster/state/when"
)

// This file reads times as people type them. Package muster/state/when has the rules.

// readWhen reads when something happened, as people type it; the zero time for "" and
// "now".
func readWhen(e *env, text string) (time.Time, error) {
	r, err := when.Past(text, e.now())
	if err != nil {
		return r.Time, usage(err)
	}
	return oneOf(e, r)
}

// readAhead reads a time to come, in the person's zone.
func readAhead(e *env, text string) (time.Time, error) { return readAheadOf(e, text, e.now()) }

// readAheadOf is readAhead of what is counted from a moment, such as when it happened.
func readAheadOf(e *env, text string, from time.Time) (time.Time, error) {
	r, err := when.AheadOf(text, from, e.now())
	return given(e, r, err)
}

// readAfter reads a time that was to come when something happened, which may be past by now.
func readAfter(e *env, text, happened string) (time.Time, error) {
	from, err := whenOrNow(e, happened)
	if err != nil {
		return from, err
	}
	r, err := when.Ahead(text, from.In(e.now().Location()))
	return given(e, r, err)
}

func whenOrNow(e *env, happened string) (time.Time, error) {
	at, err := readWhen(e, happened)
	if err == nil && at.IsZero() {
		at = e.now()
	}
	return at, err
}

func given(e *env, r when.Reading, err error) (time.Time, error) {
	if err == nil && !r.Given {
		err = errors.New("the time to come is missing: write it as 10m, 07:30, \"tomorrow 07:30\" or \"2026-11-25 07:30\"")
	}
	if err != nil {
		return r.Time.In(e.now().Location()), usage(err)
	}
	at, err := oneOf(e, r)
	return at.In(e.now().Location()), err
}

// oneOf is the time that is meant. Where a clock showed it twice somebody who sits there is
// asked; of anybody else it is refused, with how each is written: a guess would stand in the log.
func oneOf(e *env, r when.Reading) (time.Time, error) {
	first, second, twice := r.Twice()
	if !twice {
		if r.Chose != "" {
			fmt.Fprintf(e.err, "muster: %s\n", r.Chose)
		}
		return r.Time, nil
	}
	if !e.mayAsk() {
		return r.Time, usage(errors.New(r.Asks))
	}
	fmt.Fprintf(e.err, "%s comes twice on %s, when the clocks go back:\n  1  %s\n  2  %s, %s\nWhich is meant? 1 or 2: ",
		first.Format("15:04"), first.Format(time.DateOnly), first.Format("15:04 -07:00"), second.Format("15:04 -07:00"), when.Later(first, second))
	switch e.answer() {
	case "1":
		return first, nil
	case "2":
		return second, nil
	}
	return r.Time, usage(errors.New(r.Asks))
}
