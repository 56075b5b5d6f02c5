package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"muster/runbooks"
	"muster/state"
	"muster/tui"
)

type startFlags struct {
	drill, noOpen             bool
	title, severity, detected string
	scenario, organisation    string
	inputs, services          []string
	commands, lastGood        bool
}

func startCommand(e *env) *cobra.Command {
	var f startFlags
	cmd := &cobra.Command{
		Use:   "start RUNBOOK",
		Short: "Start an incident, live or as a drill",
		Long: `Start an incident from a runbook: the id of one in the library, or a .toml file.

On a terminal it shows the run screen. With --no-open, or without a terminal, it
prints the new incident's id. A scenario names its runbook, so that it can be left
out with --drill --scenario.`,
		Example: "  muster start ransomware --drill\n  muster start --drill --scenario imo-2020\n  muster start ransomware --organisation imo\n  muster start ransomware --detected 02:10 --input org=IMO --no-open",
		Args:    arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return startIncident(cmd.Context(), e, optional(args), f)
		},
	}
	fs := cmd.Flags()
	fs.BoolVar(&f.drill, "drill", false, "an exercise: marked everywhere, and nothing leaves the machine")
	fs.StringVar(&f.scenario, "scenario", "", "with --drill: the scenario that is played, an id or a .toml file")
	fs.StringVar(&f.organisation, "organisation", "", "whose incident it is, instead of yours: an id of muster organisation list, or a .toml file")
	_ = cmd.RegisterFlagCompletionFunc("organisation", func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
		return organisationIDs(cmd.Context(), e), cobra.ShellCompDirectiveDefault
	})
	fs.StringArrayVar(&f.services, "service", nil, "what you run, by its title, if no organisation is set down; the most important first")
	fs.BoolVar(&f.commands, "command", false, "you command, until somebody else does")
	fs.BoolVar(&f.lastGood, "last-good", false, lastGoodUsage)
	fs.BoolVar(&f.noOpen, "no-open", false, "print the id instead of showing the run screen")
	fs.StringVar(&f.title, "title", "", "what has happened, in a few words")
	fs.StringVar(&f.severity, "severity", "", "SEV1 to SEV4")
	fs.StringVar(&f.detected, "detected", "", "when it was noticed: a time such as 02:38, -10m or 2026-11-24T02:38:00Z")
	fs.StringArrayVar(&f.inputs, "input", nil, "answer an input of the runbook: ID=VALUE")
	return cmd
}

const lastGoodUsage = "if the runbook is broken, take the one of the same id that it hides"

func startIncident(ctx context.Context, e *env, id string, f startFlags) error {
	source, scenario, err := whatIsPlayed(ctx, e, id, f)
	if err != nil {
		return err
	}
	detected, err := readWhen(e, f.detected)
	if err != nil {
		return err
	}
	inputs, severity, err := f.answers(source.Runbook)
	if err != nil {
		return err
	}
	mode := f.mode()
	show := f.shows(e)
	if show {
		if err := checkScreens(e); err != nil {
			return err
		}
	}
	desk, opts, err := newDesk(e)
	if err != nil {
		return err
	}
	if joined, err := e.joined(ctx, desk, opts, source, mode, show); joined || err != nil {
		return err
	}
	person, err := f.starter(ctx, e, source.Runbook, scenario)
	if err != nil {
		return err
	}
	session, err := desk.Start(ctx, tui.StartRequest{
		Person:  person,
		Runbook: source, Mode: mode, Title: f.title, Severity: severity, Detected: detected, Inputs: inputs,
		Scenario: scenario, Organisation: f.organisation, Services: f.services, Commands: f.commands,
	})
	if err != nil {
		return err
	}
	if show {
		app, err := tui.NewIncident(ctx, desk, session, false, opts)
		if err != nil {
			return errors.Join(err, session.Close())
		}
		return showApp(ctx, e, app)
	}
	defer session.Close()
	return sayStarted(e, session.Incident().ID)
}

// shows reports whether the screens follow.
func (f *startFlags) shows(e *env) bool {
	return (e.terminal || e.flags.plain) && !f.noOpen && !e.flags.json
}

// starter is who starts the incident. Whoever has to say their name to see the screens is
// asked as well what it is about.
func (f *startFlags) starter(ctx context.Context, e *env, book *runbooks.Runbook, scenario *runbooks.ScenarioSource) (string, error) {
	person, err := e.starter(ctx, f.organisation, scenario)
	if err == nil && f.shows(e) && scenario == nil && e.named() == "" && e.config.Name == "" {
		f.askFirst(e, book)
	}
	return person, cmp.Or(err, ctx.Err())
}

// askFirst asks whoever has set down no organisation whose services it is about, and who
// commands, as the form on the home screen does.
func (f *startFlags) askFirst(e *env, book *runbooks.Runbook) {
	if _, err := ownOrganisation(e); len(f.services) == 0 && f.organisation == "" && errors.Is(err, fs.ErrNotExist) {
		f.services = state.Titles(e.asked("What you run, the most important first, with commas; or empty for the runbook's examples: "))
	}
	if !f.commands && !e.interrupted() && slices.ContainsFunc(book.Roles, func(r runbooks.Role) bool { return r.ID == state.Commander }) {
		fmt.Fprint(e.err, "Do you command, until somebody else does? yes or no: ")
		f.commands = strings.HasPrefix(strings.ToLower(e.answer()), "y")
	}
}

func (f *startFlags) mode() state.Mode {
	if f.drill {
		return state.Drill
	}
	return state.Live
}

// answers are what is said of the runbook's inputs, and of the severity; "" for the
// runbook's own.
func (f *startFlags) answers(book *runbooks.Runbook) (map[string]string, runbooks.Severity, error) {
	given, err := pairs(f.inputs)
	if err != nil {
		return nil, "", err
	}
	var all []state.Named
	for i := range book.Inputs {
		all = append(all, state.Named{ID: book.Inputs[i].ID, Title: book.Inputs[i].Prompt})
	}
	inputs, err := findInputs(given, all)
	if err != nil || f.severity == "" {
		return inputs, "", err
	}
	severity, err := findSeverity(f.severity)
	return inputs, severity, err
}

// whatIsPlayed is the runbook that is to be started, and the scenario that is played with
// it, if one is: then the runbook may be left out.
func whatIsPlayed(ctx context.Context, e *env, id string, f startFlags) (*runbooks.Source, *runbooks.ScenarioSource, error) {
	if f.scenario == "" {
		if id == "" {
			return nil, nil, usage(hint(errors.New("muster start: something is missing"), "Write muster start RUNBOOK; muster runbook list shows them."))
		}
		source, err := e.toUse(ctx, id, f.lastGood)
		return source, nil, err
	}
	if !f.drill {
		return nil, nil, usage(hint(errors.New("a scenario is for a drill"), "Add --drill, or leave --scenario out."))
	}
	scenario, err := findScenario(ctx, e, f.scenario)
	if err != nil {
		return nil, nil, err
	}
	find := func(ctx context.Context, id string) (*runbooks.Source, error) { return e.toUse(ctx, id, f.lastGood) }
	if id == "" {
		id, find = scenario.Scenario.Runbook, e.runbook
	}
	if id == "" {
		return nil, nil, usage(hint(errors.New("the scenario names no runbook"), "Write muster start RUNBOOK --drill --scenario %s.", f.scenario))
	}
	source, err := find(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	org, err := playedIn(ctx, e, scenario.Scenario, f.organisation)
	if err != nil {
		return nil, nil, err
	}
	return source, scenario, runbooks.LintScenario(scenario.File, scenario.Text, source.Runbook, org).Err()
}
