package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"muster/runbooks"
	"muster/state"
	"muster/state/response"
	"muster/state/session"
	"muster/state/sorted"
	"muster/tui"
)

// A desk is what the screens need of the world, made of the real parts.
type desk struct {
	env     *env
	store   state.Store
	library *runbooks.Library
	said    string // who has started an incident from here
}

// newDesk makes the desk and the screens' options.
func newDesk(e *env) (*desk, tui.Options, error) {
	store, err := e.store()
	if err != nil {
		return nil, tui.Options{}, err
	}
	person := e.named()
	if person == "" {
		person = e.config.Name
	}
	opts := screenOptions(e, person)
	if arrive(e, person); e.roster != nil {
		opts.Team = e.roster
		was := e.roster.presence.Was
		opts.Was = tui.Whereabouts{Incident: was.Incident, Screen: was.Screen, Step: was.Step}
	}
	return &desk{env: e, store: store, library: e.library()}, opts, nil
}

// Incidents implements tui.Desk.
func (d *desk) Incidents(ctx context.Context) ([]tui.IncidentHead, error) {
	all, err := d.env.incidents(d.store).All(ctx)
	heads := make([]tui.IncidentHead, len(all))
	for i := range all {
		heads[i] = all[i].Head()
	}
	return heads, err
}

// Runbooks implements tui.Desk.
func (d *desk) Runbooks(ctx context.Context) ([]runbooks.Head, error) {
	heads, problems := d.library.List(ctx)
	return heads, errors.Join(problems.Err(), ctx.Err())
}

// Runbook implements tui.Desk.
func (d *desk) Runbook(ctx context.Context, id string) (*runbooks.Source, error) {
	source, err := d.env.runbook(ctx, id)
	var broken brokenError
	if errors.As(err, &broken) {
		return broken.instead, err
	}
	return source, err
}

// Scenarios implements tui.Desk.
func (d *desk) Scenarios(ctx context.Context, book *runbooks.Source) ([]*runbooks.ScenarioSource, error) {
	if !d.env.foresees() {
		return nil, ctx.Err()
	}
	list, _ := scenarioLibrary(d.env).List(ctx)
	list = sorted.Without(list, func(s *runbooks.ScenarioSource) bool {
		if s.Err != nil || s.Scenario.Runbook != "" && s.Scenario.Runbook != book.ID {
			return true
		}
		org, err := playedIn(ctx, d.env, s.Scenario, "")
		return err != nil || runbooks.LintScenario(s.File, s.Text, book.Runbook, org).HasErrors()
	})
	return list, ctx.Err()
}

// Start implements tui.Desk.
func (d *desk) Start(ctx context.Context, r tui.StartRequest) (tui.Session, error) {
	d.said = r.Person
	organisation, err := d.organisation(ctx, r)
	if err != nil {
		return nil, err
	}
	command := state.OpenIncident{
		Mode: r.Mode, Title: r.Title, Severity: r.Severity, Inputs: r.Inputs,
		Program: program(), Runbook: response.Document(r.Runbook),
		Organisation: organisation,
	}
	var s *session.Session
	if r.Scenario != nil {
		s, err = session.CreateDrill(ctx, d.store, command, r.Scenario, r.Detected, d.env.sessionOf(r.Person))
	} else {
		s, err = session.Create(ctx, d.store, command, r.Detected, d.env.sessionOf(r.Person))
	}
	if errors.Is(err, state.ErrReadOnly) { // there is no incident that could be read, or rescued
		return nil, hint(err, "Nothing was started.")
	}
	if err != nil {
		return nil, err
	}
	if !r.Commands {
		return d.env.held(s), nil
	}
	if _, err := s.Do(ctx, state.Action{Command: state.AssignRole{Role: state.Commander, Person: r.Person}}); err != nil {
		err = hint(fmt.Errorf("%s is open, but has no commander: %w", s.Incident().ID, err), "Say who commands: muster role commander NAME -i %s", s.Incident().ID)
		return nil, errors.Join(err, s.Close())
	}
	return d.env.held(s), nil
}

// organisation is whose incident is started; of one that is not set down, what was said
// of it at the start.
func (d *desk) organisation(ctx context.Context, r tui.StartRequest) (state.Organisation, error) {
	organisation, err := organisationFor(ctx, d.env, r.Organisation, r.Scenario)
	switch {
	case err != nil || len(r.Services) == 0:
		return organisation, err
	case r.Scenario != nil || len(organisation.Services) > 0:
		return organisation, &state.Refusal{Reason: state.Invalid, Field: "services", Text: "What it runs is known already, from the organisation's file or the scenario.",
			Hint: "Start without services; muster service add adds what is missing."}
	}
	return state.OrganisationRunning(organisation.Name, r.Services), nil
}

// Bare implements tui.Desk.
func (d *desk) Bare() bool {
	_, err := ownOrganisation(d.env)
	return errors.Is(err, fs.ErrNotExist)
}

// Open implements tui.Desk.
func (d *desk) Open(ctx context.Context, id string, watch bool) (tui.Session, error) {
	config := d.env.session()
	if d.said != "" {
		config.Usually = d.said
	}
	// Who only reads leaves no trace, not even of what the program would find.
	watch = watch || d.env.reads()
	s, err := session.Open(ctx, d.store, id, watch, config)
	if err != nil {
		return nil, err
	}
	return d.env.held(s), nil
}
