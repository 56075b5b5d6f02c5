package state_test

import (
	"errors"
	"strings"
	"testing"

	"muster/state"
)

// TestWhatLeftIsSettledOnce: what came of a notice that began to leave is said of the version that did,
// whatever was drafted since, and once; until it is said, sending it again needs a reason.
func TestWhatLeftIsSettledOnce(t *testing.T) {
	l := newLedger(t, asks)
	l.do("Ada", state.DraftNotice{Notice: "second", Text: "Down."})
	left := l.do("Ada", state.LeaveNotice{Notice: "second", Channel: "mail", To: "members", How: "mail"}) // 3
	l.do("Ada", state.DraftNotice{Notice: "second", Text: "Up."})                                         // 4: version 2
	refused := func(c state.Command) *state.Refusal {
		t.Helper()
		_, err := state.Decide(l.inc, state.Action{Command: c}, state.Stamp{By: state.Actor{Name: "Ada", Via: "local"}, Recorded: l.now})
		var refusal *state.Refusal
		errors.As(err, &refusal)
		if refusal == nil {
			refusal = &state.Refusal{}
		}
		return refusal
	}
	sent := func(version int, leaving uint64) state.SendNotice {
		return state.SendNotice{Notice: "second", Version: version, Channel: "mail", To: "members", How: "mail", Leaving: leaving}
	}
	open := l.inc.Notice("second").MayHaveLeft()
	if len(open) != 1 || open[0].Seq != left || open[0].Version != 1 {
		t.Fatalf("what may have left is %+v", open)
	}
	again := refused(sent(2, 0))
	if again.Seq != left || again.Reason != state.AlreadySo || !again.Overridable || !strings.HasPrefix(again.Text, "Version 1 of second may have left at ") || !strings.HasSuffix(again.Text, " by mail: nobody has said whether it arrived.") || len(again.Acts) != 1 || again.Acts[0].Deed != state.DeedSettle {
		t.Errorf("to send it again is refused as %+v", again)
	}
	for _, c := range []struct {
		version int
		leaving uint64
	}{{2, left}, {1, left - 1}, {1, left + 1}, {3, left}} {
		if why := refused(sent(c.version, c.leaving)); why.Reason != state.Invalid || why.Seq != c.leaving || !strings.Contains(why.Text, "does not say that version") {
			t.Errorf("version %d, entry %d: %+v", c.version, c.leaving, why)
		}
	}
	came := l.do("Ada", sent(1, left))
	if e := l.inc.Log[came-1]; e.Override != nil || e.Data.(*state.NoticeSent).Version != 1 {
		t.Errorf("what came of it is recorded as %+v, override %v", e.Data, e.Override)
	}
	if open := l.inc.Notice("second").MayHaveLeft(); len(open) > 0 {
		t.Errorf("what may have left is still %+v", open)
	}
	twice := refused(state.FailNotice{Notice: "second", Version: 1, Channel: "mail", Why: "it bounced", Leaving: left})
	if twice.Reason != state.AlreadySo || twice.Seq != came || !twice.Overridable || len(twice.Acts) != 1 || twice.Acts[0].Deed != state.DeedRetract || twice.Acts[0].Seq != came {
		t.Errorf("to settle it twice is refused as %+v", twice)
	}
}
