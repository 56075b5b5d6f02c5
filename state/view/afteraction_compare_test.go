package view

import (
	"testing"
	"time"

	"muster/state"
)

const comparedBook = `title = "Compared"
[[phase]]
id = "one"
title = "One"
[[phase.step]]
id = "first"
title = "First"
[[phase.step]]
id = "second"
title = "Second"
`

// compared is an incident of that book, opened so many hours after the day began; a minute passes
// with each act.
func compared(t *testing.T, id string, mode state.Mode, hour int, acts ...state.Command) *state.Incident {
	t.Helper()
	s := &scribe{t: t, now: day.Add(time.Duration(hour) * time.Hour)}
	s.do("Ada", state.OpenIncident{ID: id, Mode: mode, Title: id, Program: "m", Runbook: state.Document{ID: "compared", Source: "built in", SHA256: state.Sum([]byte(comparedBook)), Text: comparedBook}})
	for _, act := range acts {
		s.do("Ada", act)
	}
	return s.inc
}

// TestComparedWithBefore: what took how long, against drills and live incidents that were opened
// before; of a phase, whether it was finished, to the last step.
func TestComparedWithBefore(t *testing.T) {
	start, did := func(id string) state.Command { return state.StartStep{Step: id} }, func(id string) state.Command { return state.DoStep{Step: id} }
	note := state.AddNote{Text: "x"}
	inc := compared(t, "now", state.Live, 5, start("first"), did("first"), did("second")) // 1 minute; not started, so of no length
	others := []*state.Incident{
		compared(t, "drill-open", state.Drill, 1, start("first"), note, did("first")),
		compared(t, "drill-done", state.Drill, 2, start("first"), did("first"), start("second"), did("second")),
		compared(t, "live-open", state.Live, 3, start("first"), note, note, note, did("first")),
		compared(t, "live-begun", state.Live, 4, start("first")),
		compared(t, "later", state.Drill, 6, start("first"), did("first")),
	}
	c := compare(inc, others)
	if len(c.Others) != 4 || c.Others[0].Incident != "drill-open" || c.Others[3].Incident != "live-begun" {
		t.Fatalf("it is compared with %+v", c.Others)
	}
	seconds := func(n *int64) int64 {
		if n == nil {
			return -1
		}
		return *n
	}
	type took struct {
		name                          string
		this, drills, lives           int64
		nDrill, nLive                 int
		open, of, openDrill, openLive int
	}
	var got []took
	for _, row := range append(c.Phases, c.Steps...) {
		got = append(got, took{row.Name, seconds(row.This), seconds(row.Drills), seconds(row.Lives), row.NDrill, row.NLive, row.Open, row.Of, row.OpenDrill, row.OpenLive})
	}
	want := []took{
		{"1 One", 120, 150, 240, 2, 1, 0, 0, 1, 1}, // of the drills 120 and 180 seconds
		{"1.1 First", 60, 90, 240, 2, 1, 0, 0, 0, 0},
		{"1.2 Second", -1, 60, -1, 1, 0, 0, 0, 0, 0},
	}
	if len(got) != len(want) {
		t.Fatalf("there are %+v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("it is\n%+v, not\n%+v", got[i], want[i])
		}
	}
	unfinished := compare(compared(t, "unfinished", state.Live, 7, start("first"), did("first")), nil).Phases[0]
	if unfinished.Open != 1 || unfinished.Of != 2 {
		t.Errorf("of a phase with a step to do: %+v", unfinished)
	}
	untouched := compare(compared(t, "untouched", state.Live, 8), nil)
	if p := untouched.Phases[0]; p.Open != 0 || p.This != nil || len(untouched.Steps) != 0 {
		t.Errorf("of a phase in which nothing was done: %+v, %+v", p, untouched.Steps)
	}
}
