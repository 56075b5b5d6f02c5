package view

import (
	"slices"
	"testing"
	"time"

	"muster/state"
)

// saidBook is a runbook whose statement rests on an answer, and which has no service.
const saidBook = `title = "Said"
version = "1.0.0"
[[input]]
id = "count"
prompt = "How many?"
[[notice]]
id = "said"
title = "How many"
text = "{{ .Answers.count }} people."
[[notice]]
id = "quiet"
title = "Nothing"
text = "Nothing."
[[phase]]
id = "p"
title = "Phase"
[[phase.step]]
id = "first"
title = "First"
`

// TestHistoryOfWhatRestedOnAnAnswer: from the entry that changed the answer to the one
// that changed it back, each time apart; a copy without answers ends nothing.
func TestHistoryOfWhatRestedOnAnAnswer(t *testing.T) {
	s := begunWith(t, saidBook)
	s.do("Ada", state.AnswerInputs{Values: map[string]string{"count": "5"}})          // 2
	s.do("Ada", state.DraftNotice{Notice: "said"})                                    // 3
	s.do("Ada", state.SendNotice{Notice: "said", Channel: "mail"})                    // 4
	s.do("Ada", state.AnswerInputs{Values: map[string]string{"count": "7"}})          // 5
	s.do("Ada", state.AddNote{Text: "hm"})                                            // 6
	s.do("Ada", state.AnswerInputs{Values: map[string]string{"count": "5"}})          // 7
	wrong := s.do("Ada", state.AnswerInputs{Values: map[string]string{"count": "8"}}) // 8
	s.do("Ada", state.AnswerInputs{Values: map[string]string{"count": "9"}})          // 9
	facts(t, New(s.inc, Options{}), map[string]string{
		"notices.said.untrue.#": "3", "notices.said.untrue.0.from": `"2026-11-24T02:05:00Z"`, "notices.said.untrue.0.seq": "5", "notices.said.untrue.0.until": `"2026-11-24T02:07:00Z"`, "notices.said.untrue.0.until_seq": "7",
		"notices.said.untrue.1.seq": "8", "notices.said.untrue.1.until_seq": "9", "notices.said.untrue.2.seq": "9", "notices.said.untrue.2.until": "left out", "notices.said.untrue.2.until_seq": "left out", "notices.quiet.untrue": "[]", "notices.said.truth_lacks": "[]",
	})
	s.do("Ada", state.RetractEntry{Seq: wrong, Why: "misread"}) // 10
	s.do("Ada", state.DoStep{Step: "first"})                    // 11: it goes on being untrue, and is one time still
	facts(t, New(s.inc, Options{}), map[string]string{"notices.said.untrue.#": "2", "notices.said.untrue.1.seq": "9"})
	for _, parts := range []state.Parts{state.PartsOf(state.Notes), state.AllParts} {
		copied := s.without(func(seq uint64) state.Parts {
			if seq == 7 {
				return parts
			}
			return 0
		})
		facts(t, New(copied, Options{}), map[string]string{"notices.said.truth_lacks": `["answers"]`, "notices.said.untrue.0.until_seq": "9"})
	}
}

// TestWhatIsUntoldIsSaidOnce: services before answers, whenever each was lacking.
func TestWhatIsUntoldIsSaidOnce(t *testing.T) {
	for _, c := range []struct {
		untold []string
		want   bool
	}{{nil, false}, {[]string{"answers"}, false}, {[]string{"services"}, true}, {[]string{"services", "answers"}, true}, {[]string{"statements"}, true}} {
		if got := UntoldClaims(c.untold); got != c.want {
			t.Errorf("of %v: %v", c.untold, got)
		}
	}
	s := story(t)
	s.do("Ada", state.DraftNotice{Notice: "never", Text: "Fine.", Claims: []state.Claim{{Service: "db", State: state.Unaffected}}})
	s.do("Ada", state.SendNotice{Notice: "never", Channel: "mail"})
	s.do("Ben", state.SetService{Service: "db", State: state.Affected, Why: "again"}) // 39
	copied := s.without(func(seq uint64) state.Parts {
		if seq == 39 {
			return state.AllParts
		}
		return 0
	})
	p := pastOf(copied)
	if got := p.untold["never"]; len(got) == 0 || len(slices.Compact(slices.Sorted(slices.Values(got)))) != len(got) {
		t.Errorf("it lacks %v", got)
	}
	q := past{untold: map[string][]string{"never": {"answers"}}}
	q.seeUntold(copied, copied.Notice("never"))
	q.seeUntold(copied, copied.Notice("never"))
	if got := q.untold["never"]; !slices.Equal(got, []string{"services", "answers"}) {
		t.Errorf("it lacks %v", got)
	}
}

// TestWhatCountsOfAnEntry: what was retracted, and a correction, count for nothing; what
// was amended counts as it was amended.
func TestWhatCountsOfAnEntry(t *testing.T) {
	s := begun(t)
	moved := day.Add(-time.Minute)
	set := s.do("Ben", state.SetService{Service: "db", State: state.Affected, Why: "renamed"})
	amend := s.do("Ben", state.AmendEntry{Seq: set, Occurred: &moved, Why: "earlier"})
	slip := s.do("Ben", state.SetService{Service: "web", State: state.Affected, Why: "slip"})
	back := s.do("Ben", state.RetractEntry{Seq: slip, Why: "slip"})
	for _, c := range []struct {
		seq    uint64
		counts bool
	}{{set, true}, {amend, false}, {slip, false}, {back, false}} {
		e := counting(s.inc, s.inc.Log[c.seq-1])
		if (e.Data != nil) != c.counts || e.Seq != c.seq {
			t.Errorf("entry %d counts as %+v", c.seq, e)
		}
	}
	facts(t, New(s.inc, Options{}), map[string]string{"services.db.history": `[{"at":"2026-11-24T01:59:00Z","by":"Ben","seq":2,"to":"affected","why":"renamed"}]`, "services.web.history": "[]"})
}
