package view

import (
	"testing"
	"time"

	"muster/state"
)

// TestAMilestoneSaidBeforeItWas: a time that came only after its entry was written is marked,
// and nothing is counted to it; one that was past is not.
func TestAMilestoneSaidBeforeItWas(t *testing.T) {
	s := begunWith(t, awareBook)
	s.do("Ada", state.AnswerStep{Step: "when", Values: map[string]string{"aware": s.now.Add(-time.Hour).Format(time.RFC3339)}})
	aware := func() Milestone {
		for _, m := range New(s.inc, Options{}).Milestones {
			if m.What == AwareAt {
				return m
			}
		}
		t.Fatal("not told")
		return Milestone{}
	}
	if m := aware(); m.Said != nil || m.Took == nil {
		t.Errorf("it was past: %+v", m)
	}
	e := &s.inc.Log[1]
	e.Recorded = e.Recorded.Add(-21 * time.Hour)
	if m := aware(); m.Said == nil || !m.Said.Equal(e.Recorded) || m.Took != nil {
		t.Errorf("it was said before it was: %+v", m)
	}
}

// TestASitrepKnowsNoStateThatIsOver: what somebody found of a service is not among what is
// known once the service was set otherwise.
func TestASitrepKnowsNoStateThatIsOver(t *testing.T) {
	s := begunWith(t, awareBook)
	s.do("Ada", state.AnswerStep{Step: "check/web", Option: "suspect"})
	known := func() int { return len(NewSitrep(s.inc, SitrepOptions{Now: s.now}).Known) }
	if known() != 1 {
		t.Errorf("%d known, want the check of the web", known())
	}
	s.do("Ada", state.SetService{Service: "web", State: state.Unaffected, Why: "looked at"})
	if known() != 0 {
		t.Error("that it is suspect is not known any more")
	}
}

const awareBook = `title = "Book"
[[service]]
id = "web"
title = "Web"
[[phase]]
title = "One"
[[phase.step]]
id = "when"
title = "When"
ask = [{ id = "aware", prompt = "Aware", type = "time" }]
[[phase.step]]
id = "check"
kind = "decision"
each = "services"
title = "Check {{ .Service.Title }}"
options = [{ id = "suspect", title = "Not sure yet", state = "suspect" }, { id = "fine", title = "Fine", state = "unaffected" }]
`
