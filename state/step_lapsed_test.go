package state_test

import (
	"strings"
	"testing"
	"time"

	"muster/state"
)

// TestADoneStepWhoseServiceIsNotSoAnyMore: that a service regressed after a step verified it is said of
// the step, and read before the close; not while it is back, nor of what was before.
func TestADoneStepWhoseServiceIsNotSoAnyMore(t *testing.T) {
	l := newLedger(t, metBook)
	says := func(step, want string) {
		t.Helper()
		if got := l.inc.Because(l.inc.Step(step)); got != want {
			t.Errorf("%s: %q, want %q", step, got, want)
		}
		closing := strings.Join(state.ToClose(l.inc, time.UTC), "\n")
		if want != "" && !strings.Contains(closing, l.inc.Step(step).Name()+": "+want) {
			t.Errorf("the close check says %q", closing)
		}
	}
	set := func(who string, to state.ServiceState) uint64 {
		return l.do(who, state.SetService{Service: "web", State: to, Why: "seen"})
	}
	set("Ben", state.Affected)
	l.do("Ben", state.TickStep{Step: "down", Item: 1, On: true})
	l.do("Ben", state.DoStep{Step: "down"})
	l.do("Ben", state.TickStep{Step: "back", Item: 1, On: true})
	l.do("Ben", state.DoStep{Step: "back"})
	l.do("Cleo", state.DoStep{Step: "look"})
	says("look", "")
	says("back", "")
	l.do("Cleo", state.RecordCheck{Service: "web", What: "GET /"})
	says("look", "verified, but Web became regressed since, entry 8")
	says("back", "restored, but Web became regressed since, entry 8")
	says("down", "")
	set("Ben", state.Restoring)
	says("look", "verified, but Web became regressed since, entry 8")
	set("Ben", state.Restored)
	says("back", "")
	set("Cleo", state.Verified)
	says("look", "")
	set("Ben", state.Affected)
	says("look", "verified, but Web became affected since, entry 12")
	says("down", "shut down, but Web became affected since, entry 12")
}

// TestTicksFromBeforeReopening: what was ticked before a step was reopened is said to be from
// before, until it is ticked anew, and does not let the step be done.
func TestTicksFromBeforeReopening(t *testing.T) {
	l := newLedger(t, metBook)
	l.do("Ben", state.SetService{Service: "web", State: state.Affected, Why: "seen"})
	l.do("Ben", state.TickStep{Step: "back", Item: 1, On: true})
	l.do("Ben", state.DoStep{Step: "back"})
	ticks := func(now, before bool) {
		t.Helper()
		if s := l.inc.Step("back"); s.Ticked(0) != now || s.TickedBefore(0) != before || s.Ticked(1) || s.TickedBefore(1) {
			t.Errorf("ticked is %v, before %v", s.Ticked(0), s.TickedBefore(0))
		}
	}
	ticks(true, false)
	l.do("Ben", state.ReopenStep{Step: "back", Why: "again"})
	ticks(false, true)
	refused := l.refusal("Ben", state.Action{Command: state.DoStep{Step: "back"}})
	if refused == nil || !strings.Contains(refused.Text, `Ticked off before it was reopened, and not since: "From the last clean copy".`) || refused.Reason != state.Unticked {
		t.Errorf("it is refused by %v", refused)
	}
	l.do("Ben", state.TickStep{Step: "back", Item: 1, On: true})
	ticks(true, false)
	l.do("Ben", state.DoStep{Step: "back"})
	l.do("Ben", state.ReopenStep{Step: "back", Why: "again"})
	l.do("Ben", state.TickStep{Step: "back", Item: 1, On: false})
	ticks(false, false)
}
