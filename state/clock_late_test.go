package state_test

import (
	"testing"
	"time"

	"muster/state"
)

// TestClockCountsFromTheEarliest: a clock that people started, met or waived by hand counts from
// an answer that is recorded later and happened earlier; in the log that it was recorded in, and
// in one that takes that over. What happened after a clock was waived starts it no more.
func TestClockCountsFromTheEarliest(t *testing.T) {
	const start, met, waived = "start", "met", "waived"
	for _, test := range []struct {
		hand    string
		earlier bool
		want    bool // whether it counts from the answer
	}{{start, true, true}, {start, false, false}, {met, true, true}, {met, false, true}, {waived, true, true}, {waived, false, false}} {
		p := newPartition(t, 2)
		s, other := p.sides[0], p.sides[1]
		p.now = p.now.Add(time.Hour)
		by := p.now.Add(time.Second)
		hand := map[string]state.Command{start: state.StartClock{Clock: "law", Why: "by hand"}, met: state.MeetClock{Clock: "law", Why: "by hand"}, waived: state.WaiveClock{Clock: "law", Why: "by hand"}}
		p.do(s, hand[test.hand], time.Time{})
		p.now = p.now.Add(time.Hour)
		at := by.Add(time.Minute)
		if test.earlier {
			at = by.Add(-time.Minute)
		}
		p.do(s, state.AnswerStep{Step: "decide", Option: "yes"}, at)
		p.do(other, state.AddNote{Text: "there"}, time.Time{})
		alone := replayed(t, s.inc)
		p.merge(other, s.inc)
		for _, inc := range []*state.Incident{s.inc, alone, other.inc} {
			c := inc.Clock("law")
			if got := c.Started.Equal(at); got != test.want {
				t.Errorf("%s by hand, then an answer, earlier %t: of %d entries it counts from %s", test.hand, test.earlier, len(inc.Log), c.Started)
			}
			if counts, _ := c.Counts(time.UTC); !counts.Equal(c.Started) || c.Ended.IsZero() != (test.hand == start) || c.Waived != (test.hand == waived) {
				t.Errorf("%s: it counts from %s, ended %s", test.hand, counts, c.Ended)
			}
		}
	}
}
