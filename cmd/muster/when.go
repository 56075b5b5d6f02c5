package main

import (
	"errors"
	"fmt"
	"time"

	"muster/state/when"
)

// This file reads times as people type them. Package muster/state/when has the rules.

// readWhen reads when something happened, as people type it; the zero time for "" and
// "now". If the text could mean two times, it says which was taken.
func readWhen(e *env, text string) (time.Time, error) {
	r, err := when.Past(text, e.now())
	sayReading(e, r)
	return r.Time, usage(err)
}

// readAhead reads a time to come, in the person's zone.
func readAhead(e *env, text string) (time.Time, error) {
	r, err := when.Ahead(text, e.now())
	if err == nil && !r.Given {
		err = errors.New("the time to come is missing: write it as 10m, 07:30 or \"2026-11-25 07:30\"")
	}
	sayReading(e, r)
	return r.Time.In(e.now().Location()), usage(err)
}

// sayReading says which of two times was taken.
func sayReading(e *env, r when.Reading) {
	if r.Chose != "" {
		fmt.Fprintf(e.err, "muster: %s\n", r.Chose)
	}
}
