package main

import (
	"context"
	"fmt"

	"muster/state"
	"muster/state/clean"
	"muster/state/export"
	"muster/state/response"
	"muster/state/session"
	"muster/state/view"
)

// afterAction draws the report of a drill. A scenario that is not there, or that is not
// the one that was sealed, is said on standard error and in the report.
func afterAction(ctx context.Context, e *env, s *session.Session, format string) ([]byte, error) {
	inc := s.Incident()
	others, err := sameRunbook(ctx, e, inc)
	if err != nil {
		return nil, err
	}
	opts := view.AAROptions{Program: program(), Others: others}
	if opts.Scenario, opts.Text, err = s.Scenario(ctx); err != nil {
		fmt.Fprintln(e.err, "muster: "+clean.Line(err.Error()))
		if opts.Scenario, err = scenarioOf(ctx, e, s); err != nil {
			opts.Scenario = nil
		}
		if source, err := scenarioLibrary(e).Load(ctx, inc.Exercise.Scenario.ID); err == nil && opts.Scenario != nil {
			opts.Text = source.Text
		}
	}
	report := export.NewAAR(inc, opts)
	if format == "json" {
		return report.JSON()
	}
	return []byte(report.Markdown()), nil
}

// sameRunbook reads the other incidents of the same runbook, as far as they can be
// read.
func sameRunbook(ctx context.Context, e *env, inc *state.Incident) ([]*state.Incident, error) {
	store, err := e.store()
	if err != nil {
		return nil, err
	}
	ids, err := store.List(ctx)
	if err != nil {
		return nil, err
	}
	var others []*state.Incident
	for _, id := range ids {
		if id == inc.ID {
			continue
		}
		if other, _ := state.Read(ctx, store, id); other != nil && response.SameRunbook(inc, other) {
			others = append(others, other)
		}
	}
	return others, ctx.Err()
}
