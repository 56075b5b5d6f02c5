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

func timerCommand(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "timer", Short: "Be reminded of something at a time", Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return showTimers(cmd.Context(), e, new(pastFlags)) },
	}
	list := listAt("List the timers", func(ctx context.Context, past *pastFlags) error { return showTimers(ctx, e, past) })
	cmd.AddCommand(list, timerSetCommand(e), timerEndCommand(e))
	return cmd
}

func timerSetCommand(e *env) *cobra.Command {
	var f actFlags
	var step string
	cmd := &cobra.Command{
		Use: "set IN|AT TITLE…", Short: "Set a timer: in 10m, or at 07:30", Args: arguments(2, -1),
		Example: "  muster timer set 10m ask Geneva how far they are\n  muster timer set 07:30 call the CERT again",
		RunE: func(cmd *cobra.Command, args []string) error {
			due, err := readAhead(e, args[0])
			if err != nil {
				return err
			}
			return act(cmd.Context(), e, f, func(s *session.Session) (state.Command, error) {
				id, err := stepID(s.Incident(), step)
				return state.SetTimer{Title: strings.Join(args[1:], " "), Step: id, Due: due}, err
			})
		},
	}
	f.add(cmd)
	cmd.Flags().StringVar(&step, "step", "", "the step it belongs to")
	return cmd
}

func timerEndCommand(e *env) *cobra.Command {
	var f actFlags
	var why string
	cmd := &cobra.Command{
		Use: "end TIMER", Short: "End a timer, done or no longer wanted", Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return act(cmd.Context(), e, f, func(s *session.Session) (state.Command, error) {
				id, err := state.Find(s.Incident(), state.NounTimer, args[0])
				return state.EndTimer{Timer: id, Why: why}, err
			})
		},
	}
	f.add(cmd)
	cmd.Flags().StringVarP(&why, "why", "w", "", "what came of it")
	return cmd
}

func showTimers(ctx context.Context, e *env, past *pastFlags) error {
	return lookBack(ctx, e, past, func(inc *state.Incident) error {
		list := view.TimersOf(inc)
		rows := [][]string{{"TIMER", "DUE", "", "BY", "TITLE"}}
		for _, t := range inc.Timers {
			left := untilText(e, t.Due)
			switch {
			case t.Ended.IsZero() && inc.Closed != nil:
				left = "open at the close, " + e.clockOf(inc.Closed.When)
			case !t.Ended.IsZero():
				left = "over " + e.clockOf(t.Ended)
			case !t.Due.After(e.now()):
				left = "DUE, " + left
			}
			rows = append(rows, []string{t.ID, e.clockOf(t.Due), left, t.By, t.Title})
		}
		wrap := func(of view.AsOf, list []view.Timer) any { return view.TimersAsOf{AsOf: of, Timers: list} }
		return e.print(onlyBy(inc, list, wrap), func() error {
			if len(list) == 0 {
				_, err := fmt.Fprint(e.out, topLines(e, inc)+"No timers. Set one: muster timer set 10m TITLE\n")
				return err
			}
			_, err := fmt.Fprint(e.out, topLines(e, inc)+table(e, rows))
			return err
		})
	})
}
