package state_test

import (
	"strings"
	"testing"
	"time"

	"muster/state"
)

// TestForeseenIsWhatComes: what the form says before enter is what the log says after it,
// and nothing is changed by asking.
func TestForeseenIsWhatComes(t *testing.T) {
	l := newLedger(t, awareBook)
	l.now = day.Add(2 * time.Hour)
	l.inputs("aware=2026-11-24T01:10:00Z")
	for name, command := range map[string]state.Command{
		"an answer": state.AnswerInputs{Values: map[string]string{"nis2": "yes"}},
		"a law":     state.StartClock{Clock: "certin-6h", Why: "a subsidiary"},
	} {
		before := l.inc.Head
		stamp := state.Stamp{By: state.Actor{Name: "Ada", Via: "local"}, Recorded: l.now.Add(time.Minute), Zone: "+00:00 UTC"}
		foreseen := state.Foresee(l.inc, state.Action{Command: command}, stamp, time.UTC)
		if len(foreseen) != 1 || l.inc.Head != before || l.inc.Clock(foreseen[0].Clock.ID) != nil && !l.inc.Clock(foreseen[0].Clock.ID).Started.IsZero() {
			t.Fatalf("%s: %+v", name, foreseen)
		}
		says := foreseen[0].Says(func(t time.Time) string { return t.Format("15:04") }, time.UTC)
		l.do("Ada", command)
		c := l.inc.Clock(foreseen[0].Clock.ID)
		if c == nil || !c.Due(time.UTC).Equal(foreseen[0].Due) || !strings.Contains(says, "due "+c.Due(time.UTC).Format("15:04")) {
			t.Errorf("%s: %q, and then %+v", name, says, c)
		}
	}
	stamp := state.Stamp{By: state.Actor{Name: "Ada", Via: "local"}, Recorded: l.now.Add(time.Minute), Zone: "+00:00 UTC"}
	if f := state.Foresee(l.inc, state.Action{Command: state.StartClock{Clock: "moon", Why: "x"}}, stamp, time.UTC); f != nil {
		t.Errorf("of what is refused: %+v", f)
	}
	if f := state.Foresee(l.inc, state.Action{Command: state.AddNote{Text: "x"}}, stamp, time.UTC); f != nil {
		t.Errorf("of a note: %+v", f)
	}
}

// TestAStartStandsInForAnAnswer: that a clock should count from an answer that nobody has given
// yet is said, and no more once it is given.
func TestAStartStandsInForAnAnswer(t *testing.T) {
	l := newLedger(t, awareBook)
	stamp := state.Stamp{By: state.Actor{Name: "Ada", Via: "local"}, Recorded: l.now.Add(time.Minute), Zone: "+00:00 UTC"}
	covered := state.AnswerInputs{Values: map[string]string{"nis2": "yes"}}
	foreseen := state.Foresee(l.inc, state.Action{Command: covered}, stamp, time.UTC)
	says := foreseen[0].Says(func(t time.Time) string { return t.Format("15:04") }, time.UTC)
	l.do("Ada", covered)
	c := l.inc.Clock(foreseen[0].Clock.ID)
	if !strings.Contains(says, " (aware is not answered yet), due ") || c.ForWant(time.UTC) != "aware" {
		t.Errorf("%q, for want of %q", says, c.ForWant(time.UTC))
	}
	l.inputs("aware=" + l.now.Add(-time.Hour).UTC().Format(time.RFC3339))
	if c = l.inc.Clock(c.ID); c.ForWant(time.UTC) != "" {
		t.Errorf("it is answered, and for want of %q", c.ForWant(time.UTC))
	}
}
