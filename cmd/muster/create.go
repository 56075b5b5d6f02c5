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

// createIncident opens a new incident.
func createIncident(ctx context.Context, e *env, store state.Store, command state.OpenIncident, detected time.Time, person string) (*session.Session, error) {
	return session.Create(ctx, store, command, detected, e.sessionOf(person))
}

// createDrill opens a drill that plays a scenario, and puts the scenario beside its
// log. What the scenario answers of the runbook's inputs is taken, unless it was
// answered otherwise.
func createDrill(ctx context.Context, e *env, store state.Store, command state.OpenIncident, scenario *runbooks.ScenarioSource, detected time.Time, person string) (*session.Session, error) {
	sum, err := state.ParseHash(scenario.SHA256)
	if err != nil {
		return nil, err
	}
	command.Mode, command.Scenario = state.Drill, &state.SealedScenario{ID: scenario.ID, Title: scenario.Scenario.Title, SHA256: sum}
	inputs := make(map[string]string)
	for id, value := range scenario.Scenario.Inputs {
		inputs[id] = value
	}
	for id, value := range command.Inputs {
		inputs[id] = value
	}
	command.Inputs = inputs
	if command.Title == "" {
		command.Title = scenario.Scenario.Title
	}
	s, err := createIncident(ctx, e, store, command, detected, person)
	if err != nil {
		return nil, err
	}
	if _, err := s.KeepText(ctx, scenarioFile, scenario.Text); err != nil {
		err = hint(fmt.Errorf("the drill %s is open, but its scenario could not be put beside the log: %w", s.Incident().ID, err),
			"Keep the scenario's file: muster takes it from the library as long as its SHA-256 is the one in the log.")
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// scenarioFile is what a drill's scenario is called where it is kept.
const scenarioFile = "scenario.toml"
