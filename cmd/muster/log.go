package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
	"muster/state/view"
)

func logCommand(e *env) *cobra.Command {
	var follow bool
	cmd := &cobra.Command{
		Use: "log [INCIDENT|FILE]", Short: "Print the entries of an incident, in order", Args: arguments(0, 1),
		Long: "Print the entries of an incident, in the order in which they were written. With --json, one object a line.",
		RunE: func(cmd *cobra.Command, args []string) error {
			return showLog(cmd.Context(), e, optional(args), follow)
		},
	}
	cmd.Flags().BoolVarP(&follow, "follow", "f", false, "go on with what is written from now on, by anybody")
	return cmd
}

func showLog(ctx context.Context, e *env, id string, follow bool) error {
	s, err := e.open(ctx, id, true)
	if err != nil {
		return err
	}
	defer s.Close()
	inc, seen := s.Incident(), uint64(0)
	for {
		if err := printLog(e, inc, seen); err != nil {
			return err
		}
		seen = inc.Head.Seq
		if !follow {
			return nil
		}
		if inc, err = s.Wait(ctx, seen); errors.Is(err, context.Canceled) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// printLog prints the entries after one.
func printLog(e *env, inc *state.Incident, after uint64) error {
	for seq := after + 1; seq <= inc.Head.Seq; seq++ {
		if err := e.printEntry(inc, seq, func() error {
			_, err := fmt.Fprintln(e.out, e.line(inc, seq))
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

func headCommand(e *env) *cobra.Command {
	var long bool
	cmd := &cobra.Command{
		Use: "head [INCIDENT|FILE]", Short: "Print the short code that vouches for the log so far", Args: arguments(0, 1),
		Long: `Print the head of the log: the hash of its last entry, which vouches for every entry
before it. Read the short code to somebody outside, who writes it down with the time.
Later, muster verify --head CODE shows that nothing up to there was changed or cut off.

The code is 80 of the hash's 256 bits. That nobody changes a log afterwards so that it fits
a code already told, it promises: that takes some 2^80 tries. Whoever prepares two logs
beforehand needs only some 2^40 until their codes agree, which a rented machine can do. Where
the log's writer is not trusted, tell the whole hash: --long prints it in groups.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := e.open(cmd.Context(), optional(args), true)
			if err != nil {
				return err
			}
			defer s.Close()
			inc := s.Incident()
			v := view.HeadOf(inc)
			return e.print(v, func() error {
				if long {
					_, err := fmt.Fprintf(e.out, "%sentry %d of %s\n", inc.Head.Hash.Groups(), v.Entries, clean.Line(string(v.ID)))
					return err
				}
				_, err := fmt.Fprintf(e.out, "%s  entry %d of %s\n%s\n", v.Log.Code, v.Entries, clean.Line(string(v.ID)), v.Log.Hash)
				return err
			})
		},
	}
	cmd.Flags().BoolVar(&long, "long", false, "the whole hash, in groups to read aloud, instead of the short code")
	return cmd
}
