package main

import (
	"github.com/spf13/cobra"

	"muster/state"
)

func markCommand(e *env) *cobra.Command {
	var f actFlags
	var off bool
	var why string
	cmd := &cobra.Command{
		Use: "mark SEQ", Short: "Mark an entry as a key event, for the report's first pages", Args: arguments(1, 1),
		Long: "Mark an entry as a key event: the report tells of it on its first pages. A note that begins with " + state.KeyMark + "\nis one by itself. With --off the mark is taken away.",
		RunE: func(cmd *cobra.Command, args []string) error {
			seq, err := firstNumber(args)
			if err != nil {
				return err
			}
			return act(cmd.Context(), e, f, simple(func() state.Command { return state.MarkEntry{Seq: seq, Off: off, Why: why} }))
		},
	}
	f.add(cmd)
	cmd.Flags().BoolVar(&off, "off", false, "take the mark away")
	cmd.Flags().StringVarP(&why, "why", "w", "", "the reason")
	return cmd
}
