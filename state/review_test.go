package state_test

import (
	"strings"
	"testing"

	"muster/state"
)

// TestReview: what people find when they look back is all that it shows, after the closing
// too; the last cause counts, and what is taken back does not.
func TestReview(t *testing.T) {
	l := newLedger(t, towers)
	l.do("Ada", state.CloseIncident{Summary: "over"})
	l.do("Ada", state.AddObservation{Text: "It was quick", Mark: state.Strength})
	l.do("Ada", state.StateCause{Text: "a guess"})
	cause := l.do("Ben", state.StateCause{Text: "a cable", Factors: []string{"no spare", "no alarm"}})
	first := l.do("Ben", state.PlanAction{What: "buy cables", Owner: "Ada", Due: "2026-12-24"})
	second := l.do("Ben", state.PlanAction{What: "test them"})
	done := l.do("Cleo", state.FinishAction{Action: second, Note: "all good"})

	r := &l.inc.Review
	if c := r.Cause; c == nil || c.Text != "a cable" || strings.Join(c.Factors, "|") != "no spare|no alarm" || c.By != "Ben" || c.Seq != cause || c.When.IsZero() {
		t.Errorf("%+v", c)
	}
	if len(r.Actions) != 2 {
		t.Fatalf("%+v", r.Actions)
	}
	if a := r.Actions[0]; a.What != "buy cables" || a.Owner != "Ada" || a.Due != "2026-12-24" || a.By != "Ben" || a.Seq != first || !a.Done.IsZero() {
		t.Errorf("%+v", a)
	}
	if a := r.Actions[1]; a.Owner != "" || a.Due != "" || a.DoneBy != "Cleo" || a.Note != "all good" || !a.Done.Equal(l.now) {
		t.Errorf("%+v", a)
	}
	if o := l.inc.Exercise.Observations; len(o) != 1 || o[0].Mark != state.Strength {
		t.Errorf("%+v", o)
	}
	for text, c := range map[string]state.Command{
		"is no date":                  state.PlanAction{What: "x", Due: "soon"},
		"plans no action that counts": state.FinishAction{Action: cause},
		"done already, Cleo says so":  state.FinishAction{Action: second},
		"At most 20":                  state.StateCause{Text: "x", Factors: strings.Fields(strings.Repeat("y ", 21))},
		"no objectives":               state.AddObservation{Text: "x", Mark: state.Improve, Objective: "truth"},
	} {
		if refusal := l.refusal("Ada", state.Action{Command: c}); refusal == nil || !strings.Contains(refusal.Text, text) {
			t.Errorf("%T: %v", c, refusal)
		}
	}
	l.do("Cleo", state.RetractEntry{Seq: done, Why: "not yet"})
	l.do("Ben", state.RetractEntry{Seq: cause, Why: "no"})
	if !l.inc.Review.Actions[1].Done.IsZero() || l.inc.Review.Cause.Text != "a guess" {
		t.Errorf("%+v", l.inc.Review)
	}
}
