package state_test

import (
	"strings"
	"testing"
	"time"

	"muster/state"
)

// TestDue: everything that has a time is in one list, what is due first at the top, and
// leaves it when it is over.
func TestDue(t *testing.T) {
	c := newLedger(t, `title = "T"
[[role]]
id = "lead"
title = "Lead"
[[clock]]
id = "law"
title = "Law"
within = "72h"
starts = "incident.opened"
stops = "manual"
[[contact]]
id = "cert"
title = "CERT"
[[phase]]
title = "P"
[[phase.step]]
id = "slow"
title = "Slow"
expect = "10m"
role = "lead"
`)
	due := func() string {
		var list []string
		for _, d := range state.Due(c.inc, time.UTC) {
			list = append(list, string(d.What)+" "+d.ID)
		}
		return strings.Join(list, ", ")
	}
	want := func(text string) {
		t.Helper()
		if got := due(); got != text {
			t.Errorf("due is %q, not %q", got, text)
		}
	}
	want("clock law")
	back := c.now.Add(5 * time.Minute)
	c.do("Ada", state.StartStep{Step: "slow"})
	c.do("Ada", state.SetTimer{Title: "tea", Due: c.now.Add(time.Hour)})
	c.do("Ada", state.CallContact{Contact: "cert", Outcome: state.CallBack, CallBack: &back})
	want("call cert, step slow, timer timer-1, clock law")
	if d := state.Due(c.inc, time.UTC)[0]; !d.Overdue(back) || d.Overdue(back.Add(-time.Second)) {
		t.Error("what is due at a time is overdue from then on, and not before")
	}
	c.do("Ada", state.AssignRole{Role: "lead", Person: "Chi"})
	if mine := state.StepsOf(c.inc, "chi"); len(mine) != 1 || mine[0].ID != "slow" {
		t.Errorf("Chi's steps are %v", mine)
	}
	c.do("Ada", state.AssignStep{Step: "slow", To: "Dee"})
	if len(state.StepsOf(c.inc, "Chi")) != 0 || len(state.StepsOf(c.inc, "Dee")) != 1 {
		t.Error("an assigned step is of whom it is assigned to, not of the role")
	}
	c.do("Ada", state.DoStep{Step: "slow"})
	c.do("Ada", state.EndTimer{Timer: "timer-1"})
	c.do("Ada", state.CallContact{Contact: "cert", Outcome: state.Reached})
	c.do("Ada", state.MeetClock{Clock: "law", Why: "told"})
	want("")
	if len(state.StepsOf(c.inc, "Dee")) != 0 {
		t.Error("a step that is done is nobody's to do")
	}
}
