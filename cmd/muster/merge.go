package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"muster/state"
	"muster/state/clean"
	"muster/state/session"
	"muster/state/view"
)

// maxBranches is how many branches are merged at once.
const maxBranches = 64

func mergeCommand(e *env) *cobra.Command {
	var dry bool
	var f actFlags
	cmd := &cobra.Command{
		Use: "merge FILE|FOLDER|ssh://HOST/INCIDENT...", Short: "Take over what people recorded in a branch", Args: arguments(1, maxBranches),
		Long: `Take over what people recorded in a branch: a copy of this incident's log in which they went
on while the two could not reach each other.

Every entry of the branch that the log does not have is taken over, with its person, role
and times, and with where it was recorded. Nothing is refused, for it happened. What is
older than what is known of the same thing changes what was known then, and not what is so
now. What the two say differently of one thing stands as two answers until somebody settles
it: muster settle lists them. The branch's own lines are kept beside the log as evidence.

Merging twice changes nothing, and branches can be merged in any order. Several that are
named at once are all taken over or none, which is much faster than one by one.`,
		Example: "  muster merge /media/stick/2026-11-24-amber-heron --dry-run\n  muster merge ssh://box/2026-11-24-amber-heron",
		RunE: func(cmd *cobra.Command, args []string) error {
			return mergeFrom(cmd.Context(), e, args, dry, f)
		},
	}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "say what would be taken over, and write nothing")
	f.alone(cmd)
	return cmd
}

func mergeFrom(ctx context.Context, e *env, names []string, dry bool, f actFlags) error {
	at, err := readWhen(e, f.at)
	if err != nil {
		return err
	}
	all, err := e.openSources(ctx, names)
	defer func() {
		for _, from := range all {
			from.close()
		}
	}()
	if err != nil {
		return err
	}
	id, err := e.mergedInto(ctx, all[0].inc)
	if err != nil {
		return err
	}
	s, err := e.open(ctx, id, dry)
	if err != nil {
		return err
	}
	defer s.Close()
	before := s.Incident()
	if dry {
		return wouldMerge(e, before, all)
	}
	branches := make([]session.Branch, len(all))
	for i, from := range all {
		lines, ok := from.log.(state.Liner)
		if !ok {
			return errors.New("its lines cannot be read")
		}
		branches[i] = session.Branch{Incident: from.inc, Source: from.name, Lines: lines.Lines(ctx, 0), Evidence: from.evidence}
	}
	merged, err := s.Merge(ctx, branches, state.Action{Occurred: at, Override: f.override})
	if err != nil {
		return notMerged(err)
	}
	if err := printMerged(e, s.Incident(), s.Incident().Head.Seq, all, merged); err != nil {
		return err
	}
	return sayDifferent(e, before, s.Incident())
}

// mergedInto is the incident into which a branch is to be merged: the one that is named,
// or the one of its id.
func (e *env) mergedInto(ctx context.Context, branch *state.Incident) (string, error) {
	if e.flags.incident != "" || e.getenv("MUSTER_INCIDENT") != "" {
		return "", nil
	}
	store, err := e.store()
	if err != nil {
		return "", err
	}
	ids, err := store.List(ctx)
	if err != nil {
		return "", err
	}
	if !slices.Contains(ids, branch.ID) {
		return "", hint(fmt.Errorf("there is no incident %s here to take it over", clean.Line(branch.ID)), "muster copy keeps a copy of it; -i INCIDENT names another.")
	}
	return branch.ID, nil
}

// notMerged says what to do about what cannot be merged.
func notMerged(err error) error {
	if errors.Is(err, state.ErrForeign) {
		return hint(err, "A branch is merged with the log that it is a branch of: name it with -i INCIDENT.")
	}
	return err
}

// wouldMerge says what merging would do.
func wouldMerge(e *env, inc *state.Incident, all []*source) error {
	seen, merged := inc.Clone(), make([]session.Merged, len(all))
	for i, from := range all {
		plan, err := state.PlanMerge(seen, from.inc)
		if err != nil {
			return notMerged(err)
		}
		merged[i].Merging = *plan
		if plan.Nothing() {
			continue
		}
		for i := range plan.Entries {
			plan.Entries[i].Seq = seen.Head.Seq + uint64(i) + 1
		}
		tells := state.Entry{Seq: seen.Head.Seq + uint64(len(plan.Entries)) + 1, Frame: &state.Frame{Mode: inc.Mode, Kind: state.KindLogMerged},
			Recorded: e.now().UTC(), Data: &state.LogMerged{Source: from.name, Common: plan.Common, Taken: len(plan.Entries)}}
		if err := state.Stage(seen, append(slices.Clone(plan.Entries), tells)...); err != nil {
			return err
		}
	}
	if seen.Head != inc.Head {
		state.Restate(seen)
	}
	if err := printMerged(e, seen, inc.Head.Seq, all, merged); err != nil {
		return err
	}
	return sayDifferent(e, inc, seen)
}

// printMerged says what came of merging, or of what no entry tells, what would, and lists what
// has two answers then. The log ends with the entry head.
func printMerged(e *env, inc *state.Incident, head uint64, all []*source, merged []session.Merged) error {
	out := view.Merged{ID: view.Text(inc.ID), Branches: make([]view.TakenBranch, len(merged)), Contradictions: view.TwoAnswersOf(inc, false)}
	notYet(out.Contradictions, head)
	for i := range merged {
		m := &merged[i]
		branch := &out.Branches[i]
		*branch = view.TakenBranch{Source: all[i].name, Common: m.Common, Taken: len(m.Entries), There: m.There, Quiet: m.Quiet, Entry: m.Entry, Missing: []string{}}
		for _, file := range m.Missing {
			branch.Missing = append(branch.Missing, file.SHA256.String())
		}
	}
	return e.print(out, func() error {
		_, err := fmt.Fprint(e.out, exercise(inc)+mergedText(e, inc, &out, merged))
		return err
	})
}

// notYet takes away the numbers of entries that do not stand in the log, whose last is head.
func notYet(all []view.TwoAnswers, head uint64) {
	for i := range all {
		if all[i].Merged > head {
			all[i].Merged = 0
		}
		for j := range all[i].Answers {
			if answer := &all[i].Answers[j]; answer.Seq > head {
				answer.Seq = 0
			}
		}
	}
}

// mergedText says it of each branch. What has two answers stands before the last entry.
func mergedText(e *env, inc *state.Incident, out *view.Merged, merged []session.Merged) string {
	var b strings.Builder
	pending := slices.ContainsFunc(out.Branches, func(t view.TakenBranch) bool { return t.Entry == 0 && t.Taken > 0 })
	for i := range out.Branches {
		branch := &out.Branches[i]
		b.WriteString(takenText(branch, merged[i].Unfinished))
		if i == len(out.Branches)-1 {
			b.WriteString(answerLines(e, out.Contradictions, !pending && !e.screens))
		}
		if branch.Entry != 0 {
			b.WriteString(strings.TrimLeft(e.line(inc, branch.Entry), " ") + "\n")
		}
	}
	return b.String()
}

func takenText(out *view.TakenBranch, unfinished bool) string {
	var b strings.Builder
	line := lineTo(&b)
	verb := "taken over"
	if out.Entry == 0 {
		verb = "to take over"
	}
	line("%s: %s %s, %d there already; both begin with the same %s", out.Source, plural(uint64(out.Taken), "entry", "entries"), verb, out.There, plural(out.Common, "entry", "entries"))
	switch {
	case out.Entry != 0:
	case out.Quiet > 0:
		line("Nothing is new: %s only of who opened logs and merged them. Nothing was written.", plural(uint64(out.Quiet), "entry tells", "entries tell"))
	case out.Taken == 0 && !unfinished:
		line("There is nothing to take over: nothing was written.")
	}
	if unfinished {
		verb = "is brought"
		if out.Entry == 0 {
			verb = "would be brought"
		}
		line("A merge that was broken off %s to its end.", verb)
	}
	for _, sum := range out.Missing {
		line("a file is missing beside the branch: sha256 %s; attach it with muster evidence when it is found", sum)
	}
	return b.String()
}
