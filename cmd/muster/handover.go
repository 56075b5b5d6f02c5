package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/export"
	"muster/state/response"
	"muster/state/session"
	"muster/state/view"
)

func roleHandCommand(e *env) *cobra.Command {
	var f actFlags
	var note string
	cmd := &cobra.Command{
		Use: "hand ROLE PERSON", Short: "Hand a role over; it changes hands when the other acknowledges", Args: arguments(2, 2), ValidArgsFunction: completePeople(e, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			err := act(cmd.Context(), e, f, func(s *session.Session) (state.Command, error) {
				id, err := state.Find(s.Incident(), state.NounRole, args[0])
				return state.HandRole{Role: id, To: args[1], Note: note}, err
			})
			if err == nil {
				offersSign(e)
			}
			return err
		},
	}
	f.add(cmd)
	cmd.Flags().StringVarP(&note, "note", "n", "", "what the other should know")
	return cmd
}

func roleAckCommand(e *env) *cobra.Command {
	var f actFlags
	cmd := &cobra.Command{
		Use: "ack ROLE", Short: "Take a role that is handed to you, and read where things stand", Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			at, err := readWhen(e, f.at)
			if err != nil {
				return err
			}
			s, err := e.open(cmd.Context(), "", false)
			if err != nil {
				return err
			}
			defer s.Close()
			id, err := state.Find(s.Incident(), state.NounRole, args[0])
			if err != nil {
				return err
			}
			var sitrep export.Sitrep
			draw := func(inc *state.Incident, since uint64) (string, error) {
				sitrep = export.NewSitrep(inc, sitrepOptions(e, inc, since))
				return sitrep.Fit(export.Sitrep.Markdown), nil
			}
			taken, err := response.TakeRole(cmd.Context(), s, id, state.Action{Occurred: at, Override: f.override}, draw)
			if err != nil {
				return notSaved(e, at, err)
			}
			if err := sayWelcome(e, taken, sitrep); err != nil {
				return err
			}
			offersSign(e)
			if taken.Unkept != nil {
				return fmt.Errorf("the role is yours, and the log does not keep this sitrep: %w", taken.Unkept)
			}
			return nil
		},
	}
	f.alone(cmd)
	return cmd
}

// sayWelcome prints the entry that made somebody a role's holder, and a sitrep.
func sayWelcome(e *env, taken response.Taken, sitrep export.Sitrep) error {
	inc := taken.Incident
	seq := inc.Head.Seq
	if taken.Unkept == nil {
		seq-- // the sitrep's own entry is the last
	}
	entry, err := view.EntryAt(inc, seq)
	if err != nil {
		return err
	}
	both := view.Welcome{Entry: entry, Sitrep: *sitrep.Sitrep}
	return e.print(both, func() error {
		_, err := fmt.Fprintf(e.out, "%s\n\n%s", strings.TrimLeft(e.line(inc, seq), " "), sitrep.Text())
		return err
	})
}
