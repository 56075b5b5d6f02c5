package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
	"muster/state/session"
)

// pastFlags are the flags of a command that can show an incident as it stood before. On a
// command that records something, --at says when that happened: see actFlags.
type pastFlags struct {
	at      string
	asItWas bool
}

func (f *pastFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.at, "at", "", "show it as it was known at a time, such as 02:41, -2h or 2026-11-24T02:41:00Z, or when the entry of a number was written")
	cmd.Flags().BoolVar(&f.asItWas, "as-it-was", false, "with --at: as it is now known to have been then, by what happened and was corrected, whenever it was recorded")
}

// given reports whether another moment than now was asked for.
func (f *pastFlags) given() bool { return f.at != "" }

// of is the incident as of the moment that was asked for, which from here on is the time
// by which everything is told. Without --at it is inc.
func (f *pastFlags) of(e *env, inc *state.Incident) (*state.Incident, error) {
	if !f.given() {
		if f.asItWas {
			return nil, usagef("--as-it-was says how --at looks back: add --at TIME")
		}
		return inc, nil
	}
	past, err := f.look(e, inc)
	if err != nil {
		return nil, usage(err)
	}
	e.past = past.Past.At
	return past, nil
}

func (f *pastFlags) look(e *env, inc *state.Incident) (*state.Incident, error) {
	seq, ok, err := entryNumber(inc, f.at)
	switch zone := e.now().Location(); {
	case err != nil:
		return nil, err
	case ok && f.asItWas:
		return state.WasWhen(inc, seq, zone)
	case ok:
		return state.KnownBy(inc, seq, zone)
	}
	at, err := readWhen(e, f.at)
	if err != nil {
		return nil, err
	}
	now := e.now()
	if at.IsZero() { // "now"
		at = now
	}
	if at = at.In(now.Location()); f.asItWas {
		return state.WasAt(inc, at, now)
	}
	return state.KnownAt(inc, at, now)
}

// openAt opens an incident to be looked at, as of the moment that was asked for.
func (e *env) openAt(ctx context.Context, id string, f *pastFlags) (*session.Session, *state.Incident, error) {
	s, err := e.open(ctx, id, true)
	if err != nil {
		return nil, nil, err
	}
	inc, err := f.of(e, s.Incident())
	if err != nil {
		_ = s.Close() // nothing was written
		return nil, nil, err
	}
	return s, inc, nil
}

// lookBack opens an incident to be looked at, as of the moment that was asked for, and
// shows it.
func lookBack(ctx context.Context, e *env, f *pastFlags, show func(*state.Incident) error) error {
	s, inc, err := e.openAt(ctx, "", f)
	if err != nil {
		return err
	}
	defer s.Close()
	return show(inc)
}

// topLines are what stands above everything: that it is a drill, and as of when it is told.
func topLines(e *env, inc *state.Incident) string {
	return exercise(inc) + pastLines(e, inc)
}

// pastLines say as of when something is told; nothing for now.
func pastLines(e *env, inc *state.Incident) string {
	if p := inc.Past; p != nil {
		return clean.Line(p.Title(e.clockOf)) + "\n" + p.String() + "\n"
	}
	return ""
}

// listAt is the list command of a noun, which can look back. On the noun alone --at says
// when something happened, or nothing.
func listAt(short string, show func(context.Context, *pastFlags) error) *cobra.Command {
	var f pastFlags
	cmd := &cobra.Command{
		Use: "list", Short: short, Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return show(cmd.Context(), &f) },
	}
	f.add(cmd)
	return cmd
}

// sayPast says on standard error as of when something is, that cannot say so itself.
func sayPast(e *env, inc *state.Incident) {
	if p := inc.Past; p != nil {
		fmt.Fprintf(e.err, "muster: %s. %s\n", p.Title(e.clockOf), p)
	}
}
