package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/session"
	"muster/state/view"
)

func roleCommand(e *env) *cobra.Command {
	var f actFlags
	var none bool
	cmd := &cobra.Command{
		Use: "role [ROLE [PERSON]]", Short: "Show the roles, take one, or give it to somebody", Args: arguments(0, 2), ValidArgsFunction: completePeople(e, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				if err := notActed(f, "muster role list"); err != nil {
					return err
				}
				return showRoles(cmd.Context(), e, new(pastFlags))
			}
			person := optional(args[1:])
			return act(cmd.Context(), e, f, func(s *session.Session) (state.Command, error) {
				if person == "" && !none {
					person = s.Person()
				}
				id, err := state.Find(s.Incident(), state.NounRole, args[0])
				return state.AssignRole{Role: id, Person: person}, err
			})
		},
	}
	f.add(cmd)
	cmd.Flags().BoolVar(&none, "nobody", false, "lay the role down")
	list := listAt("List the roles and who holds them", func(ctx context.Context, past *pastFlags) error { return showRoles(ctx, e, past) })
	cmd.AddCommand(list, roleHandCommand(e), roleAckCommand(e))
	return cmd
}

func showRoles(ctx context.Context, e *env, past *pastFlags) error {
	s, inc, err := e.openAt(ctx, "", past)
	if err != nil {
		return err
	}
	defer s.Close()
	wrap := func(of view.AsOf, list []view.Role) any { return view.RolesAsOf{AsOf: of, Roles: list} }
	return e.print(onlyBy(inc, view.RolesOf(inc), wrap), func() error {
		rows := [][]string{{"ROLE", "PERSON", "SINCE", "TITLE"}}
		for _, r := range inc.Roles {
			since := ""
			if !r.Since.IsZero() {
				since = e.clockOf(r.Since)
			}
			person := r.Person
			if person == "" {
				person = "nobody"
			}
			if r.Pending != "" {
				person += ", handed to " + r.Pending
			}
			rows = append(rows, []string{r.Def.ID, person, since, r.Def.Title})
		}
		_, err := fmt.Fprint(e.out, topLines(e, inc)+withheldLines(inc)+table(e, rows))
		return err
	})
}
