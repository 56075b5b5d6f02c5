package main

import (
	"context"
	"fmt"
	"strings"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/state/view"
	"muster/tui"
)

// joined leads into an open incident, if whoever starts a runbook live says that they
// meant that one.
func (e *env) joined(ctx context.Context, desk *desk, opts tui.Options, source *runbooks.Source, mode state.Mode, show bool) (bool, error) {
	if mode != state.Live {
		return false, nil
	}
	id, err := e.joins(ctx, desk, source)
	if err != nil || id == "" {
		return false, err
	}
	if !show {
		return true, sayStarted(e, id)
	}
	app, err := tui.NewOpening(ctx, desk, id, false, opts)
	if err != nil {
		return true, err
	}
	return true, showApp(ctx, e, app)
}

// joins is the open incident that whoever starts a runbook says they meant; "" if they
// mean another. Where nobody can be asked, it is said that there is one.
func (e *env) joins(ctx context.Context, desk *desk, source *runbooks.Source) (string, error) {
	heads, err := desk.Incidents(ctx)
	if err != nil {
		return "", err
	}
	running := response.Running(heads, source.ID)
	if len(running) == 0 {
		return "", nil
	}
	first := running[0]
	fmt.Fprintf(e.err, "muster: %s is open since %s with this runbook: %s\n", first.ID, e.clockOf(first.Opened), clean.Line(first.Title))
	if !e.mayAsk() {
		fmt.Fprintf(e.err, "  If that one was meant, and no other: muster open %s\n", first.ID)
		return "", nil
	}
	fmt.Fprint(e.err, "Join it (j), or start another (a)? ")
	switch strings.ToLower(e.answer()) {
	case "j", "join", "y", "yes":
		return first.ID, nil
	case "a", "another":
		return "", nil
	}
	return "", hint(fmt.Errorf("nothing was started"), "Answer j or a; or muster open %s.", first.ID)
}

// sayStarted prints an incident's id; it is told even if that cannot be printed.
func sayStarted(e *env, id string) error {
	err := e.print(view.Started{ID: id}, func() error {
		_, err := fmt.Fprintln(e.out, id)
		return err
	})
	if err != nil {
		return hint(err, "The incident is recorded all the same, as %s: do not start it again.", id)
	}
	return nil
}
