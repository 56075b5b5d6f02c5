package state_test

import (
	"testing"
	"time"

	"muster/state"
)

// TestSaidAfterSettling: what is said of a thing after somebody settled which of two answers
// holds counts behind that, whenever it happened, and in every log to which it is carried.
func TestSaidAfterSettling(t *testing.T) {
	for name, c := range map[string]struct {
		one, other, after state.Command
		says              func(*state.Incident) any
		want              any
	}{
		"the end": {state.CloseIncident{Summary: "over"}, state.AddNote{Text: "it goes on"}, state.CloseIncident{Summary: "over now"},
			func(inc *state.Incident) any { return inc.Closed != nil }, true},
		"a service": {state.SetService{Service: "web", State: "shut-down", Why: "x"}, state.SetService{Service: "web", State: "affected", Why: "x"},
			state.SetService{Service: "web", State: "restoring", Why: "x"}, func(inc *state.Incident) any { return inc.Service("web").State }, state.Restoring},
		"an answer": {state.AnswerStep{Step: "decide", Option: "yes"}, state.AnswerStep{Step: "decide", Option: "no"}, state.AnswerStep{Step: "decide", Option: "later"},
			func(inc *state.Incident) any { answer, _ := inc.Answer("decide"); return answer.Value }, "later"},
		"a role": {state.AssignRole{Role: "commander", Person: "Ada"}, state.AssignRole{Role: "commander", Person: "Ben"}, state.AssignRole{Role: "commander", Person: "Cyd"},
			func(inc *state.Incident) any { return inc.Role("commander").Person }, "Cyd"},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPartition(t, 2)
			a, b := p.sides[0], p.sides[1]
			p.do(a, c.one, time.Time{})
			p.do(b, c.other, time.Time{})
			p.merge(b, a.inc)
			open := state.Contradicting(b.inc)
			if len(open) != 1 {
				t.Fatalf("%d things have two answers", len(open))
			}
			p.do(b, state.SettleContradiction{What: open[0].What, Of: open[0].Of, Holds: open[0].Entries[0], Why: "we asked"}, time.Time{})
			if open := state.Contradicting(b.inc); len(open) != 0 {
				t.Fatal("it is not settled")
			}
			p.do(b, state.ReopenStep{Step: "decide", Why: "asked again"}, time.Time{}) // refused where nothing was answered
			p.do(b, c.after, p.now.Add(-10*time.Second))
			p.merge(a, b.inc)
			for _, s := range p.sides {
				if got := c.says(s.inc); got != c.want {
					t.Errorf("in the log of %s it is %v, not %v", s.name, got, c.want)
				}
			}
		})
	}
}

// TestTimersAreListedAlike: timers stand in one order in the log in which they were set, one of
// them dated back, and in the one to which it was carried.
func TestTimersAreListedAlike(t *testing.T) {
	p := newPartition(t, 2)
	a, b := p.sides[0], p.sides[1]
	p.do(a, state.SetTimer{Title: "one", Due: day.Add(100 * time.Hour)}, time.Time{})
	p.do(a, state.SetTimer{Title: "two", Due: day.Add(100 * time.Hour)}, p.now.Add(-time.Second))
	p.merge(b, a.inc)
	for _, s := range p.sides {
		if timers := s.inc.Timers; len(timers) != 2 || timers[0].Title != "one" || timers[1].Title != "two" {
			t.Errorf("in the log of %s they are %+v", s.name, timers)
		}
	}
}
