package state_test

import (
	"testing"

	"muster/state"
)

// TestAccess: what somebody may do who comes by a key is decided where everything is.
func TestAccess(t *testing.T) {
	l := newLedger(t, lookBook)
	guest := func(access state.Access) state.Guest {
		return state.Guest{Name: "Ben", Key: "SHA256:x", Access: access}
	}
	note := state.AddNote{Text: "seen"}
	observe, rate := state.AddObservation{Text: "calm", Mark: state.Strength}, state.RateObjective{Objective: "truth", Rating: state.Performed}
	for name, c := range map[string]struct {
		guest   state.Guest
		who     string
		command state.Command
		want    state.Reason
	}{
		"at the machine itself":              {state.Guest{}, "Ben", note, ""},
		"a responder notes":                  {guest(state.Responder), "Ben", note, ""},
		"in another case the same person":    {guest(state.Responder), "BEN", note, ""},
		"a facilitator notes":                {guest(state.Facilitator), "Ben", note, ""},
		"an observer notes":                  {guest(state.Observer), "Ben", note, state.Forbidden},
		"an observer says who acts":          {guest(state.Observer), "Ben", state.ActAt{Host: "box", Account: "SHA256:x", Terminal: state.ByKey}, state.Forbidden},
		"a role that nobody knows":           {guest("root"), "Ben", note, state.Forbidden},
		"no role":                            {guest(""), "Ben", note, state.Forbidden},
		"an evaluator notes":                 {guest(state.Evaluator), "Ben", note, state.Forbidden},
		"an evaluator rates no drill":        {guest(state.Evaluator), "Ben", rate, state.NotDrill},
		"an evaluator looks back":            {guest(state.Evaluator), "Ben", observe, ""},
		"a responder makes a drill":          {guest(state.Responder), "Ben", state.DeliverInject{}, state.Forbidden},
		"a responder rates":                  {guest(state.Responder), "Ben", rate, state.Forbidden},
		"a responder looks back":             {guest(state.Responder), "Ben", observe, ""},
		"an observer looks back":             {guest(state.Observer), "Ben", observe, state.Forbidden},
		"a facilitator makes no drill":       {guest(state.Facilitator), "Ben", rate, state.NotDrill},
		"another's act by this key":          {guest(state.Facilitator), "Ada", note, state.Forbidden},
		"another is said to act by this key": {guest(state.Responder), "Ada", state.ActAt{Host: "box", Account: "SHA256:x", Terminal: state.ByKey}, state.Forbidden},
	} {
		t.Run(name, func(t *testing.T) {
			stamp := state.Stamp{By: state.Actor{Name: c.who, Via: "ssh"}, Guest: c.guest, Recorded: l.now, Zone: "+00:00 UTC"}
			_, err := state.Decide(l.inc, state.Action{Command: c.command}, stamp)
			got := state.Reason("")
			if err != nil {
				got = err.(*state.Refusal).Reason
			}
			if got != c.want {
				t.Errorf("refused as %q (%v), want %q", got, err, c.want)
			}
		})
	}
}

// TestPlayersMakeNoDrill: who plays changes nothing that makes the drill, and ends no scenario,
// after which all of it could be read.
func TestPlayersMakeNoDrill(t *testing.T) {
	l := newDrillLedger(t, lookBook)
	l.inc.Exercise.Scenario = &state.SealedScenario{ID: "autumn"}
	l.do("Fay", state.SetExercise{Do: "start"})
	clock := l.inc.Head.Seq
	l.do("Ben", state.AddNote{Text: "seen"})
	note := l.inc.Head.Seq
	text := "not seen"
	for name, c := range map[string]struct {
		command state.Command
		access  state.Access
		want    state.Reason
	}{
		"a player stops the clock by retracting": {state.RetractEntry{Seq: clock, Why: "x"}, state.Responder, state.Forbidden},
		"a player amends what made the drill":    {state.AmendEntry{Seq: clock, Text: &text, Why: "x"}, state.Responder, state.Forbidden},
		"a player retracts their note":           {state.RetractEntry{Seq: note, Why: "x"}, state.Responder, ""},
		"a player retracts nothing":              {state.RetractEntry{Seq: 9999, Why: "x"}, state.Responder, state.NotFound},
		"a player ends the scenario":             {state.CloseIncident{}, state.Responder, state.Forbidden},
		"the facilitator ends it":                {state.CloseIncident{}, state.Facilitator, state.StillOpen},
	} {
		t.Run(name, func(t *testing.T) {
			stamp := state.Stamp{By: state.Actor{Name: "Ben", Via: "ssh"}, Guest: state.Guest{Name: "Ben", Key: "SHA256:x", Access: c.access}, Recorded: l.now, Zone: "+00:00 UTC"}
			_, err := state.Decide(l.inc, state.Action{Command: c.command}, stamp)
			got := state.Reason("")
			if refusal, ok := err.(*state.Refusal); ok {
				got = refusal.Reason
			}
			if got != c.want {
				t.Errorf("refused as %q (%v), want %q", got, err, c.want)
			}
		})
	}
}

// TestForbiddenIsForGood: no word overrides whose key it is.
func TestForbiddenIsForGood(t *testing.T) {
	l := newLedger(t, lookBook)
	stamp := state.Stamp{By: state.Actor{Name: "Ben", Via: "ssh"}, Recorded: l.now, Zone: "+00:00 UTC",
		Guest: state.Guest{Name: "Ben", Key: "SHA256:x", Access: state.Observer}}
	if _, err := state.Decide(l.inc, state.Action{Command: state.AddNote{Text: "x"}, Override: "I must"}, stamp); err == nil {
		t.Error("an observer recorded with an override")
	}
}
