package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
	"muster/state/session"
)

func branchCommand(e *env) *cobra.Command {
	var why string
	cmd := &cobra.Command{
		Use: "branch [INCIDENT]", Short: "Go on in a copy whose source cannot be reached", Args: arguments(0, 1),
		Long: `Go on in a copy of a log while the log itself cannot be reached. From then on the copy is a
log like any other, marked BRANCH wherever it is shown, and follows its source no more. Its
first own entry says from which head people went on. When the two can reach each other
again, muster merge takes what was recorded here over there.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return branchOff(cmd.Context(), e, optional(args), why)
		},
	}
	cmd.Flags().StringVarP(&why, "why", "w", "", "the reason")
	return cmd
}

func branchOff(ctx context.Context, e *env, part, why string) error {
	store, err := e.files()
	if err != nil {
		return err
	}
	id, err := e.findLog(ctx, store, part)
	if err != nil {
		return err
	}
	if _, is := store.Copy(id); !is {
		return notACopy(id)
	}
	s, err := session.Open(ctx, store, id, false, e.session())
	if err != nil {
		return fmt.Errorf("incident %s: %w", id, err)
	}
	defer s.Close()
	e.warn(s)
	if s.Person() == "" { // a copy takes nothing, so that nobody was asked
		person, err := e.askWho(state.PeopleOf(s.Incident()))
		if err != nil {
			return err
		}
		s.Be(person)
	}
	before := s.Incident().Head.Seq
	if _, err := s.Branch(ctx, state.Action{Command: state.BranchLog{Why: why}}); err != nil {
		return err
	}
	return e.printNew(s.Incident(), before)
}

// notACopy says that people need not go on in a log that follows none.
func notACopy(id string) error {
	return hint(fmt.Errorf("%s is no copy: whatever is recorded in it stands in its own log", clean.Line(id)), "Record there; muster copy makes a copy of another log.")
}
