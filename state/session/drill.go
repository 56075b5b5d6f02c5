package session

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"time"

	"muster/runbooks"
	"muster/state"
)

// CreateDrill opens a new drill that plays a scenario, as Create opens an incident, and
// puts the scenario beside its log. What the scenario answers of the runbook's inputs is
// taken, unless command answers it otherwise, and so is its title.
func CreateDrill(ctx context.Context, store state.Store, command state.OpenIncident, scenario *runbooks.ScenarioSource, detected time.Time, config Config) (*Session, error) {
	sum, err := state.ParseHash(scenario.SHA256)
	if err != nil {
		return nil, err
	}
	command.Mode, command.Scenario = state.Drill, &state.SealedScenario{ID: scenario.ID, Title: scenario.Scenario.Title, SHA256: sum}
	inputs := make(map[string]string)
	maps.Copy(inputs, scenario.Scenario.Inputs)
	maps.Copy(inputs, command.Inputs)
	command.Inputs = inputs
	if command.Title == "" {
		command.Title = scenario.Scenario.Title
	}
	s, err := Create(ctx, store, command, detected, config)
	if err != nil {
		return nil, err
	}
	if _, err := s.KeepText(ctx, "scenario.toml", scenario.Text); err != nil {
		err = fmt.Errorf("the drill %s is open, but its scenario could not be put beside the log: %w\n"+
			"Keep the scenario's file: muster takes it from the library as long as its SHA-256 is the one in the log.", s.Incident().ID, err)
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// KeepText puts a text beside the log, durably, and describes it for an entry that
// names it. It records nothing.
func (s *Session) KeepText(ctx context.Context, name string, text []byte) (state.Kept, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.writable(); err != nil {
		return state.Kept{}, err
	}
	sum, size, err := s.log.PutEvidence(ctx, bytes.NewReader(text))
	return state.Kept{Name: name, SHA256: sum, Size: size}, err
}

// Scenario reads the drill's scenario from beside the log, and its text. Both are
// nil if the drill has none. state.ErrNoFile: it is not there. What is there and
// is not what the log's first entry sealed is an error, too.
func (s *Session) Scenario(ctx context.Context) (*runbooks.Scenario, []byte, error) {
	sealed := s.Incident().Exercise.Scenario
	if sealed == nil {
		return nil, nil, nil
	}
	file, err := s.log.Evidence(ctx, sealed.SHA256)
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, runbooks.MaxFile+1))
	if err != nil {
		return nil, nil, err
	}
	if state.Sum(text) != sealed.SHA256 {
		return nil, nil, fmt.Errorf("the scenario beside the log is not the one that was sealed, sha256 %s", sealed.SHA256)
	}
	scenario, problems := runbooks.ParseScenario(sealed.ID+".toml", text)
	return scenario, text, problems.Err()
}
