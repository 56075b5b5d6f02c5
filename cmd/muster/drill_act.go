package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/session"
)

// This file has what the commands of a drill share, as act.go has it for all.

// actDrill records what command makes of the drill that is meant and its scenario,
// which is nil if it has none, and prints the entry.
func actDrill(ctx context.Context, e *env, command func(*session.Session, *runbooks.Scenario) (state.Command, error)) error {
	return actIn(ctx, e, actFlags{}, "", command)
}

// actIn is actDrill for a drill of this id, and with the flags of an act.
func actIn(ctx context.Context, e *env, f actFlags, id string, command func(*session.Session, *runbooks.Scenario) (state.Command, error)) error {
	at, err := readWhen(e, f.at)
	if err != nil {
		return err
	}
	s, scenario, err := facilitate(ctx, e, id, false)
	if err != nil {
		return notSaved(e, at, err)
	}
	defer s.Close()
	c, err := command(s, scenario)
	if err != nil {
		return err
	}
	inc, err := s.Do(ctx, state.Action{Command: c, Occurred: at, Override: f.override})
	if err != nil {
		return notSaved(e, at, err)
	}
	return recorded(e, inc, nil)
}

// recorded prints the entry that was made last.
func recorded(e *env, inc *state.Incident, err error) error {
	if err != nil {
		return notSaved(e, time.Time{}, err)
	}
	return e.printNew(inc, inc.Head.Seq-1)
}

// facilitate opens the drill that is meant, with its scenario, which is nil if it has
// none.
func facilitate(ctx context.Context, e *env, id string, watch bool) (*session.Session, *runbooks.Scenario, error) {
	s, err := e.open(ctx, id, watch)
	if err != nil {
		return nil, nil, err
	}
	if s.Incident().Mode != state.Drill {
		err := hint(fmt.Errorf("%s is a live incident", s.Incident().ID), "Start a drill with muster start --drill.")
		return nil, nil, errors.Join(err, s.Close())
	}
	if e.plays(s.Incident()) { // what is wrong with what they ask tells what there is
		err := errPlays
		if !watch {
			err = errLeads
		}
		return nil, nil, errors.Join(err, s.Close())
	}
	scenario, err := scenarioOf(ctx, e, s)
	if err != nil {
		return nil, nil, errors.Join(err, s.Close())
	}
	return s, scenario, nil
}

// afterwards names the drill that is meant where no incident is named and none is open:
// the one that was closed last, since what is rated and reported has mostly ended.
func afterwards(ctx context.Context, e *env, part string) (string, error) {
	return closedLast(ctx, e, part, func(inc *state.Incident) bool { return inc.Mode == state.Drill })
}

// closedLast names the incident that is meant where none is named and none is open: of
// those that are meant at all, the one that was closed last.
func closedLast(ctx context.Context, e *env, part string, meant func(*state.Incident) bool) (string, error) {
	if part != "" || e.flags.incident != "" || e.getenv("MUSTER_INCIDENT") != "" {
		return part, nil
	}
	store, err := e.store()
	if err != nil {
		return "", err
	}
	ids, err := store.List(ctx)
	if err != nil {
		return "", err
	}
	last, when := "", time.Time{}
	for _, id := range ids {
		inc, _ := state.Read(ctx, store, id)
		switch {
		case inc == nil:
		case inc.Closed == nil:
			return "", nil
		case meant(inc) && !inc.Closed.When.Before(when):
			last, when = id, inc.Closed.When
		}
	}
	return last, ctx.Err()
}
