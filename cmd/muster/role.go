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
				return showRoles(cmd.Context(), e)
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
	cmd.AddCommand(roleHandCommand(e), roleAckCommand(e))
	return cmd
}

func showRoles(ctx context.Context, e *env) error {
	s, err := e.open(ctx, "", true)
	if err != nil {
		return err
	}
	defer s.Close()
	inc := s.Incident()
	return e.print(view.RolesOf(inc), func() error {
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
		_, err := fmt.Fprint(e.out, exercise(inc)+withheldLines(inc)+columns(rows))
		return err
	})
}
