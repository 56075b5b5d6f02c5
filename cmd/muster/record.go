package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/response"
	"muster/state/session"
)

func noteCommand(e *env) *cobra.Command {
	var f actFlags
	var step, about string
	cmd := &cobra.Command{
		Use: "note TEXT…", Short: "Write down what was seen, heard or thought", Args: arguments(1, -1),
		Long:    "Write down what was seen, heard or thought. The text - is read from standard input, as is that of\n--note, --why, --text and --override with every command.",
		Example: "  muster note \"The provider has called back\"\n  ping -c 3 10.0.0.7 | muster note -",
		RunE: func(cmd *cobra.Command, args []string) error {
			if step != "" && about != "" {
				return usage(errors.New("a note is about one thing: give --step or --about"))
			}
			return act(cmd.Context(), e, f, func(s *session.Session) (state.Command, error) {
				note := state.AddNote{Text: strings.Join(args, " ")}
				if about == "" {
					id, err := stepID(s.Incident(), step)
					return note.About(state.NounStep, id), err
				}
				noun, id, err := findAbout(s.Incident(), about)
				return note.About(noun, id), err
			})
		},
	}
	f.add(cmd)
	cmd.Flags().StringVar(&step, "step", "", "the step it is about")
	cmd.Flags().StringVar(&about, "about", "", "what else it is about: a service, notice or contact; service:ID where one name is two things")
	return cmd
}

func evidenceCommand(e *env) *cobra.Command {
	var f actFlags
	var step, note, name string
	cmd := &cobra.Command{
		Use: "evidence FILE", Short: "Copy a file beside the log, with its SHA-256", Args: arguments(0, 1),
		Long: "Copy a file beside the log, with its SHA-256. The file - is standard input: give it a --name.\n" +
			"Over SSH it can be left out: ssh box evidence --name dump.txt < dump.txt",
		Example: "  muster evidence ransom-note.txt --step 1.4\n  journalctl -u sshd | muster evidence - --name sshd.log",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 && name != "" && e.visit != nil {
				args = []string{"-"}
			}
			if err := arguments(1, 1)(cmd, args); err != nil {
				return err
			}
			return act(cmd.Context(), e, f, func(s *session.Session) (state.Command, error) {
				id, err := stepID(s.Incident(), step)
				if err != nil {
					return nil, err
				}
				evidence, err := keepFile(cmd.Context(), e, s, args[0], name)
				evidence.Step, evidence.Note = id, note
				return evidence, err
			})
		},
	}
	f.add(cmd)
	cmd.Flags().StringVar(&step, "step", "", "the step it proves")
	cmd.Flags().StringVar(&name, "name", "", "what it is called in the log, if not as the file is")
	cmd.Flags().StringVarP(&note, "note", "n", "", "what it shows")
	cmd.AddCommand(evidenceGetCommand(e))
	return cmd
}

// keepFile copies a file, or standard input, beside the log, under a name if one is given.
func keepFile(ctx context.Context, e *env, s *session.Session, path, name string) (state.AddEvidence, error) {
	if path != "-" {
		if err := e.away(); err != nil {
			return state.AddEvidence{}, err
		}
		evidence, err := keepWatched(ctx, e, s, path)
		if name != "" {
			evidence.Name = name
		}
		return evidence, err
	}
	if name == "" {
		return state.AddEvidence{}, usage(hint(errors.New("what comes on standard input has no name"), "Give it one: --name sshd.log"))
	}
	file, err := os.CreateTemp("", "muster-*")
	if err != nil {
		return state.AddEvidence{}, err
	}
	defer os.Remove(file.Name())
	n, err := io.Copy(file, e.atMost(maxSent+1))
	closed := file.Close()
	switch {
	case e.visit != nil && n > maxSent:
		return state.AddEvidence{}, hint(fmt.Errorf("%s was not attached: more than %d MiB are not taken over SSH", name, maxSent>>20), "Carry it to the machine that serves, and attach it there; or attach a part.")
	case ctx.Err() != nil: // what came so far may look whole
		return state.AddEvidence{}, fmt.Errorf("%s was not attached: %w", name, ctx.Err())
	case err != nil:
		return state.AddEvidence{}, fmt.Errorf("standard input: %w", err)
	case closed != nil:
		return state.AddEvidence{}, closed
	}
	evidence, err := keepWatched(ctx, e, s, file.Name())
	evidence.Name = name
	return evidence, err
}

// maxSent bounds a file that comes over SSH, in bytes: a disk that is full stops everybody.
var maxSent int64 = 1 << 30

// atMost is standard input, of which a visitor has no more than so many bytes.
func (p *process) atMost(most int64) io.Reader {
	if p.visit == nil {
		return p.in
	}
	return io.LimitReader(p.in, most)
}

// keepWatched copies a file beside the log, and tells a person who waits how far it is.
func keepWatched(ctx context.Context, e *env, s *session.Session, path string) (state.AddEvidence, error) {
	var done, all atomic.Int64
	var seen int64
	var moved time.Duration
	over := e.waiting(func(after time.Duration) string {
		now, of := done.Load(), all.Load()
		if now != seen {
			seen, moved = now, after
		}
		return response.CopyProgress(now, of, after, after-moved)
	})
	defer over()
	return s.Keep(ctx, path, func(read, of int64) {
		done.Store(read)
		all.Store(of)
	})
}

func inputCommand(e *env) *cobra.Command {
	var f actFlags
	cmd := &cobra.Command{
		Use: "input ID=VALUE…", Short: "Answer an input of the runbook that was left open at the start", Args: arguments(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			values, err := pairs(args)
			if err != nil {
				return err
			}
			return act(cmd.Context(), e, f, func(s *session.Session) (state.Command, error) {
				found, err := findInputs(values, state.NamesOf(s.Incident(), state.NounInput))
				return state.AnswerInputs{Values: found}, err
			})
		},
	}
	f.add(cmd)
	return cmd
}

func severityCommand(e *env) *cobra.Command {
	var f actFlags
	var why string
	cmd := &cobra.Command{
		Use: "severity SEV", Short: "Change the severity: SEV1 (the worst) to SEV4", Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return act(cmd.Context(), e, f, func(*session.Session) (state.Command, error) {
				severity, err := findSeverity(args[0])
				return state.SetSeverity{Severity: severity, Why: why}, err
			})
		},
	}
	f.add(cmd)
	cmd.Flags().StringVarP(&why, "why", "w", "", "the reason")
	return cmd
}

func titleCommand(e *env) *cobra.Command {
	var f actFlags
	var why string
	cmd := &cobra.Command{
		Use: "title TEXT", Short: "Change what the incident is called", Args: arguments(1, 1),
		Long: "Change what the incident is called, also when it is closed. What it was called stays in the log.",
		RunE: func(cmd *cobra.Command, args []string) error {
			return act(cmd.Context(), e, f, simple(func() state.Command { return state.SetTitle{Title: args[0], Why: why} }))
		},
	}
	f.add(cmd)
	cmd.Flags().StringVarP(&why, "why", "w", "", "the reason")
	return cmd
}

func attachCommand(e *env) *cobra.Command {
	var f actFlags
	var why, prefix string
	var lastGood bool
	cmd := &cobra.Command{
		Use: "attach RUNBOOK", Short: "Run another runbook in the same incident", Args: arguments(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			source, err := e.toUse(cmd.Context(), args[0], lastGood)
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
	cmd.Flags().BoolVar(&lastGood, "last-good", false, lastGoodUsage)
	cmd.Flags().StringVar(&prefix, "prefix", "", "what stands before its steps' ids; without it, the runbook's id")
	return cmd
}
