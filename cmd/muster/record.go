package main

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"muster/runbooks"
	"muster/state"
	"muster/state/response"
	"muster/state/session"
)

func hasWord(words, word string) bool { return slices.Contains(strings.Fields(words), word) }

// optionalPairs is pairs, but nil for none.
func optionalPairs(given []string) (map[string]string, error) {
	if len(given) == 0 {
		return nil, nil
	}
	return pairs(given)
}

// number is the first argument as a number from 1.
func number(args []string) (uint64, error) {
	text := optional(args)
	n, err := strconv.ParseUint(text, 10, 53)
	if err != nil || n == 0 {
		return 0, usagef("a number from 1 should stand where %q does", text)
	}
	return n, nil
}

// findPhase is the id of a phase by number or id; of the phase that is under way
// for "".
func findPhase(inc *state.Incident, ref string) (string, error) {
	if ref == "" {
		if next := inc.Next(); next != nil {
			return inc.Phases[next.Phase].ID, nil
		}
		if n := len(inc.Phases); n > 0 {
			return inc.Phases[n-1].ID, nil
		}
	}
	return state.Find(inc, state.NounPhase, ref)
}

// stepID is the id of the step that is meant; "" for "".
func stepID(inc *state.Incident, ref string) (string, error) {
	if ref == "" {
		return "", nil
	}
	step, err := inc.FindStep(ref)
	if err != nil {
		return "", err
	}
	return step.ID, nil
}

func noteCommand(e *env) *cobra.Command {
	var f actFlags
	var step string
	cmd := &cobra.Command{
		Use: "note TEXT…", Short: "Write down what was seen, heard or thought", Args: args(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return act(cmd.Context(), e, f, func(s *session.Session) (state.Command, error) {
				id, err := stepID(s.Incident(), step)
				return state.AddNote{Step: id, Text: strings.Join(args, " ")}, err
			})
		},
	}
	f.add(cmd)
	cmd.Flags().StringVar(&step, "step", "", "the step it is about")
	return cmd
}

func evidenceCommand(e *env) *cobra.Command {
	var f actFlags
	var step, note string
	cmd := &cobra.Command{
		Use: "evidence FILE", Short: "Copy a file beside the log, with its SHA-256", Args: args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return act(cmd.Context(), e, f, func(s *session.Session) (state.Command, error) {
				id, err := stepID(s.Incident(), step)
				if err != nil {
					return nil, err
				}
				evidence, err := s.Keep(cmd.Context(), args[0], nil)
				evidence.Step, evidence.Note = id, note
				return evidence, err
			})
		},
	}
	f.add(cmd)
	cmd.Flags().StringVar(&step, "step", "", "the step it proves")
	cmd.Flags().StringVarP(&note, "note", "n", "", "what it shows")
	return cmd
}

func inputCommand(e *env) *cobra.Command {
	var f actFlags
	cmd := &cobra.Command{
		Use: "input ID=VALUE…", Short: "Answer an input of the runbook that was left open at the start", Args: args(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			values, err := pairs(args)
			if err != nil {
				return err
			}
			return act(cmd.Context(), e, f, simple(func() state.Command { return state.AnswerInputs{Values: values} }))
		},
	}
	f.add(cmd)
	return cmd
}

func serviceCommand(e *env) *cobra.Command {
	var f actFlags
	var why string
	cmd := &cobra.Command{
		Use: "service [SERVICE STATE]", Short: "Show the services, or set one's state", Args: args(0, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch len(args) {
			case 0:
				return showServices(cmd.Context(), e)
			case 1:
				return usage(hint(errors.New("the service's state is missing"), "It is one of %s.", joinStates()))
			}
			return act(cmd.Context(), e, f, func(s *session.Session) (state.Command, error) {
				id, err := state.Find(s.Incident(), state.NounService, args[0])
				return state.SetService{Service: id, State: state.ServiceState(args[1]), Why: why}, err
			})
		},
	}
	f.add(cmd)
	cmd.Flags().StringVarP(&why, "why", "w", "", "how this is known")
	return cmd
}

func joinStates() string {
	var words []string
	for _, s := range state.ServiceStates() {
		words = append(words, string(s))
	}
	return strings.Join(words, ", ")
}

func roleCommand(e *env) *cobra.Command {
	var f actFlags
	var none bool
	cmd := &cobra.Command{
		Use: "role [ROLE [PERSON]]", Short: "Show the roles, take one, or give it to somebody", Args: args(0, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return showRoles(cmd.Context(), e)
			}
			person := optional(args[1:])
			if person == "" && !none {
				var err error
				if person, err = e.person(); err != nil {
					return err
				}
			}
			return act(cmd.Context(), e, f, func(s *session.Session) (state.Command, error) {
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

func severityCommand(e *env) *cobra.Command {
	var f actFlags
	var why string
	cmd := &cobra.Command{
		Use: "severity SEV", Short: "Change the severity: SEV1 (the worst) to SEV4", Args: args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return act(cmd.Context(), e, f, simple(func() state.Command {
				return state.SetSeverity{Severity: runbooks.Severity(strings.ToUpper(args[0])), Why: why}
			}))
		},
	}
	f.add(cmd)
	cmd.Flags().StringVarP(&why, "why", "w", "", "the reason")
	return cmd
}

func attachCommand(e *env) *cobra.Command {
	var f actFlags
	var why, prefix string
	cmd := &cobra.Command{
		Use: "attach RUNBOOK", Short: "Run another runbook in the same incident", Args: args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			source, err := e.source(args[0])
			if err != nil {
				return err
			}
			return act(cmd.Context(), e, f, simple(func() state.Command {
				return response.AttachRunbook(source, prefix, why)
			}))
		},
	}
	f.add(cmd)
	cmd.Flags().StringVarP(&why, "why", "w", "", "the reason")
	cmd.Flags().StringVar(&prefix, "prefix", "", "what stands before its steps' ids; without it, the runbook's id")
	return cmd
}
