package main

import (
	"context"
	"fmt"
	"strings"

	"muster/state"
	"muster/state/clean"
	"muster/state/view"
)

// branches holds what was taken over from branches against their lines, which lie beside the
// log at path. Nil if the log was never merged, or nobody can look.
func branches(ctx context.Context, path string) (list []view.KeptBranch, err error) {
	inc, err := state.Replay(readEntries(ctx, path))
	if err != nil || len(inc.Log) == 0 {
		return nil, err
	}
	list = []view.KeptBranch{}
	for i := range inc.Log {
		data, ok := inc.Log[i].Data.(*state.LogMerged)
		if !ok {
			continue
		}
		kept := view.KeptBranch{Seq: inc.Log[i].Seq, Entries: data.Entries, Wrong: []view.Contradiction{}}
		if kept.Found, err = keptBranch(ctx, inc, path, inc.Log[i].Seq, data, &kept); err != nil {
			return list, err
		}
		kept.Good = kept.Found == "" && len(kept.Wrong) == 0
		list = append(list, kept)
	}
	return list, nil
}

// keptBranch reads the lines that are kept of a branch; what is wrong with the file is said,
// "" if nothing.
func keptBranch(ctx context.Context, inc *state.Incident, path string, seq uint64, data *state.LogMerged, kept *view.KeptBranch) (string, error) {
	if data.File.IsZero() {
		return "withheld", ctx.Err()
	}
	file := evidencePath(ctx, path, data.File)
	from, err := openFileSource(ctx, file, file)
	if err != nil {
		return "not read: " + err.Error(), ctx.Err()
	}
	defer from.close()
	for _, wrong := range state.CheckMerge(inc, from.inc, seq) {
		kept.Wrong = append(kept.Wrong, view.Contradiction{Seq: wrong.Seq, What: clean.Line(wrong.What)})
	}
	return "", ctx.Err()
}

// branchText is the verdict on the branches, as it is printed; "" if there are none.
func branchText(list []view.KeptBranch) string {
	if len(list) == 0 {
		return ""
	}
	var b strings.Builder
	wrong := 0
	for _, kept := range list {
		if !kept.Good {
			wrong++
		}
	}
	if wrong == 0 {
		fmt.Fprintf(&b, "branches      GOOD: %s kept, and all that was taken over stands as it was recorded there\n", plural(uint64(len(list)), "branch is", "branches are"))
		return b.String()
	}
	fmt.Fprintf(&b, "branches      BROKEN: %d of %s not as recorded\n", wrong, plural(uint64(len(list)), "branch", "branches"))
	for _, kept := range list {
		if kept.Found != "" {
			fmt.Fprintf(&b, "              merged by entry %d: its lines are %s\n", kept.Seq, clean.Bounded(clean.Line(kept.Found), 300))
		}
		for _, found := range kept.Wrong[:min(len(kept.Wrong), maxContradictions)] {
			fmt.Fprintf(&b, "              entry %d: %s\n", found.Seq, found.What)
		}
	}
	return b.String()
}
