package state_test

import (
	"fmt"
	"testing"
	"time"

	"muster/state"
)

// TestNamesAreGivenOnce: what has a number for a name never gets one that something had which
// is retracted. Else two who merge would hold one thing for the other: what was said of the
// first would stand in one log as said of the second.
func TestNamesAreGivenOnce(t *testing.T) {
	inject := func(text string) state.AddInject {
		return state.AddInject{From: "Director", To: "all", Via: "phone", Text: text}
	}
	for _, test := range []struct {
		name  string
		mode  state.Mode
		make  func(text string) state.Command
		about func(made state.Data) state.Command
		named func(made state.Data) string
	}{
		{"timer", state.Live, func(text string) state.Command { return state.SetTimer{Title: text, Due: day.Add(100 * time.Hour)} },
			func(made state.Data) state.Command {
				return state.EndTimer{Timer: made.(*state.TimerSet).Timer, Why: "over"}
			},
			func(made state.Data) string { return made.(*state.TimerSet).Timer }},
		{"step", state.Live, func(text string) state.Command { return state.AddStep{Phase: "only", Title: text} },
			func(made state.Data) state.Command {
				return state.SkipStep{Step: made.(*state.StepAdded).Step, Why: "over"}
			},
			func(made state.Data) string { return made.(*state.StepAdded).Step }},
		{"version", state.Live, func(text string) state.Command { return state.DraftNotice{Notice: "holding", Text: text} },
			func(made state.Data) state.Command {
				return state.SendNotice{Notice: "holding", Version: made.(*state.NoticeDrafted).Version, Channel: "phone", To: "all"}
			},
			func(made state.Data) string { return fmt.Sprint(made.(*state.NoticeDrafted).Version) }},
		{"version of a notice that no runbook has", state.Live,
			func(text string) state.Command {
				return state.DraftNotice{Notice: "thanks", Title: "Thanks", Text: text}
			},
			func(made state.Data) state.Command {
				return state.SendNotice{Notice: "thanks", Version: made.(*state.NoticeDrafted).Version, Channel: "phone", To: "all"}
			},
			func(made state.Data) string { return fmt.Sprint(made.(*state.NoticeDrafted).Version) }},
		{"inject", state.Drill, func(text string) state.Command { return inject(text) },
			func(made state.Data) state.Command {
				return state.AcknowledgeInject{Inject: made.(*state.InjectDelivered).Inject, Note: "over"}
			},
			func(made state.Data) string {
				data := made.(*state.InjectDelivered)
				return fmt.Sprint(data.Inject, data.Number)
			}},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := newPartitionIn(t, 3, mergeBook, test.mode)
			ada, ben, cleo := p.sides[0], p.sides[1], p.sides[2]
			last := func(s *side) state.Entry { return s.inc.Log[len(s.inc.Log)-1] }
			p.do(ada, test.make("first"), time.Time{})
			first := last(ada)
			p.merge(ben, ada.inc)
			p.merge(cleo, ada.inc)
			taken := ben.inc.Log[first.Seq-1]
			p.do(ada, test.about(first.Data), time.Time{})
			if about := last(ada); about.Seq == first.Seq {
				t.Fatal("nothing was said of the first")
			}
			p.do(ben, state.RetractEntry{Seq: taken.Seq, Why: "slip"}, time.Time{})
			p.do(ben, test.make("second"), time.Time{})
			second := last(ben)
			if second.Kind != first.Kind {
				t.Fatalf("the second was not made: %s", second.Kind)
			}
			if a, b := test.named(taken.Data), test.named(second.Data); a == b {
				t.Errorf("both are called %s", a)
			}
			p.merge(ben, ada.inc)
			p.merge(cleo, ada.inc)
			p.merge(cleo, ben.inc)
			p.merge(ada, ben.inc)
			for _, s := range p.sides {
				times := make(map[state.Hash]int)
				for i := range s.inc.Log {
					times[state.IdentityOf(&s.inc.Log[i])]++
				}
				for hash := range p.written {
					if times[hash] != 1 {
						t.Errorf("%s has an entry %d times", s.name, times[hash])
					}
				}
				for _, other := range p.sides {
					p.merge(s, other.inc)
				}
			}
			for range 3 {
				p.merge(ada, cleo.inc)
				p.merge(cleo, ada.inc)
			}
			if p.merge(ada, cleo.inc) || p.merge(cleo, ada.inc) {
				t.Error("they do not come to rest")
			}
			if one, other := saysAll(t, ada.inc), saysAll(t, cleo.inc); one != other {
				t.Errorf("one says\n%s\nand the other\n%s", one, other)
			}
		})
	}
}

// TestTimerIsOne: two timers that run are never called the same, whatever was retracted.
func TestTimerIsOne(t *testing.T) {
	p := newPartition(t, 1)
	s := p.sides[0]
	for _, title := range []string{"one", "two", "three"} {
		p.do(s, state.SetTimer{Title: title, Due: day.Add(100 * time.Hour)}, time.Time{})
	}
	p.do(s, state.RetractEntry{Seq: 2, Why: "slip"}, time.Time{})
	p.do(s, state.SetTimer{Title: "four", Due: day.Add(100 * time.Hour)}, time.Time{})
	seen := make(map[string]bool)
	for _, timer := range s.inc.Timers {
		if seen[timer.ID] {
			t.Errorf("two timers are called %s", timer.ID)
		}
		seen[timer.ID] = true
	}
	if len(seen) != 3 {
		t.Errorf("there are the timers %v", seen)
	}
}

// TestStepIsNotCalledAgain: nor does a person call a step as one was called that is retracted.
func TestStepIsNotCalledAgain(t *testing.T) {
	p := newPartition(t, 1)
	s := p.sides[0]
	p.do(s, state.AddStep{ID: "mine", Phase: "only", Title: "First"}, time.Time{})
	p.do(s, state.RetractEntry{Seq: 2, Why: "slip"}, time.Time{})
	p.do(s, state.AddStep{ID: "mine", Phase: "only", Title: "Second"}, time.Time{})
	if n := len(s.inc.Log); n != 3 {
		t.Errorf("there are %d entries", n)
	}
	p.do(s, state.AddStep{ID: "other", Phase: "only", Title: "Second"}, time.Time{})
	if s.inc.Step("other") == nil {
		t.Error("a step with another id is refused too")
	}
}

// TestInjectsOfTwoSides: what two who direct a drill make up on the spot, apart from each
// other, are two injects in the merged log, each with its own text, number and answers.
func TestInjectsOfTwoSides(t *testing.T) {
	p := newPartitionIn(t, 2, mergeBook, state.Drill)
	ada, ben := p.sides[0], p.sides[1]
	for i, s := range p.sides {
		p.do(s, state.AddInject{From: "Director", To: "all", Via: "phone", Text: fmt.Sprint("message ", i)}, time.Time{})
		p.do(s, state.DeliverInject{Inject: "call", From: "Press", To: "all", Via: "phone", Text: "What is up?"}, time.Time{})
		p.do(s, state.AcknowledgeInject{Inject: "adhoc-1", Note: fmt.Sprint("heard ", i)}, time.Time{})
	}
	p.merge(ada, ben.inc)
	p.merge(ben, ada.inc)
	for _, s := range p.sides {
		numbers := make(map[int]string)
		for _, d := range s.inc.Exercise.Delivered {
			if other := numbers[d.Number]; other != "" {
				t.Errorf("%s: %s and %s are both number %d", s.name, other, d.Inject, d.Number)
			}
			numbers[d.Number] = d.Inject
			if d.AdHoc() && (len(d.Acks) != 1 || d.Text[len(d.Text)-1] != d.Acks[0].Note[len(d.Acks[0].Note)-1]) {
				t.Errorf("%s: to %q they said %v", s.name, d.Text, d.Acks)
			}
		}
		if len(numbers) != 3 {
			t.Errorf("%s has %d injects and not 3", s.name, len(numbers))
		}
	}
	if p.merge(ada, ben.inc) || p.merge(ben, ada.inc) {
		t.Error("they do not come to rest")
	}
}
