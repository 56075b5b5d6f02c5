package view

import (
	"strings"
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
		"injects.#": "4", "injects.call.acknowledged_after_seconds": "60", "injects.call.next_act_after_seconds": "120", "injects.call.answered_after_seconds": "left out", "injects.press.next_act_after_seconds": "left out", "injects.held.number": "left out",
		"strengths.#": "1", "strengths.0.text": `"Calm."`, "areas_to_improve.#": "1", "areas_to_improve.0.text": `"Earlier."`,
		"objectives.#": "2", "overrides.#": "1", "services.#": "2", "statements": "[]", "timeline.#": "13",
		"improvement_plan.#": "4", "improvement_plan.0.area": `"Earlier."`, "improvement_plan.1.from": `"rated M by Kim, entry 11"`,
	})
	if r := a.Result; r.Delivered != 3 || r.Held != 1 || r.Skipped != 0 || r.AdHoc != 1 || r.Planned != 3 || len(r.Silent) != 2 || r.Answered.Count != 0 || r.Acked.Count != 1 {
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

// TestDrillStandsForItsFacilitator: the scenario's injects as they fell due or were
// delivered, those of the moment after them, what the players did since, the ratings.
func TestDrillStandsForItsFacilitator(t *testing.T) {
	s, opts := drill(t)
	s.do("Ada", state.AddNote{Text: "on it"})
	of := func(s *scribe, inc *state.Incident, opts AAROptions) Drill {
		t.Helper()
		d, err := DrillOf(inc, opts.Scenario, s.now)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	facts(t, of(s, s.inc, opts), map[string]string{
		"id": `"2026-11-24-red-fox"`, "scenario": `"Story"`, "clock": `{"elapsed_seconds":660,"running":true,"speed":1,"started":true,"time":"+0:11"}`,
		"injects.#": "4", "injects.call": `{"acknowledged_after":"+0:01","delivered":"+0:01","id":"call","next_act_after":"+0:02","next_act_of":"any player","number":1,"scenario_number":1,"status":"delivered","title":"It is down.","to":"all"}`,
		"injects.held.status": `"held"`, "injects.held.planned": `"+0:03"`, "injects.held.number": "left out", "injects.held.answered_after": "left out",
		"injects.press.next_act_after": `"+0:06"`, "injects.press.answered_after": "left out", "injects.3": `{"delivered":"+0:07","id":"adhoc-1","next_act_after":"+0:04","next_act_of":"any player","number":3,"status":"delivered","title":"And now?","to":"all"}`,
		"since.#": "1", "since.0.seq": "14", "since.0.data.text": `"on it"`, "objectives": `[{"id":"truth","ratings":[{"by":"Kim","rating":"M"}],"title":"Say what is so"},{"id":"calm","ratings":[],"title":"Stay calm"}]`,
	})
	facts(t, of(s, s.inc, AAROptions{}), map[string]string{"scenario": "left out", "injects.#": "1", "objectives": "[]", "since.#": "1"})
	quiet, opts := drill(t)
	facts(t, of(quiet, quiet.inc, opts), map[string]string{"injects.press.next_act_after": "left out", "injects.call.acknowledged_after": `"+0:01"`, "since": "[]"})
	if in := of(s, s.inc, opts).Injects; in[0].When() != "+0:01" || in[1].When() != "+0:03" {
		t.Errorf("they are due at %s and %s", in[0].When(), in[1].When())
	}
	bookless := s.without(func(uint64) state.Parts { return state.PartsOf(state.Procedure) })
	for _, in := range of(s, bookless, AAROptions{}).Injects {
		if in.NextAct != nil && *in.NextAct == "" && in.Status != state.InjectIsOut {
			t.Errorf("%+v", in)
		}
	}
}

// TestAfterActionCountsWhatEachDid: entries a person, exercise time to the closing and
// not beyond it, each inject and objective with what belongs to it.
func TestAfterActionCountsWhatEachDid(t *testing.T) {
	s, opts := drill(t)
	s.act("Kim", state.CloseIncident{Summary: "Pens down"}, time.Time{}, "it is a drill")
	s.do("Ada", state.AddNote{Text: "afterwards"})
	a := NewAAR(s.inc, opts)
	facts(t, a, map[string]string{
		"overview.participants.0.entries": "10", "overview.participants.1.entries": "5", "overview.exercise_time": `"+0:11"`, "zone": "left out",
		"objectives.truth.injects": "[1]", "objectives.truth.ratings": `[{"by":"Kim","note":"late","rating":"M","rating_words":"performed with major challenges","seq":11}]`, "objectives.truth.strengths.#": "1", "objectives.truth.areas_to_improve": "[]", "objectives.calm.injects": "[]", "objectives.calm.ratings": "[]",
		"injects.call.next_act.seq": "6", "injects.call.acknowledged_with": `"On it."`, "injects.held.why": `"busy"`, "injects.held.planned": `"+0:03"`, "injects.adhoc-1.title": `"And now?"`, "injects.adhoc-1.planned": "left out",
		"overrides.0.what": `"done 1.1 Look at the alarm — OVERRIDE of unticked: \"enough\""`, "overrides.0.exercise_time": `"+0:04"`, "timeline.0.inject": "left out", "timeline.3.inject": "true",
		"result.ratings": `{"":1,"M":1}`, "result.steps.done": "1", "result.exercise_clock": "true", "result.nothing_recorded": "[2,3]", "injects.press.next_act_after_seconds": "left out", "result.answered.count": "0",
	})
	s, opts = drill(t)
	facts(t, NewAAR(s.inc, opts), map[string]string{"result.nothing_recorded": "[2,3]", "improvement_plan.2.area": `"Is it?"`, "improvement_plan.2.from": `"inject 2, after which nothing was recorded by whom it was to"`, "overview.exercise_time": `"+0:10"`, "result.exercise_clock": "true"})
	bookless := s.without(func(uint64) state.Parts { return state.PartsOf(state.Procedure) })
	facts(t, NewAAR(bookless, opts), map[string]string{
		"overview.runbook": `"intrusion, whose text is withheld"`, "services": "null", "result.nothing_recorded": "null", "injects.call.next_act": "left out", "injects.call.next_act_after_seconds": "left out", "improvement_plan.#": "2",
	})
	nameless := s.without(func(uint64) state.Parts { return state.PartsOf(state.Names) })
	facts(t, NewAAR(nameless, opts), map[string]string{"overview.unnamed.roles": `["commander"]`, "overview.unnamed.entries": "13"})
	noteless := s.without(func(uint64) state.Parts { return state.PartsOf(state.Notes) })
	facts(t, NewAAR(noteless, AAROptions{}), map[string]string{"objectives.#": "1", "objectives.truth.title": `"truth"`, "objectives.truth.ratings.0.rating": `"M"`})
	facts(t, NewAAR(s.inc, AAROptions{}), map[string]string{"objectives.#": "1", "objectives.truth.title": `"Say what is so"`, "result.planned": "0", "result.ad_hoc": "0"})
}

// TestAfterActionJudgesWhatWasSaid: what was over-claimed comes first, then in the order
// of sending; only the last sending is stale; what was retracted is no override.
func TestAfterActionJudgesWhatWasSaid(t *testing.T) {
	s := story(t)
	s.do("Ben", state.SetService{Service: "db", State: state.Affected, Why: "again"})                                             // 37
	s.do("Ada", state.SendNotice{Notice: "back", Channel: "mail"})                                                                // 38: it corrects 22
	s.do("Ada", state.DraftNotice{Notice: "never", Text: "Fine.", Claims: []state.Claim{{Service: "db", State: state.Restored}}}) // 39
	s.act("Ada", state.SendNotice{Notice: "never", Channel: "website"}, time.Time{}, "the board insists")                         // 40
	s.act("Ada", state.SendNotice{Notice: "never", Channel: "mail"}, time.Time{}, "the board insists")                            // 41
	wrong := s.act("Ben", state.DoStep{Step: "four"}, time.Time{}, "forced")
	s.do("Ben", state.RetractEntry{Seq: wrong, Why: "a slip"})
	a := NewAAR(s.inc, AAROptions{})
	facts(t, a, map[string]string{
		"statements.#": "4", "statements.0.title": `"Never said"`, "statements.0.entry.seq": "40", "statements.1.entry.seq": "41", "statements.2.entry.seq": "22", "statements.3.entry.seq": "38",
		"statements.0.stale": "[]", "statements.0.not_true_when_sent.#": "1", "statements.1.stale.#": "1", "statements.2.not_true_when_sent": "[]", "statements.0.override": `"the board insists"`, "statements.3.override": "left out",
		"services.0.state": `"affected"`, "services.0.said": `"restored"`, "services.0.differs": "true", "services.1.said": "left out", "services.1.differs": "false",
	})
	for _, line := range a.Overrides {
		if line.Seq == wrong {
			t.Error("an override that was retracted counts")
		}
	}
	retracted := 0
	for _, line := range a.Timeline {
		if strings.HasPrefix(line.What, "(retracted by entry ") {
			retracted++
		}
	}
	if retracted != 2 {
		t.Errorf("%d entries of the timeline were retracted", retracted)
	}
}
