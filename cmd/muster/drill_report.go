package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"muster/state"
)

type reportFlags struct {
	format, out  string
	force, draft bool
}

func drillReportCommand(e *env) *cobra.Command {
	var f reportFlags
	cmd := &cobra.Command{
		Use: "report [INCIDENT|FILE]", Short: "Write the after-action report of a drill", Args: arguments(0, 1),
		Long: `Write the after-action report of a drill: objectives and ratings, injects against
answers, strengths, areas to improve, an improvement plan to fill in, a comparison
with earlier drills and live incidents of the same runbook, and the timeline.

While the drill is open the report would say what is still to come; --draft writes it
all the same, for the facilitator's eyes only.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return drillReport(cmd.Context(), e, optional(args), &f)
		},
	}
	fs := cmd.Flags()
	fs.StringVar(&f.format, "format", "md", "FORMAT: md or json")
	fs.StringVarP(&f.out, "output", "o", "-", "the file to write; - for standard output")
	fs.BoolVar(&f.force, "force", false, "replace the file if it is there")
	fs.BoolVar(&f.draft, "draft", false, "although the drill is open")
	return cmd
}

func drillReport(ctx context.Context, e *env, id string, f *reportFlags) error {
	format := f.format
	if e.flags.json {
		format = "json"
	}
	format, err := state.FindWord(state.NounFormat, format, []string{"md", "json"})
	if err != nil {
		return usage(err)
	}
	id, err = afterwards(ctx, e, id)
	if err != nil {
		return err
	}
	s, err := e.open(ctx, id, true)
	if err != nil {
		return err
	}
	defer s.Close()
	inc := s.Incident()
	switch {
	case inc.Mode != state.Drill:
		return hint(fmt.Errorf("%s is a live incident", inc.ID), "Its report is written by muster export.")
	case inc.Closed == nil && !f.draft:
		return hint(errors.New("the drill is open, and its report says what is still to come"), "Close it first with muster close, or, for the facilitator's eyes only, add --draft.")
	}
	text, err := afterAction(ctx, e, s, format)
	if err != nil {
		return err
	}
	if f.out == "-" {
		_, err = e.out.Write(text)
		return err
	}
	return writeFile(e, f.out, text, f.force)
}
