package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"muster/runbooks"
	"muster/state/clean"
	"muster/state/view"
)

func drillListCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the scenarios", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return listScenarios(cmd.Context(), e) },
	}
}

func scenarioHead(source *runbooks.ScenarioSource) view.Scenario {
	one := view.Scenario{ID: source.ID, From: source.Layer, Hides: source.Shadows, SHA256: source.SHA256}
	if source.Err != nil {
		one.Problem = source.Err.Error()
		return one
	}
	s := source.Scenario
	one.Title, one.Summary, one.Runbook, one.Version = s.Title, s.Summary, s.Runbook, s.Version
	one.Objectives, one.Injects, one.Length = len(s.Objectives), len(s.Injects), runbooks.ExerciseTime(s.Length())
	return one
}

func listScenarios(ctx context.Context, e *env) error {
	sources, problems := scenarioLibrary(e).List(ctx)
	if text := problems.String(); text != "" {
		fmt.Fprintln(e.err, clean.Text(text))
	}
	all := make([]view.Scenario, 0, len(sources))
	rows := [][]string{{"SCENARIO", "RUNBOOK", "INJECTS", "LENGTH", "FROM", "TITLE"}}
	for _, source := range sources {
		one := scenarioHead(source)
		from, title := one.From, one.Title
		if len(one.Hides) > 0 {
			from += ", not " + strings.Join(one.Hides, ", ")
		}
		if one.Problem != "" {
			title = "[BROKEN: " + one.Problem + "]"
		}
		all = append(all, one)
		rows = append(rows, []string{one.ID, one.Runbook, fmt.Sprint(one.Injects), one.Length, from, title})
	}
	return e.print(all, func() error {
		_, err := io.WriteString(e.out, table(e, rows))
		return err
	})
}

func drillShowCommand(e *env) *cobra.Command {
	var whole bool
	cmd := &cobra.Command{
		Use: "show SCENARIO", Short: "Show a scenario: all of it, so not to players", Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			source, err := findScenario(cmd.Context(), e, args[0])
			if err != nil {
				return err
			}
			if whole {
				_, err := e.out.Write(source.Text)
				return err
			}
			return e.print(view.OfFile(source.Scenario), func() error {
				_, err := io.WriteString(e.out, scenarioText(source))
				return err
			})
		},
	}
	cmd.Flags().BoolVar(&whole, "toml", false, "print its TOML, to begin your own with")
	return cmd
}

func scenarioText(source *runbooks.ScenarioSource) string {
	s := source.Scenario
	var b strings.Builder
	line := func(format string, args ...any) { b.WriteString(clean.Line(fmt.Sprintf(format, args...)) + "\n") }
	line("%s  %s", s.Title, s.Version)
	line("%s", s.Summary)
	line("for the runbook %s; from %s %s, sha256 %s", s.Runbook, source.Layer, source.Path, source.SHA256)
	for _, o := range s.Objectives {
		line("objective %s: %s", o.ID, o.Title)
	}
	b.WriteString("\n")
	rows := [][]string{{"", "AT", "INJECT", "TO", "WHAT"}}
	for _, in := range s.Injects {
		at := "-"
		if in.Timed {
			at = runbooks.ExerciseTime(in.At)
		}
		if in.Contingency {
			at = "(" + at + ")"
		}
		what := in.Title
		if in.After != "" {
			what += " [after " + in.After + "]"
		}
		rows = append(rows, []string{fmt.Sprint(in.Number), at, in.ID, in.To, what})
	}
	b.WriteString(columns(rows))
	return b.String()
}

func drillLintCommand(e *env) *cobra.Command {
	var runbook string
	cmd := &cobra.Command{
		Use: "lint SCENARIO…", Short: "Check scenarios, by file or id, also against their runbooks: every problem at once", Args: arguments(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return lintWith(e, args, func(ref string) runbooks.Problems { return lintScenario(cmd.Context(), e, ref, runbook) })
		},
	}
	cmd.Flags().StringVar(&runbook, "runbook", "", "check against this runbook, and not the one that the scenario names")
	return cmd
}

// lintScenario is what is wrong with a scenario, of a file or of the library, and with
// what it says of its runbook.
func lintScenario(ctx context.Context, e *env, ref, runbook string) runbooks.Problems {
	source, err := findScenario(ctx, e, ref)
	if source == nil || source.Text == nil {
		return unread(ref, err)
	}
	path, data := source.File, source.Text
	scenario, problems := runbooks.ParseScenario(path, data)
	if scenario == nil {
		return problems
	}
	find := e.source
	if runbook == "" {
		runbook, find = scenario.Runbook, e.runbook
	}
	if runbook == "" {
		return append(problems, runbooks.Problem{File: path, Level: runbooks.Warning, What: "it names no runbook, so that nothing was checked against one", Hint: `add runbook = "…", or name one with --runbook`})
	}
	book, err := find(ctx, runbook)
	if err != nil {
		return append(problems, unread(path, err)...)
	}
	org, err := playedIn(ctx, e, scenario, "")
	if err != nil {
		return append(problems, unread(path, err)...)
	}
	return append(problems, runbooks.LintScenario(path, data, book.Runbook, org)...)
}

func drillNewCommand(e *env) *cobra.Command {
	var title, runbook string
	cmd := &cobra.Command{
		Use: "new FILE", Short: "Write a scenario to start from, with a comment for every part", Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			book, err := e.source(cmd.Context(), runbook)
			if err != nil {
				return err
			}
			path, id := scenarioPath(args[0])
			if title == "" {
				title = id
			}
			return writeScenario(e, path, runbooks.NewScenario(id, title, book.Runbook))
		},
	}
	cmd.Flags().StringVar(&title, "title", "", "the scenario's title")
	cmd.Flags().StringVar(&runbook, "runbook", "ransomware", "the runbook it is for")
	return cmd
}

// scenarioPath is the file that is meant, and the id it gives.
func scenarioPath(path string) (file, id string) {
	if !strings.HasSuffix(path, ".toml") {
		path += ".toml"
	}
	return path, strings.TrimSuffix(filepath.Base(path), ".toml")
}

func writeScenario(e *env, path string, text []byte) error {
	if err := writeFile(e, path, text, false); err != nil {
		return err
	}
	_, err := fmt.Fprintf(e.out, "%s\n", path)
	return err
}

type importFlags struct {
	out, title, runbook string
	columns             []string
	times, dates        string
}

func drillImportCommand(e *env) *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use: "import FILE.csv", Short: "Make a scenario of an MSEL spreadsheet, saved as CSV", Args: arguments(1, 1),
		Long: `Make a scenario of an MSEL spreadsheet, saved as CSV with commas, semicolons or tabs.
The usual headers are known (number, time, inject type, delivery method, from, to,
description, expected action, objective, controller, evaluator notes); others are
named with --map.

Times are read in one way in the whole column: as times of day, which count from the
earliest (09:30, 0930, 2:30 PM, D2 0930, 24/11/2026 09:30), as hours and minutes after
the start (+0:05, 1.5h), or as minutes (T+30, 90 min). If there is more than one way,
--times and --dates say which. Below a later time, a time of day more than twelve hours
earlier is of the next day. What each row was taken as is printed.`,
		Example: "  muster drill import msel.csv -o winter.toml --map \"Inject #=number\" --map \"Weather=-\"",
		RunE:    func(cmd *cobra.Command, args []string) error { return importScenario(cmd.Context(), e, args[0], &f) },
	}
	fs := cmd.Flags()
	fs.StringSliceVar(&f.columns, "map", nil, "what a header means: HEADER=COLUMN; the column - leaves it out")
	fs.StringVar(&f.times, "times", "", "what the times are: "+strings.Join(runbooks.TimesOfSheets(), ", "))
	fs.StringVar(&f.dates, "dates", "", "in which order day, month and year stand: "+strings.Join(runbooks.DatesOfSheets(), ", "))
	fs.StringVarP(&f.out, "out", "o", "", "the file to write; without it, standard output")
	fs.StringVar(&f.title, "title", "", "the scenario's title")
	fs.StringVar(&f.runbook, "runbook", "ransomware", "the runbook it is for")
	return cmd
}

// way is how the sheet is to be read.
func (f *importFlags) way() (runbooks.SheetWay, error) {
	how := runbooks.SheetWay{Mapping: make(map[string]string), Times: f.times, Dates: f.dates}
	for _, text := range f.columns {
		at := strings.LastIndexByte(text, '=')
		if at < 1 {
			return how, usagef("%q is not of the form HEADER=COLUMN", text)
		}
		how.Mapping[text[:at]] = strings.TrimSpace(text[at+1:])
	}
	return how, usage(how.Known())
}

func importScenario(ctx context.Context, e *env, path string, f *importFlags) error {
	how, err := f.way()
	if err != nil {
		return err
	}
	book, err := e.source(ctx, f.runbook)
	if err != nil {
		return err
	}
	data, err := readBounded(path)
	if err != nil {
		return err
	}
	id := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	if f.out != "" {
		_, id = scenarioPath(f.out)
	}
	title := f.title
	if title == "" {
		title = id
	}
	text, rows, problems, err := runbooks.ImportInjects(path, data, id, title, book.Runbook, how)
	for _, p := range problems {
		fmt.Fprintln(e.err, clean.Line(p.String()))
	}
	if err != nil {
		return err
	}
	// Beside the scenario, which may be what goes to the standard output.
	fmt.Fprint(e.err, takenAs(rows))
	if f.out == "" {
		_, err = e.out.Write(text)
		return err
	}
	file, _ := scenarioPath(f.out)
	return writeScenario(e, file, text)
}

// takenAs says what the time of each row was taken as.
func takenAs(rows []runbooks.SheetRow) string {
	table := [][]string{{"LINE", "AS WRITTEN", "TAKEN AS", "INJECT"}}
	for _, row := range rows {
		table = append(table, []string{fmt.Sprint(row.Line), row.Written, row.Taken, row.Inject})
	}
	return columns(table)
}
