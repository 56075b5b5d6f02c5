package main

import (
	"context"
	"errors"

	"muster/runbooks"
	"muster/state"
	"muster/state/session"
	"muster/tui"
)

// A visited session is one whose screens are elsewhere: the machine's files are out of
// their reach.
type visited struct {
	*session.Session
	foresees bool // they may read what a drill is still to bring
}

// Scenario is not for those who play it.
func (v visited) Scenario(ctx context.Context) (*runbooks.Scenario, []byte, error) {
	if inc := v.Incident(); !v.foresees && inc.Closed == nil {
		return nil, nil, errPlays
	}
	return v.Session.Scenario(ctx)
}

// Keep would read a file of this machine.
func (visited) Files(_ context.Context, given string) []string { return []string{given} }

func (visited) Keep(context.Context, string, func(done, all int64)) (state.AddEvidence, error) {
	return state.AddEvidence{}, hint(errors.New("files of the machine that serves are out of reach over SSH"), "Attach yours from a shell: ssh … evidence - --name NAME < FILE.")
}

// Rescue would write where a visitor says.
func (v visited) Rescue(ctx context.Context, dir string) (*state.Incident, error) {
	if dir != "" {
		return v.Incident(), hint(errors.New("where the log goes on is said on the machine that serves"), "Without a folder it goes on where it lies.")
	}
	return v.Session.Rescue(ctx, "")
}

// Branch would go on in a log of the machine that serves.
func (v visited) Branch(context.Context, state.Action) (*state.Incident, error) {
	return v.Incident(), hint(errors.New("people go on in a copy on their own machine"), "%s", notOverSSH["branch"])
}

// held is a session as the screens have it.
func (e *env) held(s *session.Session) tui.Session {
	if e.visit != nil {
		return visited{s, e.visit.Person.Access.Foresees()}
	}
	return s
}
