package state_test

import (
	"slices"
	"testing"

	"muster/state"
)

const lookBook = `title = "Looks"
[[service]]
id = "web"
check = { tcp = "10.0.0.1:443" }
[[phase]]
title = "One"
[[phase.step]]
title = "Look"
`

// TestAllowed: what is allowed holds for the incident and those targets, once, until it
// is taken back.
func TestAllowed(t *testing.T) {
	l := newLedger(t, lookBook)
	if l.inc.Allows("10.0.0.1:443") {
		t.Error("it is allowed before anybody was asked")
	}
	l.do("Ada", state.AllowTargets{Targets: []string{"10.0.0.2:443", "10.0.0.1:443", "10.0.0.2:443"}})
	data := l.inc.Log[l.inc.Head.Seq-1].Data.(*state.TargetsAllowed)
	if !slices.Equal(data.Targets, []string{"10.0.0.1:443", "10.0.0.2:443"}) {
		t.Errorf("recorded are %q", data.Targets)
	}
	for target, want := range map[string]bool{"10.0.0.1:443": true, "10.0.0.2:443": true, "10.0.0.1:80": false, "10.0.0.3:443": false} {
		if l.inc.Allows(target) != want {
			t.Errorf("%s allowed: %t", target, !want)
		}
	}
	allow := state.Action{Command: state.AllowTargets{Targets: []string{"10.0.0.1:443"}}}
	if r := l.refusal("Ben", allow); r == nil || r.Reason != state.AlreadySo {
		t.Errorf("asked twice: %v", r)
	}
	if r := l.refusal("Ben", state.Action{Command: state.AllowTargets{}}); r == nil || r.Reason != state.Missing {
		t.Errorf("nothing is allowed: %v", r)
	}
	l.do("Ben", state.AllowTargets{Targets: []string{"10.0.0.1:443", "10.0.0.3:443"}})
	l.do("Ben", state.RetractEntry{Seq: l.inc.Head.Seq, Why: "not ours"})
	if l.inc.Allows("10.0.0.3:443") || !l.inc.Allows("10.0.0.1:443") {
		t.Error("what was taken back holds, or what was not does not")
	}
}
