package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
	"muster/state/session"
)

// stepFlags are the flags of the step commands; each takes those it needs.
type stepFlags struct {
	values map[string]string // of set, by the id of the question
	actFlags
	note, why, role, text string
	set                   []string
	optional              bool
}

// A stepVerb is one of the step commands.
type stepVerb struct {
	use, short string
	most       int    // arguments
	flags      string // of note, why, set
	make       func(step string, rest []string, f *stepFlags) (state.Command, error)
}

func stepVerbs() []stepVerb {
	return []stepVerb{
		{"start STEP", "Start a step, or take a blocked one up again", 1, "note", func(step string, _ []string, f *stepFlags) (state.Command, error) {
			return state.StartStep{Step: step, Note: f.note}, nil
		}},
		{"done STEP", "Mark a step done", 1, "note set", func(step string, _ []string, f *stepFlags) (state.Command, error) {
			return state.DoStep{Step: step, Note: f.note, Values: f.values}, nil
		}},
		{"confirm STEP", "Confirm, as another person, that a step is done", 1, "note", func(step string, _ []string, f *stepFlags) (state.Command, error) {
			return state.ConfirmStep{Step: step, Note: f.note}, nil
		}},
		{"fail STEP", "Record that a step was tried and did not work", 1, "why", func(step string, _ []string, f *stepFlags) (state.Command, error) {
			return state.FailStep{Step: step, Why: f.why}, nil
		}},
		{"block STEP", "Record on what a step waits", 1, "why", func(step string, _ []string, f *stepFlags) (state.Command, error) {
			return state.BlockStep{Step: step, On: f.why}, nil
		}},
		{"skip STEP", "Record that a step will not be done", 1, "why", func(step string, _ []string, f *stepFlags) (state.Command, error) {
			return state.SkipStep{Step: step, Why: f.why}, nil
		}},
		{"reopen STEP", "Make a settled step to do again", 1, "why", func(step string, _ []string, f *stepFlags) (state.Command, error) {
			return state.ReopenStep{Step: step, Why: f.why}, nil
		}},
		{"assign STEP [PERSON]", "Say who is to do a step", 2, "", func(step string, rest []string, _ *stepFlags) (state.Command, error) {
			return state.AssignStep{Step: step, To: optional(rest)}, nil
		}},
		{"tick STEP LINE", "Tick a line of a step's checklist, by its number", 2, "", func(step string, rest []string, _ *stepFlags) (state.Command, error) {
			item, err := firstNumber(rest)
			return state.TickStep{Step: step, Item: int(item), On: true}, err
		}},
		{"untick STEP LINE", "Take a tick away", 2, "", func(step string, rest []string, _ *stepFlags) (state.Command, error) {
			item, err := firstNumber(rest)
			return state.TickStep{Step: step, Item: int(item)}, err
		}},
		{"answer STEP [OPTION]", "Decide a decision, or answer a step's questions with --set", 2, "note set", func(step string, rest []string, f *stepFlags) (state.Command, error) {
			return state.AnswerStep{Step: step, Option: optional(rest), Values: f.values, Note: f.note}, nil
		}},
	}
}

func stepCommand(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "step", Short: "Start, finish, skip, decide … a step",
		Long: "STEP is a step's number (2.3), its id, or a part of its title that only it has.",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return usage(hint(errors.New("what is to be done with a step?"), "Write muster step show|start|done|confirm|fail|block|skip|reopen|assign|tick|untick|answer|add STEP."))
		},
	}
	for _, verb := range stepVerbs() {
		cmd.AddCommand(stepVerbCommand(e, verb))
	}
	cmd.AddCommand(stepAddCommand(e), stepShowCommand(e))
	return cmd
}

func stepVerbCommand(e *env, verb stepVerb) *cobra.Command {
	var f stepFlags
	cmd := &cobra.Command{
		Use: verb.use, Short: verb.short, Args: arguments(1, verb.most),
		RunE: func(cmd *cobra.Command, args []string) error {
			bare := ""
			var in *session.Session
			err := act(cmd.Context(), e, f.actFlags, func(s *session.Session) (state.Command, error) {
				in = s
				step, err := s.Incident().FindStep(args[0])
				if err != nil {
					return nil, err
				}
				if f.note == "" && len(args) == 2 && verb.decides() && step.Def.AsksReason() {
					bare = step.Name()
				}
				if f.values, err = findAnswers(f.set, step); err != nil {
					return nil, err
				}
				return verb.make(step.ID, args[1:], &f)
			})
			if err == nil && bare != "" {
				fmt.Fprintf(e.err, "muster: no reason was given for %s, and reports say so. Give it: muster amend %d --text \"REASON\" --why \"given later\"\n",
					clean.Line(bare), in.Incident().Head.Seq)
			}
			return err
		},
	}
	f.add(cmd)
	for _, name := range []struct {
		flag string
		add  func()
	}{
		{"note", func() { cmd.Flags().StringVarP(&f.note, "note", "n", "", "what is to be said of it") }},
		{"why", func() { cmd.Flags().StringVarP(&f.why, "why", "w", "", "the reason") }},
		{"set", func() {
			cmd.Flags().StringArrayVar(&f.set, "set", nil, "answer a question of the step: ID=VALUE")
		}},
	} {
		if hasWord(verb.flags, name.flag) {
			name.add()
		}
	}
	if verb.decides() { // of a decision one says why
		cmd.Flags().StringVarP(&f.note, "why", "w", "", "the reason; the same as --note")
	}
	return cmd
}

// decides reports whether the command decides a decision.
func (v *stepVerb) decides() bool { return strings.HasPrefix(v.use, "answer ") }

func stepAddCommand(e *env) *cobra.Command {
	var f stepFlags
	var phase string
	cmd := &cobra.Command{
		Use: "add TITLE", Short: "Add a step that no runbook has", Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return act(cmd.Context(), e, f.actFlags, func(s *session.Session) (state.Command, error) {
				id, err := findPhase(s.Incident(), phase)
				return state.AddStep{Phase: id, Title: args[0], Text: f.text, Role: f.role, Required: !f.optional}, err
			})
		},
	}
	f.add(cmd)
	cmd.Flags().StringVar(&phase, "phase", "", "the phase, by number or id; without it, the one that is under way")
	cmd.Flags().StringVar(&f.text, "text", "", "how it is done, in Markdown")
	cmd.Flags().StringVar(&f.role, "role", "", "the role that does it")
	cmd.Flags().BoolVar(&f.optional, "optional", false, "it may stay undone")
	return cmd
}
