package state_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"muster/state"
)

const restores = `title = "T"
[[service]]
id = "web"
title = "Web"
[[notice]]
id = "word"
text = "A word."
[[phase]]
title = "P"
[[phase.step]]
id = "back"
title = "Back"
kind = "restore"
service = "web"
[[phase.step]]
id = "look"
title = "Look"
kind = "verify"
service = "web"
two_person = true
`

// TestALookByOneself: what was verified by who restored it, and by nobody else, is said to be so
// at the sending, in what became of the claim, and in what contradicts the log; until somebody
// else looks.
func TestALookByOneself(t *testing.T) {
	const why = "Ben is asleep"
	set := func(to state.ServiceState, why string) state.Command {
		return state.SetService{Service: "web", State: to, Why: why}
	}
	for name, looks := range map[string]struct {
		do  func(l *ledger)
		own bool
	}{
		"by who restored it, by hand": {func(l *ledger) { l.over("Ann", set(state.Verified, "looked"), why) }, true},
		"by another, by hand":         {func(l *ledger) { l.do("Ben", set(state.Verified, "looked")) }, false},
		"by who restored it, twice": {func(l *ledger) {
			l.over("Ann", state.DoStep{Step: "look"}, why)
			l.over("Ann", state.ConfirmStep{Step: "look"}, why)
		}, true},
		"by who restored it, confirmed by another": {func(l *ledger) {
			l.over("Ann", state.DoStep{Step: "look"}, why)
			l.do("Ben", state.ConfirmStep{Step: "look"})
		}, false},
		"by another, confirmed by himself": {func(l *ledger) {
			l.do("Ben", state.DoStep{Step: "look"})
			l.over("Ben", state.ConfirmStep{Step: "look"}, why)
		}, false},
		"by who restored it, again": {func(l *ledger) {
			l.over("Ann", set(state.Verified, "looked"), why)
			l.over("Ann", set(state.Verified, "looked again"), why)
		}, true},
		"by another afterwards": {func(l *ledger) {
			l.over("Ann", set(state.Verified, "looked"), why)
			l.do("Ben", set(state.Verified, "looked too"))
		}, false},
	} {
		l := newLedger(t, restores)
		l.do("Ann", set(state.Affected, "x"))
		l.do("Ann", state.DoStep{Step: "back"})
		looks.do(l)
		own := l.inc.Service("web").OwnLook(l.inc)
		if (own != nil) != looks.own || own != nil && (own.By != "Ann" || own.String() != "not by another person (override: \""+why+"\")") {
			t.Errorf("%s: %+v", name, own)
		}
		l.do("Cleo", state.DraftNotice{Notice: "word", Claims: []state.Claim{{Service: "web", State: state.Verified}}})
		r := l.refusal("Cleo", state.Action{Command: state.SendNotice{Notice: "word", Channel: "press"}})
		if looks.own != (r != nil) || r != nil && (r.Reason != state.Unverified || !strings.Contains(r.Text, "not by another person")) {
			t.Errorf("%s: at the sending %v", name, r)
		}
		l.over("Cleo", state.SendNotice{Notice: "word", Channel: "press"}, "they wait")
		want := state.HeldTrue
		if looks.own {
			want = state.ByOneself
		}
		if j := l.judged("word")[0]; j.Verdict != want || (j.Own != nil) != looks.own {
			t.Errorf("%s: %+v", name, j)
		}
		if looks.own { // what is found out later does not tell of then
			l.do("Ben", set(state.Verified, "and Ben has looked"))
			if l.inc.Service("web").OwnLook(l.inc) != nil || l.judged("word")[0].Verdict != want {
				t.Errorf("%s: after another's look %+v", name, l.judged("word")[0])
			}
		}
	}
}

// TestWhoLookedIsWithheld: of a copy without names it is not said that who restored a service has
// verified it, nor that another has, and nothing contradicts there that does not in the whole log.
func TestWhoLookedIsWithheld(t *testing.T) {
	for _, by := range []string{"Ann", "Ben"} {
		l := newLedger(t, restores)
		set := func(by string, to state.ServiceState) uint64 {
			return l.do(by, state.SetService{Service: "web", State: to, Why: "seen by " + by})
		}
		set("Ann", state.Affected)
		l.do("Ann", state.DoStep{Step: "back"})
		other := set("Ben", state.Verified)
		if by == "Ann" {
			set("Ann", state.Verified)
			l.do("Ben", state.RetractEntry{Seq: other, Why: "another system"})
		}
		l.do("Cleo", state.DraftNotice{Notice: "word", Claims: []state.Claim{{Service: "web", State: state.Verified}}})
		if by == "Ann" {
			l.over("Cleo", state.SendNotice{Notice: "word", Channel: "press"}, "they wait")
		} else {
			l.do("Cleo", state.SendNotice{Notice: "word", Channel: "press"})
		}
		bare := redact(t, l.inc, state.PartsOf(state.Names))
		if own := bare.Service("web").OwnLook(bare); own != nil {
			t.Errorf("%s: of the copy it is said: %s", by, own)
		}
		n := bare.Notice("word")
		if j := n.Judge(bare, &n.Versions[0].Sent[0])[0]; j.Verdict != state.ByWithheld || j.Own != nil {
			t.Errorf("%s: of the copy it is judged: %+v", by, j)
		}
		if found := contradictions(t, bare.Log); len(found) > 0 {
			t.Errorf("%s: the copy contradicts itself: %v", by, found)
		}
	}
}

// TestWhatStoodAgainstAStatement: a statement that was sent all the same says against what.
func TestWhatStoodAgainstAStatement(t *testing.T) {
	l := newLedger(t, restores)
	l.do("Cleo", state.DraftNotice{Notice: "word", Claims: []state.Claim{{Service: "web", State: state.Verified}}})
	seq := l.over("Cleo", state.SendNotice{Notice: "word", Channel: "press"}, "they wait")
	if got := state.Stood(l.inc, seq); len(got) != 1 || got[0] != "it says that Web is verified, and nobody has said how it stands" {
		t.Errorf("%q", got)
	}
	if got := state.Stood(l.inc, 1); got != nil {
		t.Errorf("%q", got)
	}
}

// TestByWhom: who is told by whom a service is verified is told with it that nobody else has looked.
func TestByWhom(t *testing.T) {
	l := newLedger(t, restores)
	set := func(by string, to state.ServiceState) uint64 {
		return l.do(by, state.SetService{Service: "web", State: to, Why: "seen by " + by})
	}
	set("Ann", state.Affected)
	l.do("Ann", state.DoStep{Step: "back"})
	other := set("Ben", state.Verified)
	set("Ann", state.Verified)
	if got := state.ByWhom(l.inc, l.inc.Service("web")); got != "Ben; Ann looked too" {
		t.Errorf("by another: %q", got)
	}
	l.do("Ben", state.RetractEntry{Seq: other, Why: "another system"})
	if got := state.ByWhom(l.inc, l.inc.Service("web")); got != "Ann (not by another person)" {
		t.Errorf("when the other's look is taken back: %q", got)
	}
}

// TestWhoSaidSoAgain: a reason stands beside the name of who gave it, and who else has looked is named,
// though the reason be the same; an earlier time is told by who told of it.
func TestWhoSaidSoAgain(t *testing.T) {
	for name, run := range map[string]struct {
		do        func(l *ledger, set func(by string, to state.ServiceState, why string))
		by, why   string
		whys      string
		ownInTold int
	}{
		"another, with the same reason": {func(_ *ledger, set func(string, state.ServiceState, string)) { set("Ben", state.Verified, "seen") }, "Ann; Ben looked too", "seen", "seen; Ben: seen", 0},
		"the same person":               {func(_ *ledger, set func(string, state.ServiceState, string)) { set("Ann", state.Verified, "once more") }, "Ann (not by another person (override: \"asleep\"))", "once more", "once more", 1},
		"others, one twice": {func(_ *ledger, set func(string, state.ServiceState, string)) {
			set("Ben", state.Verified, "a")
			set("Cleo", state.Verified, "b")
			set("Ben", state.Verified, "c")
		}, "Ann; Cleo looked too; Ben looked too", "seen", "seen; Cleo: b; Ben: c", 0},
		"what moved since": {func(_ *ledger, set func(string, state.ServiceState, string)) {
			set("Ben", state.Verified, "a")
			set("Cleo", state.Regressed, "down")
			set("Dan", state.Regressed, "still")
		}, "Cleo; Dan said so too", "down", "down; Dan: still", 0},
		"earlier than was known": {func(l *ledger, _ func(string, state.ServiceState, string)) {
			l.act("Ben", state.Action{Command: state.SetService{Service: "web", State: state.Verified, Why: "before"}, Occurred: l.now.Add(-time.Second), Override: "it was so"})
		}, "Ben; Ann looked too", "before", "before; Ann: seen", 0},
	} {
		l := newLedger(t, restores)
		l.do("Ann", state.SetService{Service: "web", State: state.Affected, Why: "x"})
		l.do("Ann", state.DoStep{Step: "back"})
		l.now = l.now.Add(time.Hour)
		l.over("Ann", state.SetService{Service: "web", State: state.Verified, Why: "seen"}, "asleep")
		run.do(l, func(by string, to state.ServiceState, why string) {
			if by == "Ann" {
				l.over(by, state.SetService{Service: "web", State: to, Why: why}, "asleep")
			} else {
				l.do(by, state.SetService{Service: "web", State: to, Why: why})
			}
		})
		s := l.inc.Service("web")
		if got := state.ByWhom(l.inc, s); got != run.by || s.Why != run.why || s.Whys() != run.whys {
			t.Errorf("%s: by %q, %q, all %q", name, got, s.Why, s.Whys())
		}
		told := state.OwnLooks(l.inc)
		for _, says := range told {
			if !slices.Contains(state.ToClose(l.inc, time.UTC), says) || says != "Web is verified by Ann, not by another person (override: \"asleep\")" {
				t.Errorf("%s: before the close %q is not said", name, says)
			}
		}
		if len(told) != run.ownInTold {
			t.Errorf("%s: %q", name, told)
		}
	}
}
