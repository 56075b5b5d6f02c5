package view

import (
	"slices"
	"testing"
	"time"

	"muster/state"
)

const turnsBook = `title = "T"
[[input]]
id = "aware"
type = "time"
[[input]]
id = "nis2"
type = "bool"
[[input]]
id = "fine"
type = "bool"
[[role]]
id = "commander"
title = "Commander"
[[service]]
id = "web"
title = "Web"
[[service]]
id = "db"
title = "Database"
[[clock]]
id = "early"
clock = "nis2-early-warning"
starts = "answer:nis2=yes"
from = "answer:aware"
[[notice]]
id = "word"
text = "{{ .Answers.fine }}"
[[phase]]
title = "P"
[[phase.step]]
title = "S"
`

// TestKeyEventsOfTurns: that another person commands is a key event, and not the offer alone; so are a
// correction of what a sent statement rests on, and the answers by which a clock of the law starts, or
// is in doubt. What nobody has relied on is none.
func TestKeyEventsOfTurns(t *testing.T) {
	s := &scribe{t: t, now: day}
	doc := state.Document{ID: "t", Source: "built in", SHA256: state.Sum([]byte(turnsBook)), Text: turnsBook}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Title: "x", Inputs: map[string]string{"nis2": "no", "fine": "yes"}, Program: "muster 0.1.0", Runbook: doc})
	set := func(service string, to state.ServiceState) uint64 {
		return s.do("Ada", state.SetService{Service: service, State: to, Why: "seen"})
	}
	s.do("Ada", state.AssignRole{Role: "commander", Person: "Ada"})
	offer := s.do("Ada", state.HandRole{Role: "commander", To: "Ben"})
	taken := s.do("Ben", state.AcknowledgeRole{Role: "commander"})
	yes := s.do("Ben", state.AnswerInputs{Values: map[string]string{"nis2": "yes"}})
	again := s.do("Ben", state.AnswerInputs{Values: map[string]string{"nis2": "yes"}})
	no := s.act("Ben", state.AnswerInputs{Values: map[string]string{"nis2": "no"}}, time.Time{}, "counsel")
	web, db := set("web", state.Affected), set("db", state.Suspect)
	s.do("Ben", state.DraftNotice{Notice: "word", Claims: []state.Claim{{Service: "web", State: state.Affected}}})
	s.act("Ben", state.SendNotice{Notice: "word", Channel: "press", How: "by hand"}, time.Time{}, "now")
	fine := s.do("Ben", state.AnswerInputs{Values: map[string]string{"fine": "no"}})
	text := "otherwise"
	corrected := s.do("Ada", state.AmendEntry{Seq: web, Text: &text, Why: "a slip"})
	other := s.do("Ada", state.RetractEntry{Seq: db, Why: "a slip"})
	later := s.do("Ada", state.RetractEntry{Seq: fine, Why: "it was after the statement"})
	given := s.do("Ben", state.AssignRole{Role: "commander", Person: "Dan"})
	offered := s.do("Dan", state.HandRole{Role: "commander", To: "Cleo"})
	keys := New(s.inc, Options{}).Keys
	for name, want := range map[string]struct {
		seq uint64
		is  bool
	}{
		"the offer that was taken": {offer, false}, "that it was taken": {taken, true}, "that it was given": {given, true}, "an offer that nobody took": {offered, true},
		"the answer that starts a clock": {yes, true}, "the same again": {again, false}, "the answer that puts it in doubt": {no, true},
		"a correction of what was said": {corrected, true}, "one of another service": {other, false}, "one of an answer that came later": {later, false},
	} {
		if got := slices.ContainsFunc(keys, func(k KeyEvent) bool { return k.Seq == want.seq }); got != want.is {
			t.Errorf("%s, entry %d, is a key event: %t", name, want.seq, got)
		}
	}
	for seq, want := range map[uint64]bool{web: true, db: false, fine: false, taken: false, 0: false, 99: false} {
		if got := state.RestedOn(s.inc, seq); got != want {
			t.Errorf("what was sent rests on entry %d: %t", seq, got)
		}
	}
}
