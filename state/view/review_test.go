package view

import (
	"testing"
	"time"

	"muster/state"
)

// TestReviewIsWhatPeopleFound: what went well and what did not, the last cause that was stated, and
// each action with where it stands; of a copy, that there may be more.
func TestReviewIsWhatPeopleFound(t *testing.T) {
	s := begun(t)
	facts(t, ReviewOf(s.inc), map[string]string{"went_well": "[]", "did_not_go_well": "[]", "root_cause": "left out", "actions": "[]", "not_known": "left out"})
	s.do("Ada", state.AddObservation{Text: "We met at once.", Mark: state.Strength}) // 2
	s.do("Ada", state.AddObservation{Text: "No list.", Mark: state.Improve})         // 3
	s.do("Ada", state.StateCause{Text: "A guess."})                                  // 4
	cause := s.do("Ben", state.StateCause{Text: "An old server.", Factors: []string{"no list", "no time"}})
	s.do("Ada", state.PlanAction{What: "Make a list", Owner: "Cleo", Due: "2026-12-24"}) // 6
	second := s.do("Ada", state.PlanAction{What: "Buy a server"})
	s.do("Cleo", state.FinishAction{Action: second, Note: "bought"}) // 8
	want := map[string]string{
		"went_well.#": "1", "went_well.0.text": `"We met at once."`, "did_not_go_well.#": "1", "did_not_go_well.0.text": `"No list."`, "did_not_go_well.0.seq": "3",
		"root_cause": `{"at":"2026-11-24T02:05:00Z","by":"Ben","factors":["no list","no time"],"seq":5,"text":"An old server."}`,
		"actions.#":  "2", "actions.0.number": "1", "actions.0.owner": `"Cleo"`, "actions.0.due": `"2026-12-24"`, "actions.0.done": "left out",
		"actions.1.number": "2", "actions.1.done": `"2026-11-24T02:08:00Z"`, "actions.1.done_by": `"Cleo"`, "actions.1.note": `"bought"`, "not_known": "left out",
	}
	facts(t, ReviewOf(s.inc), want)
	reviewed := ReviewedOf(s.inc)
	facts(t, reviewed, map[string]string{"id": `"2026-11-24-amber-heron"`, "review.actions.#": "2"})
	actions := reviewed.Review.Actions
	for _, c := range []struct {
		action int
		today  time.Time
		want   string
	}{
		{0, time.Date(2026, 12, 23, 0, 0, 0, 0, time.UTC), "open"},
		{0, time.Date(2026, 12, 24, 23, 0, 0, 0, time.UTC), "open"}, // it has the whole day
		{0, time.Date(2026, 12, 25, 0, 0, 0, 0, time.UTC), "OVERDUE"},
		{1, time.Date(2027, 12, 25, 0, 0, 0, 0, time.UTC), "done"},
	} {
		if got := actions[c.action].State(c.today); got != c.want {
			t.Errorf("action %d is %q on %s, not %q", c.action+1, got, c.today.Format(time.DateOnly), c.want)
		}
	}
	if open := (&ReviewAction{}).State(day); open != "open" {
		t.Errorf("an action that is due on no day is %q", open)
	}
	only := func(parts state.Parts, of uint64) *state.Incident {
		return s.without(func(seq uint64) state.Parts {
			if seq == of {
				return parts
			}
			return 0
		})
	}
	facts(t, ReviewOf(only(state.PartsOf(state.Notes), cause)), map[string]string{"root_cause.text": `"(withheld)"`, "root_cause.factors": "null", "not_known": "left out"})
	facts(t, ReviewOf(only(state.AllParts, 2)), map[string]string{"not_known": "true", "went_well": "[]"})
	facts(t, ReviewOf(only(state.AllParts, 1)), map[string]string{"not_known": "left out"})
}

// TestVouchersOfAllKinds: who was told a head, and which authority stamped it, each with the head
// that it goes up to, in the order of the log.
func TestVouchersOfAllKinds(t *testing.T) {
	s := begun(t)
	head := s.inc.Head.Hash
	stamp := func(authority string) {
		s.do("Ada", state.RecordStamp{Head: head, Time: s.now.Add(time.Minute), Authority: authority, Name: "stamp.tsr", SHA256: state.Sum([]byte(authority + "!")), Size: 10})
	}
	stamp("An authority") // 2
	s.do("Ben", state.RecordWitness{Witness: "the bank", How: "telephone"})
	stamp("")
	facts(t, vouchers(s.inc), map[string]string{
		"#": "3", "0.authority": `"An authority"`, "0.stamped_at": `"2026-11-24T02:02:00Z"`, "0.entry": "1", "0.code": `"` + head.Code() + `"`, "0.seq": "2", "0.by": `"Ada"`, "0.witness": "left out",
		"1.witness": `"the bank"`, "1.how": `"telephone"`, "1.stamped_at": "left out", "1.seq": "3", "2.authority": `"an authority that does not say its name"`, "2.seq": "4",
	})
}
