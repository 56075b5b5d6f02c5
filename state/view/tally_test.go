package view

import (
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
)

// TestEachStepIsCountedOnce: by where it stands, so that the counts add up to the total; and beside
// that, what became of those that are to do.
func TestEachStepIsCountedOnce(t *testing.T) {
	for status, of := range map[state.Status]func(*TallyRecord) int{
		state.Done:        func(t *TallyRecord) int { return t.Done },
		state.Unconfirmed: func(t *TallyRecord) int { return t.Unconfirmed },
		state.Failed:      func(t *TallyRecord) int { return t.Failed },
		state.Skipped:     func(t *TallyRecord) int { return t.Skipped },
		state.NotNeeded:   func(t *TallyRecord) int { return t.NotApplicable },
		state.Blocked:     func(t *TallyRecord) int { return t.Blocked },
		state.Active:      func(t *TallyRecord) int { return t.Active },
		state.Waiting:     func(t *TallyRecord) int { return t.Waiting },
		state.Unseen:      func(t *TallyRecord) int { return t.Unseen },
		state.Todo:        func(t *TallyRecord) int { return t.Todo },
	} {
		var tally TallyRecord
		one := StepRecord{}
		one.Status = status
		tally.add(&one)
		tally.add(&one)
		sum := tally.Done + tally.Unconfirmed + tally.Failed + tally.Skipped + tally.NotApplicable + tally.Blocked + tally.Active + tally.Waiting + tally.Unseen + tally.Todo
		if of(&tally) != 2 || tally.Total != 2 || sum != 2 || tally.NeverRun+tally.Met+tally.Reopened != 0 {
			t.Errorf("two that are %q are counted as %+v", status, tally)
		}
	}
	var tally TallyRecord
	for _, one := range []StepRecord{{NeverRun: true}, {Reopened: true}, {Reopened: true}, {Step: Step{Met: &Met{Settles: true}}}, {Step: Step{Met: &Met{}}}} {
		tally.add(&one)
	}
	if tally.Total != 5 || tally.NeverRun != 1 || tally.Reopened != 2 || tally.Met != 1 {
		t.Errorf("what became of them is counted as %+v", tally)
	}
}

// TestSameMomentOfADueTime: days end at another moment for who counts them elsewhere, hours do not.
func TestSameMomentOfADueTime(t *testing.T) {
	hours, day, business, month := runbooks.Span{Duration: 72 * time.Hour}, runbooks.Span{Days: 1}, runbooks.Span{BusinessDays: 4}, runbooks.Span{Months: 1}
	for _, c := range []struct {
		within, outer runbooks.Span
		want          time.Duration
	}{{hours, runbooks.Span{}, time.Second}, {day, runbooks.Span{}, 26 * time.Hour}, {business, runbooks.Span{}, 26 * time.Hour}, {month, runbooks.Span{}, 26 * time.Hour}, {hours, day, 26 * time.Hour}, {hours, hours, time.Second}} {
		def := &runbooks.Clock{Within: c.within}
		def.Outer.Within = c.outer
		if got := sameDue(def); got != c.want {
			t.Errorf("within %v and %v it is %v, not %v", c.within, c.outer, got, c.want)
		}
	}
}
