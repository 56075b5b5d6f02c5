package state_test

import (
	"testing"
	"time"

	"muster/state"
)

// TestSamePersonInAnotherCase: a name in another case is nobody else, wherever an act
// needs another person, or the one who holds a role.
func TestSamePersonInAnotherCase(t *testing.T) {
	l := newLedger(t, `title = "T"
[[role]]
id = "commander"
title = "Commander"
[[service]]
id = "web"
title = "Web"
[[notice]]
id = "word"
approver = "commander"
text = "A word."
[[phase]]
title = "P"
[[phase.step]]
id = "twice"
title = "Twice"
two_person = true
`)
	l.do("Ada", state.AssignRole{Role: "commander", Person: "Ada Lovelace"})
	l.do("Ada", state.DraftNotice{Notice: "word"})
	if r := l.refusal("ada  LOVELACE", state.Action{Command: state.ApproveNotice{Notice: "word"}}); r != nil {
		t.Errorf("the commander may not approve: %v", r)
	}
	if r := l.refusal("Ben", state.Action{Command: state.ApproveNotice{Notice: "word"}}); r == nil {
		t.Error("Ben may approve in the commander's place")
	}
	if r := l.refusal("Ben", state.Action{Command: state.HandRole{Role: "commander", To: "ADA LOVELACE"}}); r == nil || r.Reason != state.AlreadySo {
		t.Errorf("the role is handed to who holds it: %v", r)
	}
	l.do("Ada", state.DoStep{Step: "twice"})
	if r := l.refusal("ADA", state.Action{Command: state.ConfirmStep{Step: "twice"}}); r == nil || r.Reason != state.SamePerson {
		t.Errorf("one person confirms what she did: %v", r)
	}
	l.do("Ada", state.SetService{Service: "web", State: state.Affected, Why: "x"})
	l.do("Ada", state.SetService{Service: "web", State: state.Restored, Why: "x"})
	if r := l.refusal(" ada ", state.Action{Command: state.SetService{Service: "web", State: state.Verified, Why: "x"}}); r == nil || r.Reason != state.SamePerson {
		t.Errorf("one person verifies what she restored: %v", r)
	}
}

// TestTheProgramSaysWhatItFinds: a clock whose time was up is said by the program, as of
// then, whoever types next; a person may take it back when the clock was wrong. Nobody
// acts under the program's name.
func TestTheProgramSaysWhatItFinds(t *testing.T) {
	l := newLedger(t, `title = "T"
[[role]]
id = "commander"
title = "Commander"
[[clock]]
id = "board"
title = "Board"
within = "10m"
starts = "incident.opened"
[[phase]]
title = "P"
[[phase.step]]
id = "only"
title = "Only"
`)
	l.do("Ada", state.AssignRole{Role: "commander", Person: "Ada"})
	due := l.inc.Clock("board").Due(time.UTC)
	l.now = l.now.Add(3 * time.Hour)
	seq := l.do("Ada", state.MissClock{Clock: "board", Due: due})
	e, _ := l.inc.Entry(seq)
	if e.By.Name != state.Muster || e.By.Role != "" || !e.When().Equal(due.Truncate(time.Second)) || e.Recorded.Before(due.Add(time.Hour)) {
		t.Errorf("by %+v, occurred %s, recorded %s; it was due at %s", e.By, e.Occurred, e.Recorded, due)
	}
	if told := l.inc.EntriesSince(seq - 1); len(told) != 1 {
		t.Errorf("a sitrep tells of %d of it", len(told))
	}
	l.do("Ada", state.RetractEntry{Seq: seq, Why: "the clock began later"})
	if l.inc.Clock("board").Missed != 0 {
		t.Error("what was taken back counts")
	}
	if r := l.refusal(" MUSTER", state.Action{Command: state.AddNote{Text: "it was not me"}}); r == nil || r.Field != "by" {
		t.Errorf("a person acts as the program: %v", r)
	}
	if r := l.refusal("Ada", state.Action{Command: state.AddNote{Text: "looked"}, Own: true}); r != nil {
		t.Errorf("the program may not say what it finds: %v", r)
	}
}
