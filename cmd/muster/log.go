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
	var by string
	var chosen choosing
	var past pastFlags
	cmd := &cobra.Command{
		Use: "log [INCIDENT|FILE]", Short: "Print the entries of an incident, in order", Args: arguments(0, 1),
		Long: `Print the entries of an incident, in the order in which they were written, or, with
--by occurred, in which things happened. What was recorded 15 minutes after it happened
or later, and what was recorded after the closing, is marked. With --json, one object a
line. --person, --kind, --step, --since and --until print some of the entries.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			occurred, err := byOccurred(by)
			if err != nil {
				return err
			}
			if occurred && follow {
				return usagef("what is yet to be written has no place among what occurred: leave out --follow or --by occurred")
			}
			if past.given() && follow {
				return usagef("--at shows what was written by then, and nothing is written then any more: leave out --follow or --at")
			}
			return showLog(cmd.Context(), e, optional(args), &past, &chosen, occurred, follow)
		},
	}
	cmd.Flags().BoolVarP(&follow, "follow", "f", false, "go on with what is written from now on, by anybody")
	zoneFlag(e, cmd)
	byFlag(cmd, &by)
	chosen.flags(e, cmd)
	past.add(cmd)
	return cmd
}

func showLog(ctx context.Context, e *env, id string, past *pastFlags, chosen *choosing, occurred, follow bool) error {
	s, inc, err := e.openAt(ctx, id, past)
	if err != nil {
		return err
	}
	defer s.Close()
	choice, err := chosen.asked(e, inc, occurred)
	if err != nil {
		return err
	}
	if !e.flags.json {
		fmt.Fprint(e.out, pastLines(e, inc))
	}
	for {
		some := choice.Of(inc)
		if err := printEntries(e, inc, some); err != nil {
			return err
		}
		if len(some) == 0 && !follow {
			sayNoneMeant(e, inc)
		}
		choice.After = max(choice.After, inc.Head.Seq)
		if !follow {
			return nil
		}
		if inc, err = s.Wait(ctx, inc.Head.Seq); errors.Is(err, context.Canceled) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func printEntries(e *env, inc *state.Incident, order []uint64) error {
	for _, seq := range order {
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
					_, err := fmt.Fprintf(e.out, "%sentry %d of %s\n", state.Groups(inc.Head.Hash), v.Entries, clean.Line(string(v.ID)))
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
