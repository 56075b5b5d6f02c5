package view

import (
	"encoding/json"
	"testing"
	"time"

	"muster/state"
)

// TestWhatEndedStandsAtItsEnd: a closed incident that is opened years later says of
// what ran at its end the same as in the moment after it; one that is open goes on.
func TestWhatEndedStandsAtItsEnd(t *testing.T) {
	s := story(t)
	if len(NewSitrep(s.inc, SitrepOptions{Now: s.now}).Clocks) == 0 {
		t.Fatal("no clock runs, so that this shows nothing")
	}
	said := func(now time.Time) string {
		sitrep := NewSitrep(s.inc, SitrepOptions{Now: now})
		sitrep.At = time.Time{}
		text, err := json.Marshal([]any{StatusOf(s.inc, now), sitrep.Clocks, sitrep.Promises})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	later := s.now.AddDate(6, 0, 0)
	if said(s.now) == said(later) {
		t.Error("what is open does not go on")
	}
	s.act("Ada", state.CloseIncident{Summary: "Over"}, time.Time{}, "enough")
	if at, then := said(s.inc.Closed.When), said(later); at != then {
		t.Errorf("at its end it said %s\nand six years later %s", at, then)
	}
	if got := s.inc.Until(later); !got.Equal(s.inc.Closed.When) {
		t.Errorf("it runs until %v", got)
	}
}
