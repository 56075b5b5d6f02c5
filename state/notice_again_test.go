package state_test

import (
	"strings"
	"testing"
	"time"

	"muster/state"
)

// TestTheSameNoticeAgainNeedsAWord: the same text to the same place, soon after, is
// held up; another place, another text or a later hour is not.
func TestTheSameNoticeAgainNeedsAWord(t *testing.T) {
	l := newLedger(t, allOf)
	l.set("web=affected")
	l.say("some", "web=affected")
	send := state.Action{Command: state.SendNotice{Notice: "some", Channel: "press"}}
	refusal := l.refusal("Ada", send)
	if refusal == nil || refusal.Reason != state.AlreadySo || !refusal.Overridable || !strings.Contains(refusal.Text, "It was sent 0 s ago") {
		t.Errorf("sent twice: %+v", refusal)
	}
	if refusal := l.refusal("Ada", state.Action{Command: state.SendNotice{Notice: "some", Channel: " Press "}}); refusal == nil || refusal.Reason != state.AlreadySo {
		t.Errorf("the place in other letters: %+v", refusal)
	}
	if refusal := l.refusal("Ada", state.Action{Command: state.SendNotice{Notice: "some", Channel: "website"}}); refusal != nil {
		t.Errorf("elsewhere: %v", refusal)
	}
	l.tell("some", "web=affected")
	if refusal := l.refusal("Ada", send); refusal == nil || refusal.Reason != state.AlreadySo {
		t.Errorf("the same words as another version: %+v", refusal)
	}
	l.do("Ada", state.DraftNotice{Notice: "some", Text: "What we know now.", Claims: []state.Claim{{Service: "web", State: state.Affected}}})
	if refusal := l.refusal("Ada", send); refusal != nil {
		t.Errorf("other words: %v", refusal)
	}
	l.tell("some", "web=affected")
	l.now = l.now.Add(2 * time.Hour)
	if refusal := l.refusal("Ada", send); refusal != nil {
		t.Errorf("two hours later: %v", refusal)
	}
}
