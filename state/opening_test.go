package state_test

import (
	"testing"

	"muster/runbooks"
	"muster/state"
	"muster/state/statetest"
)

// TestWithoutOpening: whatever follows an opening that is withheld, or that somebody
// claims to retract, is taken; and a drill stays one.
func TestWithoutOpening(t *testing.T) {
	book := state.Document{ID: "b", Text: "title = \"B\"\n[[phase]]\ntitle = \"P\"\n[[phase.step]]\nid = \"look\"\ntitle = \"Look\"\n[[phase.step.ask]]\nid = \"n\"\nprompt = \"How many?\"\n"}
	opened := &state.IncidentOpened{ID: "2026-11-24-amber-heron", Title: "Exercise", Severity: runbooks.SEV1, Runbook: book}
	after := []state.Data{
		&state.InputsAnswered{Values: map[string]string{"org": "IMO"}},
		&state.RunbookAttached{Prefix: "x", Runbook: book},
		&state.StepDone{StepRef: state.StepRef{Step: "x:look"}, Values: map[string]string{"n": "3"}},
	}
	for name, first := range map[string][]state.Data{
		"withheld":  {opened},
		"retracted": {opened, &state.EntryRetracted{Seq: 1, Why: "x"}},
	} {
		inc := new(state.Incident)
		for _, data := range append(first, after...) {
			e := statetest.Entry(inc.Head, data)
			e.Mode = state.Drill
			if name == "withheld" && data == first[0] {
				e.Data = nil
			}
			if err := inc.Apply(e); err != nil {
				t.Fatal(err)
			}
		}
		if s := inc.Step("x:look"); s == nil || s.Status != state.Done {
			t.Errorf("%s: the step is %v", name, s)
		}
		if name == "retracted" && (inc.Mode != state.Drill || inc.Title != "Exercise" || inc.RetractedBy(1) != 0) {
			t.Errorf("an opening that was retracted leaves %q, %q", inc.Mode, inc.Title)
		}
	}
}
