package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/response"
)

type leftFlags struct {
	arrived, not bool
	why          string
}

func noticeLeftCommand(e *env) *cobra.Command {
	var f leftFlags
	cmd := &cobra.Command{
		Use: "left NOTICE", Short: "Say what came of a notice that may have left", Args: arguments(1, 1),
		Long: `Before a notice is handed to a channel, the log says so. If nothing says what came of
it, because muster was stopped or no good answer came, it may have left. Look there
whether it arrived, and say so: --arrived records it as sent, at the time it left; --not
records that it was not sent. Of several, the oldest is meant.`,
		RunE: func(cmd *cobra.Command, args []string) error { return settleLeft(cmd.Context(), e, args[0], f) },
	}
	fs := cmd.Flags()
	fs.BoolVar(&f.arrived, "arrived", false, "it is there")
	fs.BoolVar(&f.not, "not", false, "it is not there")
	fs.StringVar(&f.why, "why", "", "with --not: how you know")
	return cmd
}

func settleLeft(ctx context.Context, e *env, ref string, f leftFlags) error {
	switch {
	case f.arrived == f.not:
		return usage(hint(errors.New("say whether it arrived"), "Give --arrived, or --not."))
	case f.arrived && f.why != "":
		return usage(hint(errors.New("--why goes with --not"), "Leave it out, or add it as a note: muster note TEXT."))
	}
	if f.why == "" {
		f.why = "it did not arrive"
	}
	s, err := e.open(ctx, "", false)
	if err != nil {
		return err
	}
	defer s.Close()
	n, err := findNotice(s.Incident(), ref)
	if err != nil {
		return err
	}
	open := n.MayHaveLeft()
	if len(open) == 0 {
		return hint(fmt.Errorf("nothing is open: of every time that %s left, the log says what came of it", n.ID), "See muster notice show %s.", n.ID)
	}
	left := response.Settle(open[0], f.arrived, f.why, e.now())
	inc, err := left.Record(ctx, s)
	var refusal *state.Refusal
	switch {
	case errors.As(err, &refusal):
		return err
	case err != nil:
		return notSaved(e, left.Action.Occurred, err)
	}
	return e.printNew(inc, inc.Head.Seq-1)
}
