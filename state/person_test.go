package state_test

import (
	"testing"

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
