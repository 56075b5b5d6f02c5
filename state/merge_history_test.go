package state_test

import (
	"testing"
	"time"

	"muster/state"
)

// TestOlderIsHistory: what was recorded later in a branch, and happened before what the log
// knows of the same thing, changes what was so then, and not what is so now. Whichever of
// the two logs takes over the other's, they say the same.
func TestOlderIsHistory(t *testing.T) {
	long := func(inc *state.Incident) string { return inc.Clock("law").Started.Format(time.TimeOnly) }
	for name, c := range map[string]struct {
		newer, older state.Command
		now          func(*state.Incident) string
		want         string // "" for what the newer one says
	}{
		"service": {newer: state.SetService{Service: "web", State: state.ShutDown, Why: "x"}, older: state.SetService{Service: "web", State: state.Affected, Why: "x"},
			now: func(inc *state.Incident) string { return string(inc.Service("web").State) }},
		"role": {newer: state.AssignRole{Role: "commander", Person: "Cleo"}, older: state.AssignRole{Role: "commander", Person: "Dan"},
			now: func(inc *state.Incident) string { return inc.Role("commander").Person }},
		"answer": {newer: state.AnswerStep{Step: "decide", Option: "later"}, older: state.AnswerStep{Step: "decide", Option: "no"},
			now: func(inc *state.Incident) string { a, _ := inc.Answer("decide"); return a.Value }},
		"severity": {newer: state.SetSeverity{Severity: "SEV1", Why: "x"}, older: state.SetSeverity{Severity: "SEV3", Why: "x"},
			now: func(inc *state.Incident) string { return string(inc.Severity) }},
		"notice": {newer: state.DraftNotice{Notice: "holding", Text: "newer"}, older: state.DraftNotice{Notice: "holding", Text: "older"},
			now: func(inc *state.Incident) string {
				all := inc.Notice("holding").Versions
				return all[len(all)-1].Text
			}},
		"a clock that is waived": {newer: state.WaiveClock{Clock: "law", Why: "newer"}, older: state.StartClock{Clock: "law", Why: "older"},
			now: func(inc *state.Incident) string { return inc.Clock("law").Why }},
		// A clock runs since it first could: to start it later takes nothing of the time.
		"a clock's start": {newer: state.StartClock{Clock: "law", Why: "newer"}, older: state.StartClock{Clock: "law", Why: "older"}, now: long, want: day.Add(5 * time.Second).Format(time.TimeOnly)},
	} {
		p := newPartition(t, 2)
		ada, ben := p.sides[0], p.sides[1]
		p.now = day.Add(10 * time.Second)
		p.do(ada, c.newer, time.Time{})
		want := c.want
		if want == "" {
			want = c.now(ada.inc)
		}
		p.do(ben, c.older, day.Add(5*time.Second))
		if ada.inc.Head.Seq != 2 || ben.inc.Head.Seq != 2 || c.want == "" && c.now(ben.inc) == want {
			t.Fatalf("%s: one was refused, or both say the same", name)
		}
		mine, theirs := replayed(t, ada.inc), replayed(t, ben.inc)
		p.merge(ada, theirs)
		p.merge(ben, mine)
		for _, s := range p.sides {
			if got := c.now(s.inc); got != want {
				t.Errorf("%s: %s says %s, want %s", name, s.name, got, want)
			}
		}
	}
}
