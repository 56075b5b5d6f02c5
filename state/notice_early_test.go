package state_test

import (
	"strings"
	"testing"
	"time"

	"muster/state"
)

// told72 has a notice that meets a deadline and has to be approved.
const told72 = `title = "Lawful"
[[role]]
id = "legal"
[[clock]]
id = "law"
title = "The law"
within = "72h"
starts = "incident.opened"
stops = "notice:authority"
[[notice]]
id = "authority"
approver = "legal"
next_update = "2h"
text = "We were attacked."
[[phase]]
title = "One"
[[phase.step]]
title = "Look"
`

// written has the authority's notice drafted and approved, half an hour after the incident began.
func written(t *testing.T) *ledger {
	l := newLedger(t, told72)
	l.at(30)
	l.do("Ada", state.AssignRole{Role: "legal", Person: "Ada"})
	l.do("Ada", state.DraftNotice{Notice: "authority"})
	l.at(40)
	l.do("Ada", state.ApproveNotice{Notice: "authority"})
	return l
}

// sentAt is the action that sends it, at minutes after the incident began.
func sentAt(minutes int, override string) state.Action {
	return state.Action{Command: state.SendNotice{Notice: "authority", Channel: "form"}, Occurred: day.Add(time.Duration(minutes) * time.Minute), Override: override}
}

// TestASendingBeforeItsDraftIsHeldUpAndSaid: a statement that is said to have gone out before there
// was its text, or before it was approved, needs a word; and it is said of the sending, of the
// deadline that it met and before the close.
func TestASendingBeforeItsDraftIsHeldUpAndSaid(t *testing.T) {
	for _, c := range []struct {
		minutes int
		reason  state.Reason
		phrase  string
		status  state.ClockStatus
	}{
		{10, state.Untrue, "by the times given before it was drafted and approved", "met, by a sending that is said to be before its draft"},
		{35, state.NotApproved, "by the times given before it was approved", state.ClockMetOnce},
		{41, "", "", state.ClockMetOnce}, // within the minute of the approval
		{42, "", "", state.ClockMetOnce},
	} {
		l := written(t)
		l.at(50)
		refusal := l.refusal("Ada", sentAt(c.minutes, ""))
		if (refusal == nil) != (c.reason == "") || refusal != nil && (refusal.Reason != c.reason || !refusal.Overridable || refusal.Field != "occurred") {
			t.Errorf("%d: %+v", c.minutes, refusal)
		}
		seq := l.act("Ada", sentAt(c.minutes, "it was read out on the telephone"))
		n := l.inc.Notice("authority")
		_, sent := n.LastSent()
		if got := n.Early(sent).String(); got != c.phrase || n.CameOf(l.inc).String() != c.phrase {
			t.Errorf("%d: %q, and %q came of it", c.minutes, got, n.CameOf(l.inc))
		}
		if got := l.inc.Clock("law").Status(l.now, time.UTC); got != c.status || got.Plain() != state.ClockMetOnce {
			t.Errorf("%d: the clock is %q", c.minutes, got)
		}
		e, _ := l.inc.Entry(seq)
		says, toClose := l.inc.Describe(e), strings.Join(state.ToClose(l.inc, time.UTC), "\n")
		if c.phrase != "" && (!strings.Contains(says, ", "+c.phrase) || !strings.Contains(toClose, "Sent "+c.phrase)) || c.phrase == "" && strings.Contains(says+toClose, "by the times given") {
			t.Errorf("%d: %q; %q", c.minutes, says, toClose)
		}
		if found := contradictions(t, l.inc.Log); len(found) > 0 {
			t.Errorf("%d: with a word on why, verify finds %+v", c.minutes, found)
		}
		log := append([]state.Entry(nil), l.inc.Log...)
		log[seq-1].Override = nil
		found := contradictions(t, log)
		if (len(found) == 1 && found[0].Seq == seq && strings.Contains(found[0].What, "It says that version 1 was sent at ")) != (c.phrase != "") || len(found) > 1 {
			t.Errorf("%d: without a word verify finds %+v", c.minutes, found)
		}
	}
}

// TestATimeMovesNotBehindItsSendingWithoutAWord: a time that is amended is held up as one that is given.
func TestATimeMovesNotBehindItsSendingWithoutAWord(t *testing.T) {
	l := written(t)
	l.at(50)
	seq := l.act("Ada", sentAt(45, ""))
	v := l.inc.Notice("authority").Last()
	to := func(of uint64, minutes int) *state.Refusal {
		at := day.Add(time.Duration(minutes) * time.Minute)
		return l.refusal("Ada", state.Action{Command: state.AmendEntry{Seq: of, Occurred: &at, Why: "a slip"}})
	}
	for name, c := range map[string]struct {
		of      uint64
		minutes int
		held    bool
	}{
		"the sending before the draft": {seq, 5, true}, "the sending after both": {seq, 48, false},
		"the draft after the sending": {v.Seq, 49, true}, "the draft earlier": {v.Seq, 5, false},
		"the approval after the sending": {v.ApprovedSeq, 49, true}, "the approval before the draft": {v.ApprovedSeq, 5, true}, "the approval between": {v.ApprovedSeq, 43, false},
	} {
		if refusal := to(c.of, c.minutes); (refusal != nil) != c.held || refusal != nil && !refusal.Overridable {
			t.Errorf("%s: %+v", name, refusal)
		}
	}
	if refusal := l.refusal("Ada", state.Action{Command: state.DraftNotice{Notice: "authority", Text: "More."}}); refusal != nil {
		t.Fatal(refusal)
	}
	l.do("Ada", state.DraftNotice{Notice: "authority", Text: "More."})
	if refusal := l.refusal("Ada", state.Action{Command: state.ApproveNotice{Notice: "authority"}, Occurred: day.Add(20 * time.Minute)}); refusal == nil || refusal.Reason != state.Untrue {
		t.Errorf("approved before it was drafted: %+v", refusal)
	}
}
