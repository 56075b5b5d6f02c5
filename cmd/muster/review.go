package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
	"muster/state/session"
	"muster/state/view"
	"muster/state/when"
)

func reviewCommand(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "review", Short: "Look back: what went well, what did not, why it happened, what is to be done", Args: arguments(0, 0),
		Long: `Show what was found when people looked back at an incident, or a drill, and what is to be
done. It can be added to while the incident is open and after it was closed; where no
incident is named and none is open, the one that was closed last is meant.

muster export --report post-mortem writes it out with the facts, for a wiki.`,
		Example: "  muster review good \"The VPN was closed within two minutes\"\n  muster review cause \"A forgotten account\" --factor \"No alarm\" --factor \"No second factor\"\n" +
			"  muster review action \"Second factor for all\" --owner Ada --due 2026-12-24\n  muster review done 1",
		RunE: func(cmd *cobra.Command, _ []string) error { return showReview(cmd.Context(), e) },
	}
	cmd.AddCommand(
		reviewAddCommand(e, "good TEXT…", "Write down what went well", func(text string) state.Command {
			return state.AddObservation{Text: text, Mark: state.Strength}
		}),
		reviewAddCommand(e, "bad TEXT…", "Write down what did not go well", func(text string) state.Command {
			return state.AddObservation{Text: text, Mark: state.Improve}
		}),
		reviewCauseCommand(e), reviewActionCommand(e), reviewDoneCommand(e))
	return cmd
}

// reviewed names the incident that is meant, and records what command makes of it.
func reviewed(ctx context.Context, e *env, command func(*session.Session) (state.Command, error)) error {
	id, err := closedLast(ctx, e, "", func(*state.Incident) bool { return true })
	if err != nil {
		return err
	}
	e.flags.incident = cmp.Or(e.flags.incident, id)
	return act(ctx, e, actFlags{}, command)
}

func reviewAddCommand(e *env, use, short string, command func(text string) state.Command) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short, Args: arguments(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return reviewed(cmd.Context(), e, simple(func() state.Command { return command(strings.Join(args, " ")) }))
		},
	}
}

func reviewCauseCommand(e *env) *cobra.Command {
	var c state.StateCause
	cmd := &cobra.Command{
		Use: "cause TEXT…", Short: "Say why it happened; the last word counts", Args: arguments(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c.Text = strings.Join(args, " ")
			return reviewed(cmd.Context(), e, simple(func() state.Command { return c }))
		},
	}
	cmd.Flags().StringArrayVar(&c.Factors, "factor", nil, "what contributed; several times for several")
	return cmd
}

func reviewActionCommand(e *env) *cobra.Command {
	var c state.PlanAction
	var due string
	cmd := &cobra.Command{
		Use: "action TEXT…", Short: "Say what is to be done, by whom and by when", Args: arguments(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c.What = strings.Join(args, " ")
			if due != "" {
				at, err := when.Ahead(due, e.now())
				if err != nil {
					return usage(err)
				}
				c.Due = at.Time.In(e.now().Location()).Format(time.DateOnly)
			}
			return reviewed(cmd.Context(), e, simple(func() state.Command { return c }))
		},
	}
	cmd.Flags().StringVar(&c.Owner, "owner", "", "who sees to it")
	cmd.Flags().StringVar(&due, "due", "", "by when: a date such as 2026-12-24, or 14d")
	_ = cmd.RegisterFlagCompletionFunc("owner", func(cmd *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return beginning(peopleKnown(cmd, e), typed), cobra.ShellCompDirectiveNoFileComp
	})
	return cmd
}

func reviewDoneCommand(e *env) *cobra.Command {
	var note string
	cmd := &cobra.Command{
		Use: "done N", Short: "Record that an action is done, by its number in the list", Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			n, err := firstNumber(args)
			if err != nil {
				return err
			}
			return reviewed(cmd.Context(), e, func(s *session.Session) (state.Command, error) {
				actions := s.Incident().Review.Actions
				if n > uint64(len(actions)) {
					return nil, usage(hint(fmt.Errorf("there is no action %d: there are %d", n, len(actions)), "muster review lists them."))
				}
				return state.FinishAction{Action: actions[n-1].Seq, Note: note}, nil
			})
		},
	}
	cmd.Flags().StringVar(&note, "note", "", "what came of it")
	return cmd
}

func showReview(ctx context.Context, e *env) error {
	id, err := closedLast(ctx, e, "", func(*state.Incident) bool { return true })
	if err != nil {
		return err
	}
	return lookAt(ctx, e, id, func(inc *state.Incident) error {
		v := view.ReviewedOf(inc)
		return e.print(v, func() error {
			_, err := fmt.Fprint(e.out, exercise(inc)+withheldLines(inc)+reviewText(e, inc, &v.Review)+exercise(inc))
			return err
		})
	})
}

// reviewText is a review for people. What nobody has said stands as that.
func reviewText(e *env, inc *state.Incident, r *view.Review) string {
	var b strings.Builder
	line := lineTo(&b)
	not := func(command string) {
		if r.Hidden {
			line("  not known: entries of a review are withheld")
		} else {
			line("  not yet written: muster review %s", command)
		}
	}
	line("review of %s  %s", inc.ID, inc.Title)
	for _, part := range []struct {
		title, command string
		notes          []view.AARNote
	}{{"WENT WELL", "good TEXT", r.Good}, {"DID NOT GO WELL", "bad TEXT", r.Bad}} {
		line("")
		line("%s", part.title)
		for _, n := range part.notes {
			line("  %s (%s, entry %d)", n.Text, n.By, n.Seq)
		}
		if len(part.notes) == 0 {
			not(part.command)
		}
	}
	line("")
	line("ROOT CAUSE")
	if c := r.Cause; c != nil {
		line("  %s (%s, entry %d)", c.Text, c.By, c.Seq)
		for _, factor := range c.Factors {
			line("  contributed: %s", factor)
		}
	} else {
		not("cause TEXT")
	}
	line("")
	line("ACTIONS")
	if len(r.Actions) == 0 {
		not("action TEXT --owner NAME --due DATE")
	}
	b.WriteString(actionTable(e, r.Actions))
	return b.String()
}

func actionTable(e *env, actions []view.ReviewAction) string {
	if len(actions) == 0 {
		return ""
	}
	rows := [][]string{{"  N", "STATE", "DUE", "OWNER", "WHAT"}}
	for i := range actions {
		a := &actions[i]
		state := a.State(e.now())
		if a.Done != nil {
			state += " " + a.Done.In(e.now().Location()).Format(time.DateOnly) + " by " + a.DoneBy
		}
		rows = append(rows, []string{fmt.Sprintf("  %d", a.Number), state, cmp.Or(a.Due, "no date yet"), cmp.Or(a.Owner, "nobody yet"), clean.Line(a.What)})
	}
	return columns(rows)
}
