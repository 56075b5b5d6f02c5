package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"muster/state/session"
)

// copyFeedCommand is the other end of muster copy --follow: it prints the lines of the log,
// as they lie, and goes on as they come.
func copyFeedCommand(e *env) *cobra.Command {
	var after uint64
	cmd := &cobra.Command{
		Use: "feed [INCIDENT]", Short: "Print the log's lines, and go on as they come", Args: arguments(0, 1), Hidden: true,
		Long: "Print the lines of the log as they lie, and go on as they come: what muster copy --follow listens to.",
		RunE: func(cmd *cobra.Command, args []string) error {
			return feed(cmd.Context(), e, optional(args), after)
		},
	}
	cmd.Flags().Uint64Var(&after, "after", 0, "begin behind this entry")
	return cmd
}

func feed(ctx context.Context, e *env, part string, after uint64) error {
	s, err := e.open(ctx, part, true)
	if err != nil {
		return err
	}
	defer s.Close()
	if head := s.Incident().Head.Seq; head < after {
		return fmt.Errorf("the log ends with entry %d", head)
	}
	for {
		if after, err = feedLines(ctx, e, s, after); err != nil {
			return err
		}
		if _, err := s.Wait(ctx, after); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
	}
}

// feedLines prints the lines behind an entry, and says which was the last.
func feedLines(ctx context.Context, e *env, s *session.Session, after uint64) (uint64, error) {
	lines, err := s.LinesAfter(ctx, after)
	if err != nil {
		return after, err
	}
	for line, err := range lines {
		if err != nil {
			return after, err
		}
		if _, err := e.out.Write(append(line[:len(line):len(line)], '\n')); err != nil {
			return after, err
		}
		after++
	}
	return after, nil
}
