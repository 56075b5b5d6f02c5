package state_test

import (
	"testing"
	"time"

	"muster/state"
)

// TestSaidAnewItDidNotMove: what is found a second time, by a step or by hand, has been so since
// it was first so, and of a time before that since then; what was otherwise in between parts them.
func TestSaidAnewItDidNotMove(t *testing.T) {
	l := newLedger(t, metBook)
	hit := func(who, why string, to state.ServiceState, at time.Time) {
		l.act(who, state.Action{Command: state.SetService{Service: "web", State: to, Why: why}, Occurred: at})
	}
	want := func(what, by string, at time.Time) {
		t.Helper()
		if s := l.inc.Service("web"); !s.Since.Equal(at) || s.By != by {
			t.Errorf("%s: it is %s since %s by %s, and not since %s by %s", what, s.State, s.Since, s.By, at, by)
		}
	}
	zero := l.now
	l.now = zero.Add(time.Hour)
	hit("Ada", "seen", state.ShutDown, zero.Add(30*time.Minute))
	l.act("Ben", state.Action{Command: state.DoStep{Step: "down"}, Occurred: zero.Add(40 * time.Minute), Override: "by telephone"})
	want("by a step", "Ada", zero.Add(30*time.Minute))
	hit("Cleo", "the log of the firewall", state.ShutDown, zero.Add(20*time.Minute))
	want("earlier", "Cleo", zero.Add(20*time.Minute))
	if s := l.inc.Service("web"); s.Why != "the log of the firewall" {
		t.Errorf("its reason is %q", s.Why)
	}

	l.now = zero.Add(2 * time.Hour)
	hit("Ada", "open for a test", state.Restored, zero.Add(70*time.Minute))
	hit("Ada", "closed", state.ShutDown, zero.Add(80*time.Minute))
	hit("Ben", "the log of the firewall", state.ShutDown, zero.Add(60*time.Minute))
	want("before it was otherwise", "Ada", zero.Add(80*time.Minute))
}
