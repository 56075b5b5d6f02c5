package state_test

import (
	"strings"
	"testing"
	"time"

	"muster/state"
)

const oneTwice = `title = "T"
[[role]]
id = "commander"
title = "Commander"
[[service]]
id = "web"
title = "Web"
[[phase]]
title = "P"
[[phase.step]]
id = "twice"
title = "Twice"
two_person = true
`

// TestNamesThatLookAlike: a name that looks like one that is known is no second person, until
// somebody says that it is; other names are.
func TestNamesThatLookAlike(t *testing.T) {
	for name, looks := range map[string]bool{
		"\u0410nn": true, "A nn": true, "Ann.": true, "\uff21\uff4e\uff4e": true, "A\u200cnn": true, "\u0391nn": true, "\u00c1nn": true, "Ann-": true,
		"Anna": false, "Hann": false, "Nan": false, "\u0410\u043d\u043d\u0430": false, "Ben": false, "\u5b89": false,
	} {
		l := newLedger(t, oneTwice)
		l.do("Ann", state.DoStep{Step: "twice"})
		for what, command := range map[string]state.Command{"a note": state.AddNote{Text: "here"}, "confirming": state.ConfirmStep{Step: "twice"}} {
			r := l.refusal(name, state.Action{Command: command})
			switch {
			case name == "A\u200cnn" && r != nil && !r.Overridable: // it cannot be seen, and is refused for good
			case looks && (r == nil || r.Reason != state.LooksAlike || r.Field != "by" || !r.Overridable || len(r.Also) > 0):
				t.Errorf("%s by %q: %v", what, name, r)
			case !looks && r != nil:
				t.Errorf("%s by %q is refused: %v", what, name, r)
			}
		}
		if r := l.refusal("Ann", state.Action{Command: state.AssignRole{Role: "commander", Person: name}}); looks != (r != nil) {
			t.Errorf("a role for %q: %v", name, r)
		}
		if r := l.refusal("Ann", state.Action{Command: state.AddNote{Text: "mine"}}); r != nil {
			t.Errorf("who was there first: %v", r)
		}
	}
}

// TestToldApart: whoever says that a name is another person's says it once; a word that was said
// of something else does not.
func TestToldApart(t *testing.T) {
	l := newLedger(t, oneTwice)
	const other = "\u0410nn"
	l.do("Ann", state.DoStep{Step: "twice"})
	if r := l.refusal(other, state.Action{Command: state.AddNote{Text: "x"}}); !strings.Contains(r.Text, "(with U+0410) looks like “Ann”, who acts in this incident") {
		t.Error(r.Text)
	}
	seq := l.over(other, state.AddNote{Text: "I am Anna of the night shift"}, "another Ann")
	if e, _ := l.inc.Entry(seq); e.Override == nil || e.Override.Of[0] != state.LooksAlike {
		t.Fatalf("%+v", e.Override)
	}
	if r := l.refusal(other, state.Action{Command: state.ConfirmStep{Step: "twice"}}); r != nil {
		t.Errorf("told apart, and %v", r)
	}
	if pairs, told := state.Alike(l.inc); len(pairs) != 1 || pairs[0] != [2]string{"Ann", other} || !told[0] {
		t.Errorf("%q %v", pairs, told)
	}
	l.do("Ann", state.RetractEntry{Seq: seq, Why: "it was I"})
	if r := l.refusal(other, state.Action{Command: state.ConfirmStep{Step: "twice"}}); r == nil || r.Reason != state.LooksAlike {
		t.Errorf("taken back, and %v", r)
	}
	if r := l.refusal("mu\u0455ter", state.Action{Command: state.AddNote{Text: "x"}}); r == nil || r.Overridable {
		t.Errorf("a person acts under what looks like the program's name: %v", r)
	}
}

// over records an act against what stands in its way.
func (l *ledger) over(by string, c state.Command, why string) uint64 {
	l.t.Helper()
	return l.sat(by, state.Seat{}, c, why)
}

// sat records an act from a seat.
func (l *ledger) sat(by string, seat state.Seat, c state.Command, why string) uint64 {
	l.t.Helper()
	e, err := l.decideAt(by, seat, c, why)
	if err == nil {
		e, _, err = state.Seal(e)
	}
	if err == nil {
		err = l.inc.Apply(e)
	}
	if err != nil {
		l.t.Fatalf("%s, %T: %v", by, c, err)
	}
	return e.Seq
}

func (l *ledger) decideAt(by string, seat state.Seat, c state.Command, why string) (state.Entry, error) {
	l.now = l.now.Add(time.Minute)
	stamp := state.Stamp{By: state.Actor{Name: by, Via: "local"}, Seat: seat, Recorded: l.now, Zone: "+00:00 UTC"}
	return state.Decide(l.inc, state.Action{Command: c, Override: why}, stamp)
}

// TestWithoutATerminal: who acts by another's account and without a terminal is recorded as
// that, and is no second person without a word; nothing is remembered of it.
func TestWithoutATerminal(t *testing.T) {
	seat := state.Seat{Host: "box", Account: "root", Terminal: "pts/3", Login: "7"}
	none := state.Seat{Host: "box", Account: "root", Terminal: state.NoTerminal}
	foreign := state.Seat{Host: "box", Account: "bob", Terminal: state.NoTerminal}
	l := newLedger(t, oneTwice)
	if state.Unseated(l.inc, none, "Bob") {
		t.Error("nobody acts by this account, and it is recorded")
	}
	l.sat("Ann", seat, state.ActAt(seat), "")
	for _, one := range []struct {
		seat state.Seat
		name string
		want bool
	}{{none, "Bob", true}, {none, "ann", false}, {foreign, "Bob", false}, {seat, "Bob", false}, {state.Seat{}, "Bob", false}} {
		if got := state.Unseated(l.inc, one.seat, one.name); got != one.want {
			t.Errorf("%s at %+v: %v", one.name, one.seat, got)
		}
	}
	l.sat("Ann", seat, state.DoStep{Step: "twice"}, "")
	seq := l.sat("Bob", none, state.ActAt(none), "")
	if text := l.inc.Describe(l.inc.Log[seq-1]); text != "Bob acts without a terminal, by the account root on box, by which Ann acts" {
		t.Error(text)
	}
	if state.Unseated(l.inc, none, "Bob") || !state.Unseated(l.inc, none, "Ann") {
		t.Error("who acted so last is recorded again, or is not changed back")
	}
	if who, ok := l.inc.PersonAt(none); ok {
		t.Errorf("%s is remembered", who)
	}
	if who, _ := l.inc.PersonAt(seat); who != "Ann" {
		t.Errorf("%s acts at Ann's terminal", who)
	}
	confirm := state.ConfirmStep{Step: "twice"}
	if _, err := l.decideAt("Bob", foreign, confirm, ""); err != nil {
		t.Errorf("by another account: %v", err)
	}
	if _, err := l.decideAt("Bob", state.Seat{Host: "box", Account: "root", Terminal: "pts/9"}, confirm, ""); err != nil {
		t.Errorf("at another terminal: %v", err)
	}
	if r, ok := errOf(l.decideAt("Bob", none, confirm, "")).(*state.Refusal); !ok || r.Reason != state.SameSeat {
		t.Fatalf("by Ann's account, without a terminal: %v", r)
	}
	seq = l.sat("Bob", none, confirm, "he cannot reach his own")
	if text := l.inc.Describe(l.inc.Log[seq-1]); !strings.Contains(text, "by Ann's account, without a terminal") {
		t.Error(text)
	}
}

// TestStrokesLookAlike: a small l, a one and a capital I do; a capital L does not.
func TestStrokesLookAlike(t *testing.T) {
	for name, looks := range map[string]bool{"lan": true, "1an": true, "|an": true, "Lan": false, "ian": false} {
		l := newLedger(t, oneTwice)
		l.do("Ian", state.AddNote{Text: "x"})
		if r := l.refusal(name, state.Action{Command: state.AddNote{Text: "y"}}); looks != (r != nil) {
			t.Errorf("%s: %v", name, r)
		}
	}
}
