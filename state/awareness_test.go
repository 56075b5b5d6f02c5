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

// TestALawOfAwarenessCountsFromIt: a deadline that runs from when one became aware counts from that
// answer, and not from when it was started, whichever runbook asks it and whenever it is answered;
// one that runs from something else does not.
func TestALawOfAwarenessCountsFromIt(t *testing.T) {
	const asks = `title = "Asks"
[[phase]]
title = "One"
[[phase.step]]
id = "write"
title = "Write it down"
ask = [{ id = "aware", prompt = "When did we know?", type = "time" }]
`
	for name, c := range map[string]struct {
		law, aware string
		first      bool // answered before it is started
		from       string
	}{
		"answered before":      {"tw-1h", "2026-11-23T20:00:00Z", true, "2026-11-23T20:00:00Z"},
		"answered after":       {"ch-isa-24h", "2026-11-23T20:00:00Z", false, "2026-11-23T20:00:00Z"},
		"not answered":         {"cn-1h", "", false, ""},
		"it runs from another": {"nydfs-ransom-24h", "2026-11-23T20:00:00Z", true, ""},
	} {
		l := newLedger(t, asks)
		write := func() {
			if c.aware != "" {
				l.do("Ada", state.AnswerStep{Step: "write", Values: map[string]string{"aware": c.aware}})
			}
		}
		if c.first {
			write()
		}
		l.do("Ada", state.StartClock{Clock: c.law, Why: "a subsidiary"})
		if !c.first {
			write()
		}
		clock := l.inc.Clock(c.law)
		want := clock.Started
		if c.from != "" {
			want, _ = time.Parse(time.RFC3339, c.from)
		}
		if counts, _ := clock.Counts(time.UTC); !counts.Equal(want) || !clock.Due(time.UTC).Equal(clock.Def.Within.After(want, time.UTC)) {
			t.Errorf("%s: it counts from %s, want %s", name, counts, want)
		}
		if wants := clock.ForWant(time.UTC); (wants != "") != (name == "not answered") {
			t.Errorf("%s: it waits for %q", name, wants)
		}
	}
}

// TestNoLawIsStartedBeforeItIsKnown: a law that was started by hand does not come to count from later
// by an answer, nor is it started before the answer from which it counts, but by an override.
func TestNoLawIsStartedBeforeItIsKnown(t *testing.T) {
	const asks = `title = "Asks"
[[input]]
id = "aware"
type = "time"
[[phase]]
title = "One"
[[phase.step]]
title = "Look"
`
	l := newLedger(t, asks)
	l.act("Ada", state.Action{Command: state.StartClock{Clock: "tw-1h", Why: "Taipei"}, Occurred: l.now.Add(-3 * time.Hour)})
	late := state.AnswerInputs{Values: map[string]string{"aware": l.now.Add(-time.Hour).Format(time.RFC3339)}}
	if r := l.refusal("Ada", state.Action{Command: late}); r == nil || !r.Overridable || !strings.Contains(r.Text, "and was started at") {
		t.Errorf("aware after it was started: %v", r)
	}
	l.do("Ada", late)
	for hours, refused := range map[int]bool{-3: true, 0: false} {
		r := l.refusal("Ada", state.Action{Command: state.StartClock{Clock: "ch-isa-24h", Why: "Basel"}, Occurred: l.now.Add(time.Duration(hours) * time.Hour)})
		if (r != nil) != refused {
			t.Errorf("started %d hours from now: %v", hours, r)
		}
	}
}
