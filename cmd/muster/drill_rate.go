package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"muster/runbooks"
	"muster/state"
	"muster/state/response"
	"muster/state/session"
	"muster/state/view"
)

func drillAckCommand(e *env) *cobra.Command {
	var f actFlags
	var entry uint64
	cmd := &cobra.Command{
		Use: "ack INJECT [NOTE…]", Short: "Say that an inject has come, and what is done about it, or which entry answered it", Args: arguments(1, -1),
		Long: `Say that an inject has come, and what is done about it.

With --entry SEQ it is not that: it says that the entry of this number, which was
recorded already, is what was done in answer to the inject. Whoever evaluates the drill
can do that too, and after its end. The report counts no other entry as an answer.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("entry") && entry == 0 {
				return usagef("--entry takes an entry's number, and there is no entry 0")
			}
			ack := state.AcknowledgeInject{Inject: args[0], Note: strings.Join(args[1:], " "), Entry: entry}
			if entry != 0 { // the drill may have ended
				id, err := afterwards(cmd.Context(), e, "")
				if err != nil {
					return err
				}
				e.flags.incident = cmp.Or(e.flags.incident, id)
			}
			return act(cmd.Context(), e, f, func(*session.Session) (state.Command, error) { return ack, nil })
		},
	}
	cmd.Flags().Uint64Var(&entry, "entry", 0, "the entry that is the answer, by its number in the log")
	f.add(cmd)
	return cmd
}

func drillRateCommand(e *env) *cobra.Command {
	var f actFlags
	var note string
	cmd := &cobra.Command{
		Use: "rate OBJECTIVE P|S|M|U", Short: "Say how well an objective was met, also after the end", Args: arguments(2, 2),
		Long: `Say how well an objective was met:
  P  performed without challenges
  S  performed with some challenges
  M  performed with major challenges
  U  unable to be performed
Of each person the last rating of an objective counts; those of several stand side by
side.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return actAfterwards(cmd.Context(), e, f, func(_ *session.Session, scenario *runbooks.Scenario) (state.Command, error) {
				objective, err := findObjective(scenario, args[0])
				if err != nil {
					return nil, err
				}
				return state.RateObjective{Objective: objective.ID, Title: objective.Title, Rating: state.Rating(strings.ToUpper(args[1])), Note: note}, nil
			})
		},
	}
	f.add(cmd)
	cmd.Flags().StringVar(&note, "note", "", "why")
	return cmd
}

// actAfterwards is actDrill for what is said when a drill has ended.
func actAfterwards(ctx context.Context, e *env, f actFlags, command func(*session.Session, *runbooks.Scenario) (state.Command, error)) error {
	id, err := afterwards(ctx, e, "")
	if err != nil {
		return err
	}
	return actIn(ctx, e, f, id, command)
}

// findObjective is the objective of the scenario that is meant. A drill without a
// scenario has those that are named.
func findObjective(scenario *runbooks.Scenario, ref string) (*runbooks.Objective, error) {
	if scenario == nil {
		return &runbooks.Objective{ID: ref}, nil
	}
	if len(scenario.Objectives) == 0 {
		return nil, errors.New("this scenario has no objectives")
	}
	return response.FindObjective(scenario, ref)
}

func drillObserveCommand(e *env) *cobra.Command {
	var f actFlags
	var strength, improve bool
	var objective string
	cmd := &cobra.Command{
		Use: "observe TEXT…", Short: "Note a strength, or something to improve, for the report", Args: arguments(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if strength == improve {
				return usage(hint(errors.New("an observation is of a strength or of something to improve"), "Add --strength or --improve."))
			}
			observation := state.AddObservation{Text: strings.Join(args, " "), Mark: state.Improve}
			if strength {
				observation.Mark = state.Strength
			}
			return observeThat(cmd.Context(), e, f, observation, objective)
		},
	}
	f.add(cmd)
	fs := cmd.Flags()
	fs.BoolVar(&strength, "strength", false, "it went well")
	fs.BoolVar(&improve, "improve", false, "it is to go better")
	fs.StringVar(&objective, "objective", "", "the objective that it belongs to")
	return cmd
}

func observeThat(ctx context.Context, e *env, f actFlags, observation state.AddObservation, ref string) error {
	return actAfterwards(ctx, e, f, func(_ *session.Session, scenario *runbooks.Scenario) (state.Command, error) {
		if ref != "" {
			objective, err := findObjective(scenario, ref)
			if err != nil {
				return nil, err
			}
			observation.Objective = objective.ID
		}
		return observation, nil
	})
}

func drillStatusCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "Show the facilitator where the drill stands: not for players", Args: arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return drillStatus(cmd.Context(), e) },
	}
}

func drillStatus(ctx context.Context, e *env) error {
	s, scenario, err := facilitate(ctx, e, "", true)
	if err != nil {
		return err
	}
	defer s.Close()
	status, err := view.DrillOf(s.Incident(), scenario, e.now())
	if err != nil {
		return err
	}
	return e.print(status, func() error {
		_, err := fmt.Fprint(e.out, drillText(e, s.Incident(), &status))
		return err
	})
}

// injectStatus says where an inject stands and, once it is out, the number by which the log and
// the players have it: the first column has the scenario's, and the two part as soon as one is left out.
func injectStatus(in *view.Inject) string {
	if in.Number == 0 {
		return string(in.Status)
	}
	return fmt.Sprintf("%s as %d", in.Status, in.Number)
}

func drillText(e *env, inc *state.Incident, status *view.Drill) string {
	var b strings.Builder
	b.WriteString(exercise(inc))
	fmt.Fprintf(&b, "%s\n%s\n\n", columnsLine(inc.ID, status.Scenario), sayExerciseClock(&inc.Exercise, inc.Until(e.now())))
	rows := [][]string{{"", "AT", "INJECT", "STATUS", "TO", "CAME OF IT", "WHAT"}}
	for _, in := range status.Injects {
		number := ""
		if in.Scenario > 0 {
			number = fmt.Sprint(in.Scenario)
		}
		rows = append(rows, []string{number, in.When(), in.ID, injectStatus(&in), in.To, sayAnswered(&in), in.Title})
	}
	b.WriteString(columns(rows))
	if next := firstWaiting(status.Injects); next != nil {
		fmt.Fprintf(&b, "\nnext: %s\n", columnsLine(next.ID, "expected: "+next.Expect))
	}
	b.WriteString("\nsince the last inject:\n")
	for _, entry := range status.Since {
		b.WriteString(e.line(inc, entry.Seq) + "\n")
	}
	if len(status.Since) == 0 {
		b.WriteString("  the players have recorded nothing\n")
	}
	b.WriteString("\n")
	for _, o := range status.Objectives {
		ratings := []string{}
		for _, r := range o.Ratings {
			ratings = append(ratings, fmt.Sprintf("%s by %s, %s", r.Rating, r.By, r.Rating.Title()))
		}
		if len(ratings) == 0 {
			ratings = []string{"not rated"}
		}
		b.WriteString(columnsLine("objective "+o.ID, o.Title, strings.Join(ratings, "; ")) + "\n")
	}
	return b.String()
}

// sayAnswered says what came of an inject, and after how long.
func sayAnswered(in *view.Inject) string {
	switch {
	case in.Number == 0:
		return ""
	case in.Answered != "":
		return "answered " + in.Answered
	case in.Acked != "":
		return "acknowledged " + in.Acked
	case in.NextAct == nil:
		return "nothing yet"
	case *in.NextAct == "":
		return "not known: withheld"
	}
	return "next act of " + string(in.NextBy) + ", " + string(*in.NextAct)
}

// firstWaiting is the first inject that is due or planned.
func firstWaiting(injects []view.Inject) *view.Inject {
	for i := range injects {
		if in := &injects[i]; in.Status == state.InjectDue || in.Status == state.InjectPlanned {
			return in
		}
	}
	return nil
}
