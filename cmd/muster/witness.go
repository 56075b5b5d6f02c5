package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
	"muster/state/session"
)

func witnessCommand(e *env) *cobra.Command {
	var f actFlags
	var how, head string
	cmd := &cobra.Command{
		Use: "witness WHO", Short: "Read the head to somebody outside, and record who was told", Args: arguments(1, 1),
		Long: `Print the short code of the head, to be read aloud to somebody outside who writes it
down with the time, and record who was told it and how. Do it early and often: up to the
last head that a witness has, nothing can be cut off or changed unseen.

The entry is no proof: it says whom to ask. The proof is what the witness wrote down,
given to muster verify --head CODE.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return act(cmd.Context(), e, f, func(s *session.Session) (state.Command, error) {
				return witnessed(e, s.Incident(), args[0], how, head)
			})
		},
	}
	f.add(cmd)
	cmd.Flags().StringVar(&how, "how", "", "how: "+strings.Join(state.Ways(), ", ")+", or another way")
	cmd.Flags().StringVar(&head, "head", "", "the head that was told, if not the one now: the short CODE or the whole hash")
	return cmd
}

// witnessed shows what is to be read aloud, and makes the command that records it. What
// was shown is what is recorded, even if others have written meanwhile.
func witnessed(e *env, inc *state.Incident, who, how, head string) (state.Command, error) {
	told, err := toldHead(inc, head)
	if err != nil {
		return nil, err
	}
	if !e.flags.json {
		_, err = fmt.Fprintf(e.out, "%sRead this aloud, and let it be written down with the time:\n\n    %s\n\n%s  entry %d of %s\n",
			exercise(inc), spaced(told.Hash.Code()), told.Hash.Code(), told.Seq, clean.Line(inc.ID))
	}
	return state.RecordWitness{Witness: who, How: how, Head: told.Hash}, err
}

// spaced is a code with room between its characters.
func spaced(code string) string {
	groups := strings.Split(code, "-")
	for i := range groups {
		groups[i] = strings.Join(strings.Split(groups[i], ""), " ")
	}
	return strings.Join(groups, "    ")
}

// toldHead finds the head that a code or hash names; "" names the head now.
func toldHead(inc *state.Incident, given string) (state.Head, error) {
	if given == "" {
		return inc.Head, nil
	}
	wanted, err := normalHeads([]string{given})
	if err != nil {
		return state.Head{}, err
	}
	for i := len(inc.Log) - 1; i >= 0; i-- {
		e := &inc.Log[i]
		if e.Hash.String() == wanted[0] || e.Hash.Code() == wanted[0] {
			return state.Head{Seq: e.Seq, Hash: e.Hash}, nil
		}
	}
	return state.Head{}, hint(fmt.Errorf("%s is no head of this log", wanted[0]), "Look whether it was written down right; muster verify --head says the same if entries were cut off or changed.")
}
