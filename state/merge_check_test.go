package state_test

import (
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/state/line"
)

// TestCheckMergeFinds: what claims to have been taken over from a branch and says something
// else, and what was not taken over though that is said, is found in the branch's lines.
func TestCheckMergeFinds(t *testing.T) {
	for name, want := range map[string]string{
		"taken over":  "",
		"forged":      "2: It does not say what entry 2 of the branch says, from which it was taken over.",
		"another's":   "2: It does not say what entry 2 of the branch says, from which it was taken over.",
		"left out":    "3: Entry 3 of the branch was not taken over.",
		"not its end": "4: It says that the branch ended with the head ",
	} {
		p := newPartition(t, 2)
		base, ben := p.sides[0], p.sides[1]
		p.do(ben, state.AddNote{Text: "seen"}, time.Time{})
		p.do(ben, state.AddNote{Text: "and done"}, time.Time{})
		branch := replayed(t, ben.inc)
		plan, err := state.PlanMerge(base.inc, branch)
		if err != nil {
			t.Fatal(err)
		}
		head := branch.Head
		switch name {
		case "forged":
			plan.Entries[0].Data = &state.NoteAdded{Text: "not seen"}
		case "another's":
			plan.Entries[0].By.Name = "Eve"
		case "left out":
			plan.Entries = plan.Entries[:1]
		case "not its end":
			head.Hash = state.Sum([]byte("another"))
		}
		for _, e := range plan.Entries {
			e.Seq, e.Prev, e.Recorded = base.inc.Head.Seq+1, base.inc.Head.Hash, p.tick()
			p.append(base.inc, e)
		}
		p.forge(base, &state.LogMerged{Source: "there", File: head.Hash, Head: head.Hash, Entries: head.Seq, Common: plan.Common, Taken: len(plan.Entries)}, (*line.Origin)(nil))
		var got []string
		for _, found := range state.CheckMerge(base.inc, branch, base.inc.Head.Seq) {
			got = append(got, found.What)
			if !strings.HasPrefix(want, string(rune('0'+found.Seq))+": ") {
				t.Errorf("%s: found at entry %d", name, found.Seq)
			}
		}
		if _, what, _ := strings.Cut(want, ": "); len(got) != min(1, len(want)) || len(got) == 1 && !strings.HasPrefix(got[0], what) {
			t.Errorf("%s: found %q", name, got)
		}
	}
}
