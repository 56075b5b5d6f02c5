package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"muster/runbooks"
	"muster/state"
	"muster/state/response"
	"muster/state/session"
	"muster/state/view"
)

func drillClockCommand(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "clock", Short: "Start, pause, speed up and set the exercise clock", Args: noArgs,
		Long: `The exercise clock says when injects fall due. It is computed from the log, so that
it goes on after a restart. Without a command below it, it is shown.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return showExerciseClock(cmd.Context(), e) },
	}
	set := func(use, short string, do state.ExerciseDo) *cobra.Command {
		c := &cobra.Command{Use: use, Short: short, Args: arguments(0, 0)}
		var speed int
		if do == state.ExerciseStart {
			c.Flags().IntVar(&speed, "speed", 0, "how fast it runs: 1 to 60")
		}
		c.RunE = func(cmd *cobra.Command, _ []string) error {
			return actDrill(cmd.Context(), e, func(*session.Session, *runbooks.Scenario) (state.Command, error) {
				return state.SetExercise{Do: do, Speed: speed}, nil
			})
		}
		return c
	}
	cmd.AddCommand(set("start", "Let it run from +0:00", state.ExerciseStart), set("pause", "Let it stand", state.ExercisePause),
		set("resume", "Let it run on", state.ExerciseResume), drillSpeedCommand(e), drillJumpCommand(e))
	return cmd
}

func drillSpeedCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "speed N", Short: "Let it run N times as fast as time does: 1 to 60", Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			speed, err := strconv.Atoi(strings.TrimLeft(args[0], "x×"))
			if err != nil {
				return usagef("%q is not a number from 1 to 60", args[0])
			}
			return actDrill(cmd.Context(), e, func(*session.Session, *runbooks.Scenario) (state.Command, error) {
				return state.SetExercise{Do: state.ExerciseSpeed, Speed: speed}, nil
			})
		},
	}
}

func drillJumpCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "jump +H:MM", Short: "Set it to an exercise time: hours and minutes after the start", Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			to, err := runbooks.ParseExerciseTime(args[0])
			if err != nil {
				return usage(err)
			}
			return actDrill(cmd.Context(), e, func(*session.Session, *runbooks.Scenario) (state.Command, error) {
				return state.SetExercise{Do: state.ExerciseJump, To: to}, nil
			})
		},
	}
}

func showExerciseClock(ctx context.Context, e *env) error {
	s, _, err := facilitate(ctx, e, "", true)
	if err != nil {
		return err
	}
	defer s.Close()
	x := &s.Incident().Exercise
	now := s.Incident().Until(e.now())
	return e.print(view.ExerciseClockOf(x, now), func() error {
		_, err := fmt.Fprintln(e.out, sayExerciseClock(x, now))
		return err
	})
}

var errNoScenario = hint(errors.New("this drill has no scenario"), "Add injects on the spot with muster drill add, or start a drill with --scenario.")

// findInject is the inject of the scenario that is meant: by id, by its number in the
// scenario, or by a part of its id or title that only one has.
func findInject(scenario *runbooks.Scenario, ref string) (*runbooks.Inject, error) {
	if scenario == nil {
		return nil, errNoScenario
	}
	return response.FindInject(scenario, ref)
}

func drillNextCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "next", Short: "Deliver the inject that comes next, now", Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return deliver(cmd.Context(), e, false, func(inc *state.Incident, scenario *runbooks.Scenario) (*runbooks.Inject, error) {
				if scenario == nil {
					return nil, errNoScenario
				}
				next := inc.Exercise.NextInject(scenario, e.now())
				if next == nil {
					return nil, hint(errors.New("no inject comes of itself any more"), "See muster drill status for those that are held, or only for need.")
				}
				return next.Inject, nil
			})
		},
	}
}

func drillDeliverCommand(e *env) *cobra.Command {
	var again bool
	cmd := &cobra.Command{
		Use: "deliver INJECT", Short: "Deliver an inject now, in any order, whatever the clock says", Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return deliver(cmd.Context(), e, again, func(_ *state.Incident, scenario *runbooks.Scenario) (*runbooks.Inject, error) {
				return findInject(scenario, args[0])
			})
		},
	}
	cmd.Flags().BoolVar(&again, "again", false, "repeat one that was delivered")
	return cmd
}

func deliver(ctx context.Context, e *env, again bool, which func(*state.Incident, *runbooks.Scenario) (*runbooks.Inject, error)) error {
	s, scenario, err := facilitate(ctx, e, "", false)
	if err != nil {
		return notSaved(e, time.Time{}, err)
	}
	defer s.Close()
	in, err := which(s.Incident(), scenario)
	if err != nil {
		return err
	}
	inc, err := response.Deliver(ctx, s, in, again)
	return recorded(e, inc, err)
}

func drillHoldCommand(e *env) *cobra.Command {
	var why string
	var release bool
	cmd := &cobra.Command{
		Use: "hold INJECT", Short: "Hold an inject back, so that it does not fall due", Args: arguments(1, 1),
		Long: `Hold an inject back, so that it does not fall due, or let it go with --release. The
log does not say which it is; the players can read why.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return actDrill(cmd.Context(), e, func(s *session.Session, scenario *runbooks.Scenario) (state.Command, error) {
				in, err := findInject(scenario, args[0])
				if err != nil {
					return nil, err
				}
				return state.HoldInject{Ref: s.Incident().Exercise.Ref(in.ID), Why: why, Release: release}, nil
			})
		},
	}
	cmd.Flags().StringVar(&why, "why", "", "why it is held")
	cmd.Flags().BoolVar(&release, "release", false, "hold it no more")
	return cmd
}

func drillSkipCommand(e *env) *cobra.Command {
	var why string
	cmd := &cobra.Command{
		Use: "skip INJECT", Short: "Do not deliver an inject at all", Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return actDrill(cmd.Context(), e, func(s *session.Session, scenario *runbooks.Scenario) (state.Command, error) {
				in, err := findInject(scenario, args[0])
				if err != nil {
					return nil, err
				}
				return state.SkipInject{Ref: s.Incident().Exercise.Ref(in.ID), Why: why}, nil
			})
		},
	}
	cmd.Flags().StringVar(&why, "why", "", "why it is skipped")
	return cmd
}

func drillAddCommand(e *env) *cobra.Command {
	var from, to, via string
	var world []string
	cmd := &cobra.Command{
		Use: "add TEXT…", Short: "Deliver an inject that no scenario has", Args: arguments(1, -1),
		Example: "  muster drill add --to communications --via phone --from \"A journalist\" \"Is it true?\"\n  muster drill add --to all --world \"website=down: HTTP 502\" \"The website is gone again.\"",
		RunE: func(cmd *cobra.Command, args []string) error {
			seen, err := pairs(world)
			if err != nil {
				return err
			}
			return actDrill(cmd.Context(), e, func(s *session.Session, _ *runbooks.Scenario) (state.Command, error) {
				shows, err := findKeys(state.NounService, seen, func(ref string) (string, error) { return state.Find(s.Incident(), state.NounService, ref) })
				return state.AddInject{From: from, To: to, Via: via, Text: strings.Join(args, " "), World: shows}, err
			})
		},
	}
	fs := cmd.Flags()
	fs.StringVar(&from, "from", "Exercise control", "who speaks")
	fs.StringVar(&to, "to", runbooks.Everybody, "to which role, or all")
	fs.StringVar(&via, "via", "message", "the way it comes: phone, mail …")
	fs.StringArrayVar(&world, "world", nil, "what checks show from now on: SERVICE=up or SERVICE=\"down: what is seen\"")
	return cmd
}

func drillRunCommand(e *env) *cobra.Command {
	var once bool
	cmd := &cobra.Command{
		Use: "run", Short: "Deliver each inject as it falls due, until the drill is closed", Args: arguments(0, 0),
		Long: `Deliver each inject of the scenario as it falls due by the exercise clock, until the
drill is closed or this is interrupted. It can be started again at any time: what
was delivered stands in the log.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return runDrill(cmd.Context(), e, once) },
	}
	cmd.Flags().BoolVar(&once, "once", false, "deliver what is due now, and end")
	return cmd
}

func runDrill(ctx context.Context, e *env, once bool) error {
	s, scenario, err := facilitate(ctx, e, "", false)
	if err != nil {
		return err
	}
	defer s.Close()
	if scenario == nil {
		return errNoScenario
	}
	var queue response.InjectQueue
	for {
		err := queue.Deliver(ctx, s, scenario, e.now(), func(inc *state.Incident) error { return recorded(e, inc, nil) })
		inc := s.Incident()
		if err != nil || once || inc.Closed != nil {
			return notSaved(e, time.Time{}, err)
		}
		wait, cancel := context.WithTimeout(ctx, response.UntilNext(inc, scenario, e.now()))
		_, err = s.Wait(wait, inc.Head.Seq)
		cancel()
		if ctx.Err() != nil { // interrupted, as it is meant to be
			return nil
		}
		if err != nil && !errors.Is(err, context.DeadlineExceeded) {
			return err
		}
	}
}
