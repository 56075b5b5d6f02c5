package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/view"
)

func meCommand(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "me [NAME]", Short: "Say who acts at this terminal, or change it", Args: arguments(0, 1), ValidArgsFunction: completePeople(e, 0),
		Long: `Say who acts in the incident from this account and terminal, or change it. The change is
an entry, and holds for every command and screen here until the next one. --as NAME on
any command does the same. A name in another case is the same person.

Without a terminal nothing is remembered: there --as, MUSTER_AS or name in config.toml
say who acts. MUSTER_TERMINAL names a terminal that the system does not know of; none
stands for no terminal.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return showMe(cmd.Context(), e)
			}
			return beMe(cmd.Context(), e, args[0])
		},
	}
	return cmd
}

// showMe prints who acts here, and how that is known.
func showMe(ctx context.Context, e *env) error {
	s, err := e.open(ctx, "", true)
	if err != nil {
		return err
	}
	defer s.Close()
	config := e.sessionOf("")
	me := view.MeOf(s.Incident(), config.Seat, e.named(), e.config.Name)
	return e.print(me, func() error {
		_, err := fmt.Fprintln(e.out, clean.Line(me.String()))
		return err
	})
}

// beMe records that somebody else acts here from now on.
func beMe(ctx context.Context, e *env, name string) error {
	if e.visit != nil && !runbooks.SameName(e.visit.Person.Name, name) {
		return hint(fmt.Errorf("the key of this connection is %s's", clean.Line(e.visit.Person.Name)), "Everybody connects with a key of their own.")
	}
	seat := e.sessionOf("").Seat
	if !seat.Known() {
		return hint(errors.New("there is no terminal here for which it could be remembered"), "Say who acts with --as NAME on each command, or with MUSTER_AS.")
	}
	if env := e.getenv("MUSTER_AS"); env != "" && !runbooks.SameName(env, name) {
		return hint(fmt.Errorf("MUSTER_AS says that %s acts here", env), "Take it away first: unset MUSTER_AS.")
	}
	e.flags.as = name
	return act(ctx, e, actFlags{}, simple(func() state.Command { return state.ActAt(seat) }))
}
