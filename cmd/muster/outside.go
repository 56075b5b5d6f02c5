package main

import (
	"context"

	"muster/runbooks"
	"muster/state"
	"muster/state/outside"
	"muster/state/response"
	"muster/state/session"
)

// newReach is what lies outside of every incident.
func newReach(e *env) *outside.Reach {
	return &outside.Reach{Set: e.channels, Wrong: e.channelsErr, Scenario: func(ctx context.Context, inc *state.Incident) (*runbooks.Scenario, error) {
		return scenarioBeside(ctx, e, inc)
	}}
}

// whoActs is the person of a session, about to act.
func whoActs(e *env, s *session.Session) response.Who {
	return response.Who{Person: s.Person(), Now: e.now()}
}

// unhurried is ctx without its end: what has happened outside is recorded even if
// the person does not wait for it.
func unhurried(ctx context.Context) context.Context { return context.WithoutCancel(ctx) }
