package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/session"
)

// actFlags are the flags of every command that records something.
type actFlags struct{ at, override string }

func (f *actFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.at, "at", "", "when it happened: a `time` such as 02:38, -10m or 2026-11-24T02:38:00Z")
	cmd.Flags().StringVar(&f.override, "override", "", "`why` it is recorded although it was refused")
}

// act records what command makes of the incident that is meant, and prints the
// entry.
func (e *env) act(ctx context.Context, f actFlags, command func(*session.Session) (state.Command, error)) error {
	at, err := e.when(f.at)
	if err != nil {
		return err
	}
	s, err := e.open(ctx, "", false)
	if err != nil {
		return err
	}
	defer s.Close()
	c, err := command(s)
	if err != nil {
		return err
	}
	before := s.Incident().Head.Seq
	inc, err := s.Do(ctx, state.Action{Command: c, Occurred: at, Override: f.override})
	if err != nil {
		return e.notDone(s, c, err)
	}
	return e.printNew(inc, max(before, inc.Head.Seq-1))
}

// notDone adds what was typed to the error of an action that was not recorded.
func (e *env) notDone(s *session.Session, c state.Command, err error) error {
	var refusal *state.Refusal
	if errors.As(err, &refusal) || !errors.Is(err, state.ErrNotSaved) {
		return err
	}
	return fmt.Errorf("%w\n  What was to be recorded in %s: %+v", err, s.Incident().ID, c)
}

// printNew prints the entries after one, as they count.
func (e *env) printNew(inc *state.Incident, after uint64) error {
	seq := inc.Head.Seq
	if seq == after {
		return nil
	}
	return e.print(toJSON(inc, seq), func() error {
		_, err := fmt.Fprintln(e.out, strings.TrimLeft(e.line(inc, seq), " "))
		return err
	})
}

// simple is a command whose action needs nothing of the incident.
func simple(f func() state.Command) func(*session.Session) (state.Command, error) {
	return func(*session.Session) (state.Command, error) { return f(), nil }
}
