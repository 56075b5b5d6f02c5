package main

import (
	"context"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/session"
	"muster/state/sorted"
)

// A withholding is what is left out of an export.
type withholding struct{ parts []string }

func (w *withholding) flag(cmd *cobra.Command) {
	cmd.Flags().StringSliceVar(&w.parts, "withhold", nil, "leave PARTS out: names, notes, evidence, runbook or all; a runbook that says how to reach people goes with the names")
	_ = cmd.RegisterFlagCompletionFunc("withhold", cobra.FixedCompletions(w.choices(), cobra.ShellCompDirectiveNoFileComp))
}

func (w *withholding) choices() []string {
	return append(sorted.Without(state.AllParts.Names(), func(name string) bool { return name == state.Facts.String() }), "all")
}

// asked is the set of parts that were named. With the names a runbook may go.
func (w *withholding) asked() (state.Parts, error) {
	var parts state.Parts
	for _, name := range w.parts {
		found, err := state.FindWord(state.NounPart, name, w.choices())
		if err != nil {
			return 0, usage(err)
		}
		if part, is := state.ParsePart(found); is {
			parts |= state.PartsOf(part)
		} else { // all
			parts |= state.AllParts &^ state.PartsOf(state.Facts)
		}
	}
	return parts, nil
}

// withoutParts yields the session's lines without some parts of their content.
func withoutParts(ctx context.Context, s *session.Session, parts state.Parts) (iter.Seq2[[]byte, error], error) {
	lines, err := s.Lines(ctx)
	if err != nil || parts == 0 {
		return lines, err
	}
	return func(yield func([]byte, error) bool) {
		for line, err := range lines {
			if err == nil {
				line, _, err = state.Withhold(line, parts)
			}
			if !yield(line, err) || err != nil {
				return
			}
		}
	}, nil
}

// maxNaming is how many entries that still name somebody are listed.
const maxNaming = 20

// sayNaming says which entries of a copy without names still have one, in what stays of
// the lines of inc.
func sayNaming(e *env, inc *state.Incident, lines iter.Seq2[[]byte, error]) {
	var seqs, boots []string
	naming, seq := state.Naming(inc), 0
	for line, err := range lines {
		if seq++; err != nil {
			break // what was written ends here, and why was said
		}
		if naming(line) {
			seqs = append(seqs, strconv.Itoa(seq))
		}
		if state.TellsBoot(&inc.Log[seq-1]) {
			boots = append(boots, strconv.Itoa(seq))
		}
	}
	if len(seqs) > 0 {
		fmt.Fprintf(e.err, "muster: names are withheld, and what stays of these entries may still name somebody: %s. Read them with muster log before you hand the copy on.\n", firstOf(seqs))
	}
	if len(boots) > 0 {
		fmt.Fprintf(e.err, "muster: these entries still say when a machine was started, and the id of that boot, by which its clock can be checked: %s. Nothing else that stays tells of a machine.\n", firstOf(boots))
	}
}

// firstOf lists the first of some entries.
func firstOf(seqs []string) string {
	if more := len(seqs) - maxNaming; more > 0 {
		seqs = append(seqs[:maxNaming], fmt.Sprintf("and %d more", more))
	}
	return strings.Join(seqs, ", ")
}

// incidentWithout is the incident that the session's log without some parts adds up to.
func incidentWithout(ctx context.Context, s *session.Session, parts state.Parts) (*state.Incident, error) {
	if parts == 0 {
		return s.Incident(), nil
	}
	lines, err := withoutParts(ctx, s, parts)
	if err != nil {
		return nil, err
	}
	chain := state.Format().Chain()
	return state.Replay(func(yield func(state.Entry, error) bool) {
		for line, err := range lines {
			var e state.Entry
			if err == nil {
				e, err = chain.Next(line)
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	})
}
