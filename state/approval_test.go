package state_test

import (
	"strings"
	"testing"

	"muster/state"
)

// TestNotesOfAnApproval: whoever is told that a text was approved is told what was not in order.
func TestNotesOfAnApproval(t *testing.T) {
	approve := func(version int) state.Command { return state.ApproveNotice{Notice: "word", Version: version} }
	send := state.SendNotice{Notice: "word", Channel: "press"}
	for name, one := range map[string]struct {
		do   func(l *ledger)
		want string
	}{
		"by another, in time": {func(l *ledger) { l.do("Ben", approve(0)); l.do("Cleo", send) }, ""},
		"by one person":       {func(l *ledger) { l.do("Ann", approve(0)); l.do("Ann", send) }, "one person drafted, approved and sent it"},
		"by who drafted it":   {func(l *ledger) { l.do("Ann", approve(0)); l.do("Cleo", send) }, "by who drafted it"},
		"afterwards":          {func(l *ledger) { l.do("Cleo", send); l.do("Ben", approve(0)) }, "only after it was sent (entry 3)"},
		"taken back":          {func(l *ledger) { l.do("Ann", state.RetractEntry{Seq: l.do("Ben", approve(0)), Why: "not that"}) }, "Ben's approval (entry 3) was retracted by entry 4"},
		"of another text": {func(l *ledger) {
			l.do("Ben", approve(0))
			l.do("Ann", state.DraftNotice{Notice: "word", Text: "Another word."})
		}, "version 1 was approved (entry 3), and not this text"},
	} {
		l := newLedger(t, restores)
		l.do("Ann", state.DraftNotice{Notice: "word"})
		one.do(l)
		n := l.inc.Notice("word")
		notes := n.Last().ApprovalNotes(l.inc, n, func(name string) string { return name })
		if got := strings.Join(notes, "; "); got != one.want {
			t.Errorf("%s: %q, want %q", name, got, one.want)
		}
		for _, e := range l.inc.Log {
			if v := n.Last(); e.Seq == v.ApprovedSeq && one.want != "" && !strings.Contains(l.inc.Describe(e), one.want) {
				t.Errorf("%s: the entry says %q", name, l.inc.Describe(e))
			}
		}
	}
}

// TestWhoMayApprove: it is offered to who holds the role, and did not draft it.
func TestWhoMayApprove(t *testing.T) {
	l := newLedger(t, strings.Replace(restores, `id = "word"`, "id = \"word\"\napprover = \"lead\"", 1)+"[[role]]\nid = \"lead\"\ntitle = \"Lead\"\n")
	l.do("Ann", state.AssignRole{Role: "lead", Person: "Ben"})
	l.do("Ann", state.DraftNotice{Notice: "word"})
	n := func() *state.Notice { return l.inc.Notice("word") }
	if why := state.WhyNotApprove(l.inc, n(), "Ben"); why != "" {
		t.Error(why)
	}
	if why := state.WhyNotApprove(l.inc, n(), "Ann"); why != "The Lead (Ben) approves it." {
		t.Error(why)
	}
	l.do("Ben", state.DraftNotice{Notice: "word", Text: "By Ben."})
	if why := state.WhyNotApprove(l.inc, n(), "Ben"); why != "Ben drafted it, and another person should approve it." {
		t.Error(why)
	}
	l.do("Ben", state.ApproveNotice{Notice: "word"})
	if why := state.WhyNotApprove(l.inc, n(), "Ann"); why != "" {
		t.Error(why)
	}
}
