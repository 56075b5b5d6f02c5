package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/state/session"
)

func amendCommand(e *env) *cobra.Command {
	var text, at, why, override string
	cmd := &cobra.Command{
		Use: "amend SEQ", Short: "Correct the text or the time of an entry", Args: arguments(1, 1),
		Long: "Correct the text (--text) or the time (--at) of an entry. Both entries stay in the log.",
		RunE: func(cmd *cobra.Command, args []string) error {
			seq, err := firstNumber(args)
			if err != nil {
				return err
			}
			c := state.AmendEntry{Seq: seq, Why: why}
			if cmd.Flags().Changed("text") {
				c.Text = &text
			}
			if cmd.Flags().Changed("at") {
				occurred, err := readWhen(e, at)
				if err != nil {
					return err
				}
				if occurred.IsZero() { // "now"
					occurred = e.now()
				}
				c.Occurred = &occurred
			}
			return act(cmd.Context(), e, actFlags{override: override}, simple(func() state.Command { return c }))
		},
	}
	cmd.Flags().StringVar(&text, "text", "", "what it should say")
	cmd.Flags().StringVar(&at, "at", "", "when it really happened: a time such as 02:38, -10m or 2026-11-24T02:38:00Z")
	cmd.Flags().StringVar(&override, "override", "", "why it is recorded although it was refused")
	cmd.Flags().StringVarP(&why, "why", "w", "", "the reason")
	return cmd
}

func retractCommand(e *env) *cobra.Command {
	var f actFlags
	var why string
	cmd := &cobra.Command{
		Use: "retract SEQ", Short: "Take back an entry: it stays in the log and no longer counts", Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			seq, err := firstNumber(args)
			if err != nil {
				return err
			}
			return act(cmd.Context(), e, f, simple(func() state.Command { return state.RetractEntry{Seq: seq, Why: why} }))
		},
	}
	f.add(cmd)
	cmd.Flags().StringVarP(&why, "why", "w", "", "the reason")
	return cmd
}

func undoCommand(e *env) *cobra.Command {
	var f actFlags
	var why string
	cmd := &cobra.Command{
		Use: "undo", Short: "Retract your own last entry", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return act(cmd.Context(), e, f, func(s *session.Session) (state.Command, error) {
				_, command, err := response.Undo(s.Incident(), s.Person(), why)
				return command, err
			})
		},
	}
	f.add(cmd)
	cmd.Flags().StringVarP(&why, "why", "w", "", "the reason (undo)")
	return cmd
}

func closeCommand(e *env) *cobra.Command {
	var f actFlags
	cmd := &cobra.Command{
		Use: "close [SUMMARY]", Short: "Close an incident", Args: arguments(0, 1),
		Long: "Close an incident. What is still open is named; closing anyway takes --override WHY.",
		RunE: func(cmd *cobra.Command, args []string) error {
			return closeIncident(cmd.Context(), e, f, optional(args))
		},
	}
	f.add(cmd)
	return cmd
}

// closeIncident closes the incident, and says what can be done with it then.
func closeIncident(ctx context.Context, e *env, f actFlags, summary string) error {
	id, says := "", []string(nil)
	err := act(ctx, e, f, func(s *session.Session) (state.Command, error) {
		id, says = s.Incident().ID, state.ToClose(s.Incident(), e.now().Location())
		return state.CloseIncident{Summary: summary}, nil
	})
	for _, one := range says {
		fmt.Fprintf(e.err, "muster: %s\n", clean.Line(one))
	}
	if err == nil {
		defer offersSign(e)
	}
	if err == nil && !e.flags.json {
		fmt.Fprintf(e.err, "muster: %[1]s is closed. Next: muster verify %[1]s; muster witness NAME -i %[1]s; muster export %[1]s -o report.md\n", clean.Line(id))
	}
	return err
}

func reopenCommand(e *env) *cobra.Command {
	var f actFlags
	var why string
	cmd := &cobra.Command{
		Use: "reopen [INCIDENT]", Short: "Go on with a closed incident", Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				e.flags.incident = args[0]
			}
			return act(cmd.Context(), e, f, simple(func() state.Command { return state.ReopenIncident{Why: why} }))
		},
	}
	f.add(cmd)
	cmd.Flags().StringVarP(&why, "why", "w", "", "the reason")
	return cmd
}
