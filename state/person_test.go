package state_test

import (
	"strings"
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

// TestOneTerminal: what asks for another person is not done silently under another name
// at the same terminal, by the same account. With a reason it is, and is marked.
func TestOneTerminal(t *testing.T) {
	seat := state.Seat{Host: "box", Account: "root", Terminal: "pts/3", Login: "7"}
	other := seat
	other.Terminal = "pts/4"
	l := newLedger(t, `title = "T"
[[service]]
id = "web"
title = "Web"
[[notice]]
id = "word"
text = "A word."
[[phase]]
title = "P"
[[phase.step]]
id = "twice"
title = "Twice"
two_person = true
[[phase.step]]
id = "back"
title = "Back"
kind = "restore"
service = "web"
two_person = true
[[phase.step]]
id = "look"
title = "Look"
kind = "verify"
service = "web"
`)
	sit := func(name string, at state.Seat) { l.do(name, state.ActAt(at)) }
	sit("Ada", seat)
	if who, ok := l.inc.PersonAt(seat); !ok || who != "Ada" {
		t.Errorf("%q acts there", who)
	}
	if r := l.refusal(" ada", state.Action{Command: state.ActAt(seat)}); r == nil || r.Reason != state.AlreadySo {
		t.Errorf("Ada takes her own place: %v", r)
	}
	l.do("Ada", state.SetService{Service: "web", State: state.Affected, Why: "x"})
	l.do("Ada", state.DoStep{Step: "twice"})
	l.do("Ada", state.DoStep{Step: "back"})
	l.do("Ada", state.DraftNotice{Notice: "word"})
	sit("Ben", seat)
	needs := []state.Command{state.ConfirmStep{Step: "twice"}, state.ConfirmStep{Step: "back"}, state.DoStep{Step: "look"}, state.ApproveNotice{Notice: "word"}}
	for _, command := range needs {
		at := func(seat state.Seat, override string) (state.Entry, error) {
			stamp := state.Stamp{By: state.Actor{Name: "Ben", Via: "local"}, Seat: seat, Recorded: l.now, Zone: "+00:00 UTC"}
			return state.Decide(l.inc, state.Action{Command: command, Override: override}, stamp)
		}
		if _, err := at(other, ""); err != nil {
			t.Errorf("%T at another terminal: %v", command, err)
		}
		if _, err := at(state.Seat{}, ""); err != nil {
			t.Errorf("%T where no terminal is known: %v", command, err)
		}
		if r, ok := errOf(at(seat, "")).(*state.Refusal); !ok || r.Reason != state.SameSeat || !r.Overridable {
			t.Errorf("%T at the same terminal: %v", command, r)
		}
		e, err := at(seat, "Ada sits beside me")
		if err != nil {
			t.Fatalf("%T: %v", command, err)
		}
		if e, _, err = state.Seal(e); err != nil {
			t.Fatal(err)
		}
		if err := l.inc.Apply(e); err != nil {
			t.Fatal(err)
		}
		if text := l.inc.Describe(e); l.inc.Beside(e.Seq) != "Ada" || !strings.Contains(text, "at Ada's terminal") {
			t.Errorf("%T is not marked: %s", command, text)
		}
	}
	if at := l.inc.Service("web"); at.RestoredBy != "Ada" || at.State != state.Verified {
		t.Errorf("%+v", at)
	}
}

func errOf(_ state.Entry, err error) error { return err }

// TestTheRoleOfAnAct: the role recorded is the one that the act needs, if the person holds
// it; of an act that needs none it is the only one held, or none.
func TestTheRoleOfAnAct(t *testing.T) {
	l := newLedger(t, `title = "T"
[[role]]
id = "scribe"
title = "Scribe"
[[role]]
id = "commander"
title = "Commander"
[[role]]
id = "counsel"
title = "Counsel"
[[role]]
id = "press"
title = "Press"
[[notice]]
id = "law"
approver = "counsel"
text = "A word."
[[phase]]
title = "P"
[[phase.step]]
id = "tell"
title = "Tell"
kind = "notify"
notice = "law"
role = "press"
`)
	as := func(want string, command state.Command) {
		t.Helper()
		e, _ := l.inc.Entry(l.do("Ada", command))
		if e.By.Role != want {
			t.Errorf("%T is made as %q, and is of %q", command, e.By.Role, want)
		}
	}
	l.do("Ada", state.AssignRole{Role: "scribe", Person: "Ada"})
	as("scribe", state.AddNote{Text: "only one"})
	for _, role := range []string{"commander", "counsel", "press"} {
		l.do("Ada", state.AssignRole{Role: role, Person: "Ada"})
	}
	as("", state.AddNote{Text: "which?"})
	as("press", state.DraftNotice{Notice: "law"})
	as("counsel", state.ApproveNotice{Notice: "law"})
	if len(state.Alone(l.inc)) != 0 {
		t.Error("a text that was not sent was sent by one person")
	}
	as("press", state.SendNotice{Notice: "law", Channel: "telephone"})
	as("press", state.StartStep{Step: "tell"})
	as("commander", state.HandRole{Role: "commander", To: "Ben"})
	if alone := state.Alone(l.inc); len(alone) != 1 || alone[0].ID != "law" {
		t.Errorf("one person drafted, approved and sent %v", alone)
	}
	l.do("Ben", state.SendNotice{Notice: "law", Channel: "mail"})
	if len(state.Alone(l.inc)) != 0 {
		t.Error("another sent it, too")
	}
}

// TestARoleIsGivenToWhoIsKnown: a name in another case is the same person, and is written as
// the incident has it.
func TestARoleIsGivenToWhoIsKnown(t *testing.T) {
	l := newLedger(t, "title = \"Roles\"\n[[role]]\nid = \"commander\"\n[[phase]]\ntitle = \"One\"\n[[phase.step]]\ntitle = \"Look\"\n")
	l.do("Ada", state.AssignRole{Role: "commander", Person: "ADA"})
	if person := l.inc.Role("commander").Person; person != "Ada" {
		t.Errorf("the commander is written as %q", person)
	}
	l.do("Ada", state.AssignRole{Role: "commander", Person: "Ben"})
	if person := l.inc.Role("commander").Person; person != "Ben" {
		t.Errorf("the commander is %q", person)
	}
}
