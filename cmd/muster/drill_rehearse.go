package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/state/session"
	"muster/state/view"
)

type rehearseFlags struct{ script, out, start string }

func drillRehearseCommand(e *env, run wholeRun) *cobra.Command {
	var f rehearseFlags
	cmd := &cobra.Command{
		Use: "rehearse SCENARIO", Short: "Play a scenario at once, with players from a script", Args: arguments(1, 1),
		Long: `Play a scenario at once, with a clock of its own and players from a script, to see
whether it works and what its report looks like. Injects are delivered as they fall
due. The same scenario and script give the same log.

A script is a text file, a command a line: exercise time, who, command.

  +0:06 Ada step start 1.1
  +0:07:30 Ben note "The desk says 40 callers"
  +0:09 Ada ! step done 1.2

With ! the command must be refused, or find something. Without --script the one that
comes with a built-in scenario is played. Without -o the report is printed and nothing
is kept; with -o DIR the folder DIR is a --state of its own, with report.md in it.`,
		RunE: func(cmd *cobra.Command, args []string) error { return rehearse(cmd.Context(), e, run, args[0], &f) },
	}
	fs := cmd.Flags()
	fs.StringVar(&f.script, "script", "", "the file that plays the players")
	fs.StringVarP(&f.out, "output", "o", "", "the folder to keep log and report in")
	fs.StringVar(&f.start, "at", "2020-09-30T09:00:00+01:00", "when it begins, by the clock of the rehearsal")
	return cmd
}

// facilitator is who delivers the injects of a rehearsal.
const facilitator = "Facilitator"

func rehearse(ctx context.Context, e *env, run wholeRun, id string, f *rehearseFlags) error {
	scenario, err := findScenario(ctx, e, id)
	if err != nil {
		return err
	}
	lines, err := scriptOf(e, scenario, f.script)
	if err != nil {
		return err
	}
	start, err := time.Parse(time.RFC3339, f.start)
	if err != nil {
		return usagef("%q is not a time such as 2020-09-30T09:00:00+01:00", f.start)
	}
	source, err := e.runbook(ctx, scenario.Scenario.Runbook)
	if err != nil {
		return err
	}
	org, err := organisationFor(ctx, e, "", scenario)
	if err != nil {
		return err
	}
	played, err := playedIn(ctx, e, scenario.Scenario, "")
	if err != nil {
		return err
	}
	if err := runbooks.LintScenario(scenario.File, scenario.Text, source.Runbook, played).Err(); err != nil {
		return err
	}
	dir, done, err := rehearsalDir(e, f.out)
	if err != nil {
		return err
	}
	defer done()
	r := &rehearsal{
		run:      run,
		scenario: scenario, dir: dir, random: &repeatable{seed: state.Sum(scenario.Text)},
		clock: &rehearsalClock{start: start, now: start},
	}
	opening := state.OpenIncident{Program: program(), Runbook: response.Document(source), Organisation: org}
	if err := r.play(ctx, opening, lines); err != nil {
		return err
	}
	return reportRehearsal(ctx, e, r, f.out)
}

// scriptOf is the script that plays the players.
func scriptOf(e *env, scenario *runbooks.ScenarioSource, path string) ([]runbooks.ScriptLine, error) {
	if path != "" {
		text, err := readBounded(path)
		if err != nil {
			return nil, err
		}
		return parseScript(path, text)
	}
	if text, ok := runbooks.Script(scenario.ID); ok && scenario.Layer == runbooks.BuiltinScenarios().Name {
		return parseScript(scenario.ID+".script", text)
	}
	return nil, usage(hint(fmt.Errorf("the scenario %s has no script", scenario.ID), "Write one and name it with --script; muster drill rehearse --help says how."))
}

// rehearsalDir is the folder that a rehearsal is kept in, and what removes it if nothing
// is to be kept.
func rehearsalDir(e *env, out string) (dir string, done func(), err error) {
	if out == "" {
		dir, err = os.MkdirTemp("", "muster-rehearsal-")
		return dir, func() { os.RemoveAll(dir) }, err
	}
	if dir, err = filepath.Abs(out); err != nil {
		return "", nil, err
	}
	if err := target(e, false).CheckFolder(dir); err != nil {
		return "", nil, sayGuard(err)
	}
	entries, err := os.ReadDir(dir)
	if err == nil && len(entries) > 0 {
		return "", nil, hint(fmt.Errorf("%s is not empty", out), "Name a new folder.")
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", nil, err
	}
	return dir, func() {}, makeFolder(e, dir)
}

// reportRehearsal writes the report.
func reportRehearsal(ctx context.Context, e *env, r *rehearsal, out string) error {
	inner := r.env(facilitator, e.out, e.err)
	s, err := inner.open(ctx, r.id, true)
	if err != nil {
		return err
	}
	defer s.Close()
	text, err := afterAction(ctx, inner, s, "md")
	if err != nil {
		return err
	}
	if out == "" {
		_, err = e.out.Write(text)
		return err
	}
	report := filepath.Join(r.dir, "report.md")
	if err := writeFile(e, report, text, false); err != nil {
		return err
	}
	inc := s.Incident()
	result := view.Rehearsed{Head: view.HeadOf(inc), State: r.dir, Report: report}
	return e.print(result, func() error {
		_, err := fmt.Fprintf(e.out, "EXERCISE  rehearsed as %s: %d entries, %d injects\nreport: %s\nlook at it with muster --state %s\n",
			inc.ID, inc.Head.Seq, len(inc.Exercise.Delivered), clean.Line(report), clean.Line(r.dir))
		return err
	})
}

// A rehearsal is a drill that is played from a script.
type rehearsal struct {
	run      wholeRun
	scenario *runbooks.ScenarioSource
	dir, id  string
	clock    *rehearsalClock
	random   io.Reader
	last     time.Duration // exercise time of the last line
}

// env is what one command of the rehearsal has around it: no variables, no
// configuration, a clock and random numbers that are the same each time.
func (r *rehearsal) env(person string, out, err io.Writer) *env {
	return &env{settings{
		process: process{
			in: strings.NewReader(""), out: out, err: err, clock: r.clock, random: r.random, host: "rehearsal",
			getenv: func(name string) string {
				return map[string]string{"MUSTER_STATE": r.dir, "MUSTER_AS": person, "HOME": filepath.Join(r.dir, "home")}[name]
			},
		},
		flags: flags{state: r.dir, as: person},
	}}
}

func (r *rehearsal) play(ctx context.Context, opening state.OpenIncident, lines []runbooks.ScriptLine) error {
	inner := r.env(facilitator, io.Discard, io.Discard)
	store, err := inner.store()
	if err != nil {
		return err
	}
	s, err := session.CreateDrill(ctx, store, opening, r.scenario, time.Time{}, inner.sessionOf(facilitator))
	if err != nil {
		return err
	}
	r.id = s.Incident().ID
	defer s.Close()
	if _, err := s.Do(ctx, state.Action{Command: state.SetExercise{Do: state.ExerciseStart}}); err != nil {
		return err
	}
	for _, line := range lines {
		if err := r.until(ctx, s, line.At); err != nil {
			return fmt.Errorf("line %d: %w", line.Number, err)
		}
		if err := r.command(ctx, line); err != nil {
			return err
		}
	}
	return r.finish(ctx, s)
}

// until lets time pass up to an exercise time, and delivers what falls due.
func (r *rehearsal) until(ctx context.Context, s *session.Session, at time.Duration) error {
	for {
		inc, err := r.news(ctx)
		if err != nil {
			return err
		}
		next := inc.Exercise.NextInject(r.scenario.Scenario, r.clock.now)
		if next == nil || inc.Closed != nil || next.Due > at || !inc.Exercise.Now().Running {
			r.pass(inc, at)
			return nil
		}
		r.pass(inc, next.Due)
		if _, err := response.Deliver(ctx, s, next.Inject, false); err != nil {
			return err
		}
	}
}

// news is the drill as its log has it now.
func (r *rehearsal) news(ctx context.Context) (*state.Incident, error) {
	store, err := r.env(facilitator, io.Discard, io.Discard).store()
	if err != nil {
		return nil, err
	}
	return state.Read(ctx, store, r.id)
}

// pass sets the clock so that the exercise clock shows at. While that stands, as much
// time passes as between the lines of the script.
func (r *rehearsal) pass(inc *state.Incident, at time.Duration) {
	if wall, ok := inc.Exercise.WallTime(at, r.clock.now); ok {
		r.clock.now = wall
	} else if !inc.Exercise.Now().Running && at > r.last {
		r.clock.now = r.clock.now.Add(at - r.last)
	}
	r.last = max(r.last, at)
}

// command plays a line of the script, as the real main would.
func (r *rehearsal) command(ctx context.Context, line runbooks.ScriptLine) error {
	var out, said bytes.Buffer
	code := r.run(ctx, r.env(line.Person, &out, &said), append([]string{"--state", r.dir, "--as", line.Person, "--incident", r.id}, line.Args...))
	if ctx.Err() != nil {
		return ctx.Err()
	}
	typed := strings.Join(line.Args, " ")
	switch {
	case code != exitDone && !line.Refused:
		return fmt.Errorf("line %d of the script: %s: muster %s ended with exit code %d:\n%s%s", line.Number, line.Person, typed, code, said.String(), out.String())
	case code == exitUsage:
		return fmt.Errorf("line %d of the script: %s: muster %s is wrong use:\n%s", line.Number, line.Person, typed, said.String())
	case code == exitDone && line.Refused:
		return fmt.Errorf("line %d of the script: %s: muster %s should have been refused, and was not:\n%s", line.Number, line.Person, typed, out.String())
	}
	return nil
}

// finish closes the drill, unless the script has.
func (r *rehearsal) finish(ctx context.Context, s *session.Session) error {
	inc, err := r.news(ctx)
	if err != nil || inc.Closed != nil {
		return err
	}
	_, err = s.Do(ctx, state.Action{Command: state.CloseIncident{Summary: "The rehearsal's script ends here."}, Override: "rehearsal"})
	return err
}

// A rehearsalClock stands until it is set.
type rehearsalClock struct{ start, now time.Time }

// Now implements session.Clock.
func (c *rehearsalClock) Now() time.Time { return c.now }

// SinceBoot implements session.Clock: the machine was started an hour before.
func (c *rehearsalClock) SinceBoot() time.Duration { return c.now.Sub(c.start) + time.Hour }

// BootID implements session.Clock.
func (c *rehearsalClock) BootID() string { return "rehearsal" }

// Synced implements session.Clock.
func (c *rehearsalClock) Synced() string { return "unknown" }

// Zone implements session.Clock.
func (c *rehearsalClock) Zone() string { return c.now.Format("-07:00") }

// A repeatable gives the same numbers for the same seed. They keep no secret: a
// rehearsal has none.
type repeatable struct {
	seed  state.Hash
	block uint64
	rest  []byte
}

// Read implements io.Reader.
func (r *repeatable) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		sum := sha256.Sum256(binary.BigEndian.AppendUint64(r.seed[:], r.block))
		r.block, r.rest = r.block+1, sum[:]
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}
