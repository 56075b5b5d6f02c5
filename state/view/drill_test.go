package view

import (
	"testing"
	"time"

	"muster/runbooks"
	"muster/state"
)

const drillText = `title = "Story"
[[objective]]
id = "truth"
title = "Say what is so"
[[objective]]
id = "calm"
title = "Stay calm"
[[inject]]
id = "call"
at = "+0:01"
objective = "truth"
from = "Desk"
to = "all"
via = "phone"
text = "It is down."
[[inject]]
id = "press"
at = "+0:02"
from = "Press"
to = "all"
via = "mail"
text = "Is it?"
[[inject]]
id = "held"
at = "+0:03"
from = "Boss"
to = "all"
via = "mail"
text = "Well?"
`

// drill is an exercise with three planned injects and one of the moment.
func drill(t *testing.T) (*scribe, AAROptions) {
	t.Helper()
	scenario, problems := runbooks.ParseScenario("story.toml", []byte(drillText))
	if scenario == nil {
		t.Fatal(problems)
	}
	s := &scribe{t: t, now: day}
	doc := state.Document{ID: "intrusion", Source: "built in", SHA256: state.Sum([]byte(storyBook)), Text: storyBook}
	s.do("Kim", state.OpenIncident{ID: "2026-11-24-red-fox", Mode: state.Drill, Title: "A story", Program: "m", Runbook: doc,
		Scenario: &state.SealedScenario{ID: "story", Title: "Story", SHA256: state.Sum([]byte(drillText))}}) // 1
	s.do("Ada", state.AssignRole{Role: "commander", Person: "Ada"})   // 2
	s.do("Kim", state.SetExercise{Do: state.ExerciseStart, Speed: 1}) // 3
	deliver := func(id string) {
		in := scenario.Inject(id)
		s.do("Kim", state.DeliverInject{Inject: id, From: in.From, To: in.To, Via: in.Via, Text: in.Text})
	}
	deliver("call")                                                                                                  // 4
	s.do("Ada", state.AcknowledgeInject{Inject: "1", Note: "On it."})                                                // 5
	s.do("Ada", state.StartStep{Step: "look"})                                                                       // 6
	s.act("Ada", state.DoStep{Step: "look"}, time.Time{}, "enough")                                                  // 7
	deliver("press")                                                                                                 // 8
	s.do("Kim", state.HoldInject{Ref: s.inc.Exercise.Ref("held"), Why: "busy"})                                      // 9
	s.do("Kim", state.AddInject{From: "Kim", To: "all", Via: "note", Text: "And now?"})                              // 10
	s.do("Kim", state.RateObjective{Objective: "truth", Title: "Say what is so", Rating: state.Major, Note: "late"}) // 11
	s.do("Kim", state.AddObservation{Text: "Calm.", Mark: state.Strength, Objective: "truth"})                       // 12
	s.do("Kim", state.AddObservation{Text: "Earlier.", Mark: state.Improve})                                         // 13
	return s, AAROptions{Program: "m", Scenario: scenario, Text: []byte(drillText)}
}

// TestAfterActionSaysWhatCameOfIt: each inject with who answered and when, the ratings,
// and a plan of what was observed, rated badly, and never answered.
func TestAfterActionSaysWhatCameOfIt(t *testing.T) {
	s, opts := drill(t)
	a := NewAAR(s.inc, opts)
	facts(t, a, map[string]string{
		"draft": "true", "exercise": "true", "overview.ended": "left out", "overview.scenario": `"Story"`, "overview.runbook": `"Intrusion"`, "overview.participants.#": "2",
		"overview.participants.0.name": `"Kim"`, "overview.participants.0.facilitator": "true", "overview.participants.1.facilitator": "left out", "overview.participants.1.roles": `["Incident commander"]`,
		"sealed_scenario.matches": "true", "sealed_scenario.id": `"story"`, "overview.unnamed": "left out",
		"injects.#": "4", "injects.call.acknowledged_after_seconds": "60", "injects.call.acted_after_seconds": "120", "injects.press.acted_after_seconds": "left out", "injects.held.number": "left out",
		"strengths.#": "1", "strengths.0.text": `"Calm."`, "areas_to_improve.#": "1", "areas_to_improve.0.text": `"Earlier."`,
		"objectives.#": "2", "overrides.#": "1", "services.#": "2", "statements": "[]", "timeline.#": "13",
		"improvement_plan.#": "4", "improvement_plan.0.area": `"Earlier."`, "improvement_plan.1.from": `"rated M"`,
	})
	if r := a.Result; r.Delivered != 3 || r.Held != 1 || r.Skipped != 0 || r.AdHoc != 1 || r.Planned != 3 || len(r.Unanswered) != 2 || r.Acted.Count != 1 || r.Acked.Count != 1 {
		t.Errorf("the result is %+v", r)
	}
	facts(t, NewAAR(s.inc, AAROptions{Text: []byte("other")}), map[string]string{"sealed_scenario.matches": "false", "injects.#": "3", "overview.scenario": "left out"})
	facts(t, NewAAR(s.inc, AAROptions{}), map[string]string{"sealed_scenario.matches": "left out"})
	s.act("Kim", state.CloseIncident{Summary: "Pens down"}, time.Time{}, "it is a drill")
	facts(t, NewAAR(s.inc, opts), map[string]string{"draft": "left out", "overview.ended": `"2026-11-24T02:14:00Z"`, "overview.duration_seconds": "780"})
	nameless := s.without(func(uint64) state.Parts { return state.PartsOf(state.Names) })
	facts(t, NewAAR(nameless, opts), map[string]string{"overview.participants": "[]", "overview.unnamed.entries": "14", "overview.unnamed.via": `["local"]`})
}

// TestComparisonIsWithEarlierOnes: of the same runbook, by phases and steps that were done.
func TestComparisonIsWithEarlierOnes(t *testing.T) {
	earlier := story(t).inc
	s, opts := drill(t)
	opts.Others = []*state.Incident{nil, s.inc, earlier}
	facts(t, NewAAR(s.inc, opts).Comparison, map[string]string{
		"others.#": "1", "steps.look.this_seconds": "60", "steps.look.live": "1",
	})
	past := begun(t)
	past.inc.OpenedAt = past.inc.OpenedAt.Add(-time.Hour)
	past.do("Ben", state.StartStep{Step: "look"})
	past.act("Ben", state.DoStep{Step: "look"}, time.Time{}, "enough")
	opts.Others = []*state.Incident{past.inc}
	facts(t, NewAAR(s.inc, opts).Comparison, map[string]string{
		"others.#": "1", "others.0.runbook_version": `"1.2.0"`, "steps.#": "1", "steps.look.live": "1", "steps.look.live_median_seconds": "60", "steps.look.drills": "0", "phases.#": "2", "phases.detect.live": "1",
	})
}
