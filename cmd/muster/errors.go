package main

import (
	"errors"
	"fmt"
	"strings"

	"muster/state"
	"muster/state/clean"
)

// The exit codes.
const (
	exitDone    = 0
	exitRefused = 1 // refused, failed, or something was found
	exitUsage   = 2 // the command was not written as it must be
)

// A usageError is a command that was not written as it must be.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usage(err error) error {
	if err == nil {
		return nil
	}
	return usageError{err}
}

func usagef(format string, args ...any) error { return usage(fmt.Errorf(format, args...)) }

// A hintError is an error with a sentence on what to do next.
type hintError struct {
	error
	hint string
}

func (e hintError) Unwrap() error { return e.error }

func hint(err error, format string, args ...any) error {
	return hintError{err, fmt.Sprintf(format, args...)}
}

// errFound ends a command with exit code 1 that has said what it found.
var errFound = errors.New("found")

// report says on standard error what went wrong and what to do next, and returns
// the exit code.
func (e *env) report(err error) int {
	if err == nil {
		return exitDone
	}
	if !errors.Is(err, errFound) {
		fmt.Fprintln(e.err, clean.Text(sayError(err)))
	}
	if errors.As(err, new(usageError)) {
		return exitUsage
	}
	return exitRefused
}

func sayError(err error) string {
	var lines []string
	var refusal *state.Refusal
	var hinted hintError
	switch {
	case errors.As(err, &refusal):
		lines = append(lines, "muster: "+refusal.Error())
		if refusal.Overridable {
			lines = append(lines, "  It is recorded all the same with --override \"WHY\".")
		}
	case errors.Is(err, state.ErrNotSaved):
		lines = append(lines, "muster: NOT SAVED: "+err.Error(),
			"  What you entered is not in the log. Free some space or mend the disk, then",
			"  muster rescue, or muster rescue --to DIR on another disk, and enter it again.")
	default:
		lines = append(lines, "muster: "+err.Error())
	}
	if errors.As(err, &hinted) {
		lines = append(lines, "  "+hinted.hint)
	}
	return strings.Join(lines, "\n")
}
