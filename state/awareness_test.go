package state_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"muster/state"
)

const awareBook = `title = "Aware"
[[clock]]
id = "early"
title = "Early warning"
within = "24h"
starts = "answer:nis2=yes"
from = "answer:aware"
stops = "notice:warning"
[[notice]]
id = "warning"
title = "Warning"
text = "We became aware at {{ time .Answers.aware }}. Hit: {{ .Answers.systems }}."
[[input]]
id = "aware"
prompt = "Time we became aware"
type = "time"
[[input]]
id = "nis2"
type = "bool"
[[phase]]
title = "One"
[[phase.step]]
id = "look"
title = "Look"
ask = [{ id = "systems", prompt = "Which systems" }]
`

func (l *ledger) inputs(pairs ...string) {
	l.t.Helper()
	values := map[string]string{}
	for _, pair := range pairs {
		id, value, _ := strings.Cut(pair, "=")
		values[id] = value
	}
	l.do("Ada", state.AnswerInputs{Values: values})
}

// TestTheNoticeAndItsClockSayOneTime: a text that says another time of awareness than
// its clock counts from is held up; sent all the same, or overtaken by what is learned
// later, it is shown.
func TestTheNoticeAndItsClockSayOneTime(t *testing.T) {
	send := state.Action{Command: state.SendNotice{Notice: "warning", Channel: "form"}}
	l := newLedger(t, awareBook)
	l.now = day.Add(2 * time.Hour)
	l.inputs("aware=2026-11-24T01:10:00Z", "nis2=yes")
	l.do("Ada", state.AnswerStep{Step: "look", Values: map[string]string{"systems": "mail"}})
	l.do("Ada", state.DraftNotice{Notice: "warning"})
	if refusal := l.refusal("Ada", send); refusal != nil {
		t.Fatalf("they agree: %v", refusal)
	}
	l.inputs("aware=2026-11-24T00:40:00Z")
	refusal := l.refusal("Ada", send)
	if refusal == nil || refusal.Reason != state.Unverified || !refusal.Overridable || !strings.Contains(refusal.Text, "01:10 UTC") || !strings.Contains(refusal.Text, "00:40 UTC") {
		t.Fatalf("drafted before the time was set right: %+v", refusal)
	}
	seq := l.do("Ada", send.Command)
	list := state.OtherTimes(l.inc, time.UTC)
	if len(list) != 1 || list[0].Clock != "early" || list[0].Notice != "warning" || list[0].Seq != seq {
		t.Errorf("%+v", list)
	}
	l.do("Ada", state.DraftNotice{Notice: "warning"})
	if refusal := l.refusal("Ada", send); refusal != nil {
		t.Errorf("drafted anew: %v", refusal)
	}
	// The old words typed again do not become right by it.
	l.do("Ada", state.DraftNotice{Notice: "warning", Text: "We became aware at 01:10 UTC. Hit: mail."})
	if refusal := l.refusal("Ada", send); refusal == nil || refusal.Reason != state.Unverified {
		t.Errorf("the old time: %v", refusal)
	}
}

// TestWhatIsHeldUpNamesTheQuestion: a blank names the question that fills it, and what
// answers it; that it is not known yet is an answer.
func TestWhatIsHeldUpNamesTheQuestion(t *testing.T) {
	send := state.Action{Command: state.SendNotice{Notice: "warning", Channel: "form"}}
	l := newLedger(t, awareBook)
	l.now = day.Add(2 * time.Hour)
	l.do("Ada", state.DraftNotice{Notice: "warning"})
	refusal := l.refusal("Ada", send)
	if refusal == nil || refusal.Reason != state.Blank {
		t.Fatalf("%+v", refusal)
	}
	for _, want := range []string{"Time we became aware", "1.1: Which systems"} {
		if !strings.Contains(refusal.Hint, want) {
			t.Errorf("%q does not say %q", refusal.Hint, want)
		}
	}
	want := []state.Act{{Deed: state.DeedInput, Of: "aware"}, {Deed: state.DeedAnswer, Of: "1.1", Ask: "systems"}, {Deed: state.DeedDraft, Of: "warning"}}
	if !slices.Equal(refusal.Acts, want) {
		t.Errorf("what would help is %+v", refusal.Acts)
	}
	l.inputs("aware=2026-11-24T01:10:00Z")
	l.do("Ada", state.AnswerStep{Step: "look", Values: map[string]string{"systems": "not known yet"}})
	l.do("Ada", state.DraftNotice{Notice: "warning"})
	if refusal := l.refusal("Ada", send); refusal != nil {
		t.Errorf("%v", refusal)
	}
}
