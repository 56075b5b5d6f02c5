package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/session"
	"muster/state/view"
)

func settleCommand(e *env) *cobra.Command {
	var f actFlags
	var holds uint64
	var why string
	cmd := &cobra.Command{
		Use: "settle [WHAT:OF]", Short: "Say which of two answers holds, after a merge", Args: arguments(0, 1),
		Long: `Say which of two answers holds, where logs that were merged say different things of one.
Without an argument it lists what has two answers. Both entries stay in the log; the one
that holds counts. Of a notice that was sent twice both happened: there --holds is left out.`,
		Example: "  muster settle\n  muster settle service:gisis --holds 34 --why \"checked from outside\"",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return listTwoAnswers(cmd.Context(), e)
			}
			return act(cmd.Context(), e, f, func(s *session.Session) (state.Command, error) {
				two, err := findTwoAnswers(s.Incident(), args[0])
				return state.SettleContradiction{What: two.What, Of: two.Of, Holds: holds, Why: why}, err
			})
		},
	}
	f.add(cmd)
	cmd.Flags().Uint64Var(&holds, "holds", 0, "the number of the entry that holds")
	cmd.Flags().StringVarP(&why, "why", "w", "", "the reason")
	cmd.ValidArgsFunction = func(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		var ids []string
		_ = lookAt(cmd.Context(), e, "", func(inc *state.Incident) error {
			for _, two := range state.Contradicting(inc) {
				ids = append(ids, two.ID())
			}
			return nil
		})
		return beginning(ids, typed), cobra.ShellCompDirectiveNoFileComp
	}
	return cmd
}

func listTwoAnswers(ctx context.Context, e *env) error {
	return lookAt(ctx, e, "", func(inc *state.Incident) error {
		return e.print(view.TwoAnswersOf(inc, true), func() error {
			text := twoAnswerLines(e, inc)
			if text == "" {
				text = "Nothing has two answers.\n"
			}
			_, err := fmt.Fprint(e.out, exercise(inc)+text)
			return err
		})
	})
}

// findTwoAnswers is what has two answers, by its id: the whole of it, or what stands
// behind the colon.
func findTwoAnswers(inc *state.Incident, ref string) (state.TwoAnswers, error) {
	var found []state.TwoAnswers
	var all []string
	for _, two := range state.Contradicting(inc) {
		all = append(all, two.ID())
		if strings.EqualFold(two.ID(), ref) || strings.EqualFold(two.Of, ref) {
			found = append(found, two)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(all) == 0:
		return state.TwoAnswers{}, fmt.Errorf("nothing has two answers in this incident")
	case len(found) > 1:
		return state.TwoAnswers{}, usage(hint(fmt.Errorf("%q is several things", ref), "Give one of: %s.", strings.Join(all, ", ")))
	}
	return state.TwoAnswers{}, hint(fmt.Errorf("%q has no two answers", ref), "These have: %s.", strings.Join(all, ", "))
}
