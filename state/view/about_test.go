package view

import (
	"testing"

	"muster/state"
)

// TestWhatAnEntryIsAbout: an entry says in a field each of what it tells, by the names that
// people call things by, and nothing of what it does not tell.
func TestWhatAnEntryIsAbout(t *testing.T) {
	s := story(t)
	s.do("Ada", state.MeetClock{Clock: "filing", Why: "filed"})                       // 37
	s.do("Ada", state.DraftNotice{Notice: "back", Text: "It is back."})               // 38
	s.do("Ada", state.ApproveNotice{Notice: "back", Version: 2})                      // 39
	s.do("Ada", state.CallContact{Title: "Ann of the board", Outcome: state.Reached}) // 40
	s.do("Ben", state.AddService{Service: "mail", Title: "Mail", Tier: 2})            // 41
	for seq, want := range map[uint64]About{
		1:  {},
		2:  {Holder: "Ada"},
		3:  {},
		6:  {},
		10: {Service: "Database", State: "affected"},
		19: {File: "fw.png", SHA256: state.Sum([]byte("fw")).String()},
		20: {Notice: "Holding statement", Version: 1},
		21: {Notice: "Holding statement", Version: 1, Channel: "website"},
		22: {Notice: "Holding statement", Version: 1, Channel: "mail", To: "members"},
		23: {Service: "Database", State: "unaffected"},
		25: {Service: "Website"},
		26: {Contact: "National CERT", Outcome: "call-back", Channel: "tel:+44"},
		27: {Contact: "The bank", Outcome: "reached"},
		28: {Clock: "Filing"},
		29: {Clock: "Tell the board"},
		30: {},
		33: {Holder: "Cleo"},
		36: {To: "the board"},
		37: {Clock: "Filing"},
		38: {Notice: "It is back", Version: 2},
		39: {Notice: "It is back", Version: 2},
		40: {Contact: "Ann of the board", Outcome: "reached"},
		41: {Service: "Mail"},
	} {
		if got := AboutOf(s.inc, &s.inc.Log[seq-1]); got != want {
			t.Errorf("entry %d is about %+v, and should be about %+v", seq, got, want)
		}
	}
	bare := s.without(func(seq uint64) state.Parts { return state.PartsOf(state.Evidence) })
	if got := AboutOf(bare, &bare.Log[18]); got.SHA256 != "" {
		t.Errorf("of evidence that is withheld the hash is %q", got.SHA256)
	}
}

// TestWhereAStepMovesItsService: a step for a service leads to a state when it is settled, not
// before: a decision by its option, another when it is done, one for two persons when the second
// has confirmed it.
func TestWhereAStepMovesItsService(t *testing.T) {
	s := story(t)
	s.do("Ben", state.SetService{Service: "web", State: state.Affected, Why: "so it is"})
	var down *state.Step
	for i := range s.inc.Steps {
		if one := &s.inc.Steps[i]; one.Service == "web" {
			down = one
		}
	}
	if down == nil {
		t.Fatal("no step is for the website")
	}
	done := s.do("Ben", state.DoStep{Step: down.ID})
	if got := AboutOf(s.inc, &s.inc.Log[done-1]); got.Service != "Website" || got.State != string(state.ShutDown) {
		t.Errorf("shutting it down is about %+v", got)
	}
	two := *down
	def := *down.Def
	def.TwoPerson, two.Def = true, &def
	const to = state.ShutDown
	for _, c := range []struct {
		of   *state.Step
		data state.Data
		want state.ServiceState
	}{
		{down, &state.StepDone{}, to},
		{&two, &state.StepDone{}, ""},
		{&two, &state.StepConfirmed{}, to},
		{down, &state.StepStarted{}, ""},
		{down, &state.StepAnswered{}, ""},
	} {
		if got := Moves(c.of, c.data); got != c.want {
			t.Errorf("%T of a step for two persons (%v) moves its service to %q, not %q", c.data, c.of.Def.TwoPerson, got, c.want)
		}
	}
}
