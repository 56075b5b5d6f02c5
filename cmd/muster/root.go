package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"muster/tui"
)

// run is the whole program: it returns the exit code.
func run(ctx context.Context, e *env, args []string) int {
	e.ended = ctx.Done()
	defer e.sayHanging(ctx)()
	e.args = args
	root := newRoot(e)
	root.SetArgs(append([]string{}, args...)) // not nil: then it would take those of the process
	root.SetIn(e.in)
	root.SetOut(e.out)
	root.SetErr(e.err)
	if wantsHelp(args) {
		return reportError(e.err, helped(ctx, e, root, args))
	}
	err := root.ExecuteContext(ctx)
	e.roster.leave(e.visit != nil && (err != nil || ctx.Err() != nil))
	return reportError(e.err, e.sayWritten(err))
}

const long = `muster walks responders through an incident, step by step, in the terminal, and
writes every action into a log that cannot be lost or quietly changed.

Without a command it opens the home screen. Exit codes: 0 done, 1 refused or
something found, 2 wrong use.`

// newRoot makes the command tree.
func newRoot(e *env) *cobra.Command {
	showVersion := false
	root := &cobra.Command{
		Use:           "muster",
		Short:         "Incident runbooks and an incident log, in the terminal",
		Long:          long,
		Args:          noArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if showVersion {
				return nil
			}
			e.takesTime, e.past = takesTime(cmd), time.Time{}
			return errors.Join(visitorMay(e, cmd), e.readConfig(), e.haveRunbooks())
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			if showVersion {
				_, err := fmt.Fprintf(e.out, "muster %s\n", version())
				return err
			}
			return showHome(cmd.Context(), e)
		},
	}
	// Not cobra's own flag: its wording is a template's, and text/template makes the
	// program 2 MiB larger (see the import rules in deps_test.go).
	root.Flags().BoolVarP(&showVersion, "version", "v", false, "version for muster")
	rootFlags(e, root)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return noFlag(e, cmd, err) })
	addCommands(e, root, run)
	withTyped(e, root)
	return root
}

// rootFlags are those that every command has.
func rootFlags(e *env, root *cobra.Command) {
	pf := root.PersistentFlags()
	once(pf, &e.flags.state, "state", "", "the folder that holds incidents (MUSTER_STATE)")
	once(pf, &e.flags.runbooks, "runbooks", "", "a folder of runbooks that goes before all others")
	once(pf, &e.flags.config, "config", "", "the configuration file")
	once(pf, &e.flags.as, "as", "", "who acts (MUSTER_AS): your name")
	_ = root.RegisterFlagCompletionFunc("as", func(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		return beginning(peopleKnown(cmd, e), typed), cobra.ShellCompDirectiveNoFileComp
	})
	once(pf, &e.flags.incident, "incident", "i", "the incident: any unique part of its id (MUSTER_INCIDENT)")
	pf.BoolVar(&e.flags.json, "json", false, "print JSON")
	pf.BoolVar(&e.flags.anyDisk, "any-filesystem", e.flags.anyDisk, "record on a file system that is not known to hold lock and append too")
	pf.BoolVar(&e.flags.plain, "plain", e.flags.plain, "the screens line by line, for screen readers and serial lines (MUSTER_PLAIN=1)")
	pf.BoolVar(&e.flags.wide, "wide", e.flags.wide, "the terminal draws ambiguous characters (Greek, Cyrillic, é, …) in two cells (MUSTER_WIDE=1)")
}

// showHome opens the home screen.
func showHome(ctx context.Context, e *env) error {
	if err := checkScreens(e); err != nil {
		return err
	}
	if err := e.needTerminal("List incidents with muster list, runbooks with muster runbook list."); err != nil {
		return err
	}
	desk, opts, err := newDesk(e)
	if err != nil {
		return err
	}
	app, err := homeApp(ctx, e, desk, opts)
	if err != nil {
		return err
	}
	return showApp(ctx, e, app)
}

// homeApp begins at home, or, for a visitor whose line broke, where they were.
func homeApp(ctx context.Context, e *env, desk *desk, opts tui.Options) (*tui.App, error) {
	if e.visit != nil && e.roster != nil && e.roster.presence.Was.Incident != "" {
		return tui.NewOpening(ctx, desk, e.roster.presence.Was.Incident, false, opts)
	}
	return tui.NewHome(ctx, desk, opts)
}
