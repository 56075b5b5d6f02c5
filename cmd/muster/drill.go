package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"muster/runbooks"
	"muster/state"
	"muster/state/session"
)

const drillLong = `A drill is an incident that is played: the same screens, runbook and log, marked
EXERCISE everywhere, and nothing leaves the machine. Its scenario is a file of
injects, the messages that the players get on an exercise clock.

  muster drill list                                 the scenarios
  muster start --drill --scenario imo-2020          start one
  muster drill clock start                          let the exercise clock run
  muster drill run                                  deliver each inject as it falls due
  muster drill status                               where it stands; not for players
  muster drill ack 3                                players: inject 3 has come
  muster drill rate announce-truth S --note "…"     facilitator: how well it went
  muster close, muster drill report                 the end, and the report`

func drillCommand(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "drill", Short: "Play a scenario: scenarios, exercise clock, injects, ratings, report", Long: drillLong, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return listScenarios(cmd.Context(), e) },
	}
	cmd.AddCommand(drillListCommand(e), drillShowCommand(e), drillLintCommand(e), drillNewCommand(e), drillImportCommand(e),
		drillClockCommand(e), drillRunCommand(e), drillNextCommand(e), drillDeliverCommand(e), drillHoldCommand(e), drillSkipCommand(e),
		drillAddCommand(e), drillAckCommand(e), drillRateCommand(e), drillObserveCommand(e), drillStatusCommand(e),
		drillReportCommand(e), drillRehearseCommand(e))
	return cmd
}

// scenarioLibrary is the layered library of scenarios: built in, the person's own, and
// the folder scenarios in --runbooks.
func scenarioLibrary(e *env) *runbooks.ScenarioLibrary {
	layers := []runbooks.Layer{runbooks.BuiltinScenarios()}
	if dir := e.configDir(); dir != "" {
		own := filepath.Join(dir, "scenarios")
		layers = append(layers, runbooks.Layer{Name: "yours", FS: os.DirFS(own), Dir: own})
	}
	if e.flags.runbooks != "" {
		dir := filepath.Join(e.flags.runbooks, "scenarios")
		layers = append(layers, runbooks.Layer{Name: dir, FS: os.DirFS(dir), Dir: dir})
	}
	return runbooks.OpenScenarios(layers...)
}

// findScenario is the scenario that is meant: an id of the library, or a file.
func findScenario(ctx context.Context, e *env, id string) (*runbooks.ScenarioSource, error) {
	if !strings.HasSuffix(id, ".toml") && !strings.ContainsRune(id, filepath.Separator) {
		return scenarioLibrary(e).Load(ctx, id)
	}
	text, err := readBounded(id)
	if err != nil {
		return nil, err
	}
	source := runbooks.ReadScenario("file", id, text)
	return source, source.Err
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

// scenarioOf is the scenario that a drill's first entry seals; nil if it has none.
// If it does not lie beside the log, the library's is taken, if it is the same.
func scenarioOf(ctx context.Context, e *env, s *session.Session) (*runbooks.Scenario, error) {
	scenario, _, err := s.Scenario(ctx)
	if err == nil || !errors.Is(err, state.ErrNoFile) {
		return scenario, err
	}
	sealed := s.Incident().Exercise.Scenario
	source, loadErr := scenarioLibrary(e).Load(ctx, sealed.ID)
	if loadErr != nil || source.SHA256 != sealed.SHA256.String() {
		return nil, hint(fmt.Errorf("the scenario %s does not lie beside the log: %w", sealed.ID, err),
			"Put its file, the one with SHA-256 %s, into the folder of your scenarios.", sealed.SHA256)
	}
	return source.Scenario, nil
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
	scenario, err := scenarioOf(ctx, e, s)
	if err != nil {
		return nil, nil, errors.Join(err, s.Close())
	}
	return s, scenario, nil
}

// whatIsPlayed is the runbook that is to be started, and the scenario that is played with
// it, if one is: then the runbook may be left out.
func whatIsPlayed(ctx context.Context, e *env, id string, f startFlags) (*runbooks.Source, *runbooks.ScenarioSource, error) {
	if f.scenario == "" {
		if id == "" {
			return nil, nil, usage(hint(errors.New("muster start: something is missing"), "Write muster start RUNBOOK; muster runbook list shows them."))
		}
		source, err := e.source(id)
		return source, nil, err
	}
	if !f.drill {
		return nil, nil, usage(hint(errors.New("a scenario is for a drill"), "Add --drill, or leave --scenario out."))
	}
	scenario, err := findScenario(ctx, e, f.scenario)
	if err != nil {
		return nil, nil, err
	}
	if id == "" {
		id = scenario.Scenario.Runbook
	}
	if id == "" {
		return nil, nil, usage(hint(errors.New("the scenario names no runbook"), "Write muster start RUNBOOK --drill --scenario %s.", f.scenario))
	}
	source, err := e.source(id)
	if err != nil {
		return nil, nil, err
	}
	return source, scenario, runbooks.LintScenario(scenario.File, scenario.Text, source.Runbook).Err()
}

// scenarioBeside is scenarioOf for a drill whose session somebody else has.
func scenarioBeside(ctx context.Context, e *env, inc *state.Incident) (*runbooks.Scenario, error) {
	if inc.Exercise.Scenario == nil {
		return nil, nil
	}
	store, err := e.store()
	if err != nil {
		return nil, err
	}
	s, err := session.Open(ctx, store, inc.ID, true, e.sessionOf("nobody"))
	if err != nil {
		return nil, err
	}
	defer s.Close()
	return scenarioOf(ctx, e, s)
}

// afterwards names the drill that is meant where no incident is named and none is open:
// the one that was closed last, since what is rated and reported has mostly ended.
func afterwards(ctx context.Context, e *env, part string) (string, error) {
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
		inc, _ := read(ctx, store, id)
		switch {
		case inc == nil:
		case inc.Closed == nil:
			return "", nil
		case inc.Mode == state.Drill && !inc.Closed.When.Before(when):
			last, when = id, inc.Closed.When
		}
	}
	return last, ctx.Err()
}
