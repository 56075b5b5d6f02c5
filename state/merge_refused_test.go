package state_test

import (
	"errors"
	"strings"
	"testing"

	"muster/state"
)

// TestWhatIsNotTakenOver: another incident's log, one of the same name that begins otherwise, a drill
// and a live incident, a log without entries; and of a branch, what lacks parts, what a newer muster
// wrote, and a second opening. Each says why, and neither log is changed.
func TestWhatIsNotTakenOver(t *testing.T) {
	base := newLedger(t, asks)
	branch := func(change func(*state.Entry)) *state.Incident {
		t.Helper()
		l := newLedger(t, asks)
		l.do("Ben", state.AddNote{Text: "there"})
		if change != nil {
			change(&l.inc.Log[1])
		}
		return l.inc
	}
	other := func(change func(*state.Incident)) *state.Incident {
		inc := *branch(nil)
		inc.Log = append([]state.Entry(nil), inc.Log...)
		change(&inc)
		return &inc
	}
	if plan, err := state.PlanMerge(base.inc, branch(nil)); err != nil || len(plan.Entries) != 1 || plan.Common != 1 {
		t.Fatalf("what can be taken over is %+v, %v", plan, err)
	}
	sum := state.Sum([]byte("x"))
	for want, c := range map[string]struct {
		branch  *state.Incident
		foreign bool
	}{
		"a log has no entries":         {&state.Incident{}, true},
		"one is a drill and the other": {other(func(i *state.Incident) { i.Mode = state.Drill }), true},
		"both are called 2026-11-24-amber-heron, but they do not begin with the same entry": {other(func(i *state.Incident) { i.Log[0].Hash = sum }), true},
		"one is 2026-11-24-amber-heron, the other 2026-11-24-red-fox":                       {other(func(i *state.Incident) { i.Log[0].Hash, i.ID = sum, "2026-11-24-red-fox" }), true},
		"entry 2 of the branch opens an incident anew":                                      {branch(func(e *state.Entry) { e.Own().Kind = state.KindIncidentOpened }), false},
		"entry 2 of the branch lacks its [names notes]":                                     {branch(func(e *state.Entry) { e.Own().Withheld = state.PartsOf(state.Names, state.Notes) }), false},
		"entry 2 of the branch was written by a newer muster":                               {branch(func(e *state.Entry) { s := *e.Sealing; s.Verbatim = "{}"; e.Sealing = &s }), false},
	} {
		plan, err := state.PlanMerge(base.inc, c.branch)
		if err == nil || !strings.Contains(err.Error(), want) || errors.Is(err, state.ErrForeign) != c.foreign {
			t.Errorf("it is planned as %+v, %v, and should be refused: %s", plan, err, want)
		}
	}
	if _, err := state.PlanMerge(&state.Incident{}, base.inc); !errors.Is(err, state.ErrForeign) {
		t.Errorf("into a log without entries: %v", err)
	}
	if base.inc.Head.Seq != 1 || len(base.inc.Log) != 1 {
		t.Errorf("the log has %d entries after all that", len(base.inc.Log))
	}
}

// TestWhatHasTwoAnswersIsNamed: as people call it, or by its id if it has no name; and an entry that
// merged says how much of that there is.
func TestWhatHasTwoAnswersIsNamed(t *testing.T) {
	inc := newLedger(t, strings.Replace(asks, `id = "commander"`, "id = \"commander\"\ntitle = \"Incident commander\"", 1)).inc
	for _, c := range []struct {
		what     state.Contradictory
		of, want string
	}{
		{state.OfService, "web", "web"}, {state.OfService, "none", "none"}, {state.OfRole, "commander", "Incident commander"}, {state.OfRole, "none", "none"},
		{state.OfClock, "soon", "soon"}, {state.OfNotice, "first", "first"}, {state.OfAmendment, "7", "entry 7"}, {state.OfClosing, "", "the end"}, {state.OfAnswer, "none", "none"},
	} {
		if got := (state.TwoAnswers{What: c.what, Of: c.of}).Name(inc); got != c.want {
			t.Errorf("%s %q is called %q, not %q", c.what, c.of, got, c.want)
		}
	}
	merged := state.Entry{Seq: 9, Frame: &state.Frame{Kind: state.KindLogMerged}, Data: &state.LogMerged{Source: "/media/stick", Taken: 3}}
	for n, want := range []string{"merged /media/stick: 3 entries taken over", "merged /media/stick: 3 entries taken over, one contradiction", "merged /media/stick: 3 entries taken over, 2 contradictions"} {
		told := &state.Incident{Two: make([]state.TwoAnswers, n, n+1)}
		for i := range told.Two {
			told.Two[i].Merged = 9
		}
		told.Two = append(told.Two, state.TwoAnswers{Merged: 8})
		if got := told.Describe(merged); got != want {
			t.Errorf("with %d it says %q, not %q", n, got, want)
		}
	}
}

// TestWhoTellsTheBoot: an entry that says in which boot it was made, by its id or its time.
func TestWhoTellsTheBoot(t *testing.T) {
	for _, c := range []struct {
		data state.Data
		want bool
	}{
		{&state.SessionOpened{}, false}, {&state.SessionOpened{Boot: "b"}, true}, {&state.SessionOpened{BootAt: 1}, true}, {&state.ClockStepped{}, false}, {&state.ClockStepped{Boot: "b"}, true}, {&state.ClockStepped{BootAt: 1}, true}, {&state.NoteAdded{}, false}, {nil, false},
	} {
		if got := state.TellsBoot(&state.Entry{Data: c.data}); got != c.want {
			t.Errorf("%+v tells it: %v", c.data, got)
		}
	}
}
