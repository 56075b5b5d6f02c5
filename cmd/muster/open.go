package main

import (
	"github.com/spf13/cobra"

	"muster/tui"
)

func openCommand(e *env) *cobra.Command {
	var watch bool
	cmd := &cobra.Command{
		Use: "open [INCIDENT|FILE]", Short: "Show the run screen of an incident", Args: arguments(0, 1),
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
			if is, err := e.isFile(id); err != nil {
				return err
			} else if is {
				watch, opts.File = true, true
				if desk.store, err = e.reading(id); err != nil {
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
