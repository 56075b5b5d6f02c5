package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"muster/runbooks"
	"muster/state"
	"muster/state/guard"
	"muster/state/view"
	"muster/state/when"
	"muster/tui"
)

type startFlags struct {
	drill, noOpen             bool
	title, severity, detected string
	scenario                  string
	inputs                    []string
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
		Example: "  muster start ransomware --drill\n  muster start --drill --scenario imo-2020\n  muster start ransomware --detected 02:10 --input org=IMO --no-open",
		Args:    args(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return startIncident(cmd.Context(), e, optional(args), f)
		},
	}
	fs := cmd.Flags()
	fs.BoolVar(&f.drill, "drill", false, "an exercise: marked everywhere, and nothing leaves the machine")
	fs.StringVar(&f.scenario, "scenario", "", "with --drill: the scenario that is played, an id or a .toml file")
	fs.BoolVar(&f.noOpen, "no-open", false, "print the id instead of showing the run screen")
	fs.StringVar(&f.title, "title", "", "what has happened, in a few words")
	fs.StringVar(&f.severity, "severity", "", "SEV1 to SEV4")
	fs.StringVar(&f.detected, "detected", "", "when it was noticed: a time such as 02:38, -10m or 2026-11-24T02:38:00Z")
	fs.StringArrayVar(&f.inputs, "input", nil, "answer an input of the runbook: ID=VALUE")
	return cmd
}

func startIncident(ctx context.Context, e *env, id string, f startFlags) error {
	source, scenario, err := whatIsPlayed(ctx, e, id, f)
	if err != nil {
		return err
	}
	detected, err := readWhen(e, f.detected)
	if err != nil {
		return err
	}
	inputs, err := pairs(f.inputs)
	if err != nil {
		return err
	}
	mode := state.Live
	if f.drill {
		mode = state.Drill
	}
	show := e.terminal && !f.noOpen && !e.flags.json
	if show {
		if err := checkScreens(e); err != nil {
			return err
		}
	}
	desk, opts, err := newDesk(e)
	if err != nil {
		return err
	}
	session, err := desk.Start(ctx, tui.StartRequest{
		Runbook: source, Mode: mode, Title: f.title, Severity: runbooks.Severity(strings.ToUpper(f.severity)), Detected: detected, Inputs: inputs,
		Scenario: scenario,
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

// pairs reads ID=VALUE arguments.
func pairs(given []string) (map[string]string, error) {
	values := make(map[string]string, len(given))
	for _, text := range given {
		id, value, ok := strings.Cut(text, "=")
		if !ok || id == "" {
			return nil, usagef("%q is not of the form ID=VALUE", text)
		}
		values[id] = value
	}
	return values, nil
}

// readWhen reads when something happened, as people type it; the zero time for "" and
// "now". If the text could mean two times, it says which was taken.
func readWhen(e *env, text string) (time.Time, error) {
	r, err := when.Past(text, e.now())
	sayReading(e, r)
	return r.Time, usage(err)
}

// readAhead reads a time to come, in the person's zone.
func readAhead(e *env, text string) (time.Time, error) {
	r, err := when.Ahead(text, e.now())
	if err == nil && !r.Given {
		err = errors.New("the time to come is missing: write it as 10m, 07:30 or \"2026-11-25 07:30\"")
	}
	sayReading(e, r)
	return r.Time.In(e.now().Location()), usage(err)
}

// sayReading says which of two times was taken.
func sayReading(e *env, r when.Reading) {
	if r.Chose != "" {
		fmt.Fprintf(e.err, "muster: %s\n", r.Chose)
	}
}

// readRunbook reads a runbook from a file outside the library.
func readRunbook(path string) (*runbooks.Source, error) {
	data, err := readBounded(path)
	if err != nil {
		return nil, err
	}
	book, problems := runbooks.Parse(path, data)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	head := runbooks.Head{ID: book.ID, Title: book.Title, Severity: book.Severity, Layer: "file", Path: path}
	return &runbooks.Source{Head: head, Text: data, Runbook: book, SHA256: state.Sum(data).String()}, nil
}

// maxRunbook bounds a runbook's file, in bytes; Parse refuses what is larger.
const maxRunbook = 4<<20 + 1

// readBounded reads a file that a person named.
func readBounded(path string) ([]byte, error) { return guard.Read(path, maxRunbook) }

func openCommand(e *env) *cobra.Command {
	var watch bool
	cmd := &cobra.Command{
		Use: "open [INCIDENT|FILE]", Short: "Show the run screen of an incident", Args: args(0, 1),
		Long: "Show the run screen of an incident. An exported log is only looked at, as with --watch.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkScreens(e); err != nil {
				return err
			}
			if err := e.needTerminal("Use muster status, muster log and muster step instead."); err != nil {
				return err
			}
			desk, opts, err := newDesk(e)
			if err != nil {
				return err
			}
			id := optional(args)
			if is, err := isFile(id); err != nil {
				return err
			} else if is {
				watch = true
				if desk.store, err = storeOf(id); err != nil {
					return err
				}
			} else if id, err = e.findLog(cmd.Context(), desk.store, id); err != nil {
				return err
			}
			app, err := tui.NewOpening(cmd.Context(), desk, id, watch, opts)
			if err != nil {
				return err
			}
			return showApp(cmd.Context(), e, app)
		},
	}
	cmd.Flags().BoolVar(&watch, "watch", false, "only look: nothing is recorded")
	return cmd
}

// optional is the first argument, or "".
func optional(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}
