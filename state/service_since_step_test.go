package state_test

import (
	"testing"
	"time"

	"muster/state"
)

const sinceBook = `title = "Since"
[[service]]
id = "web"
title = "Web"
[[phase]]
title = "P"
[[phase.step]]
id = "look"
kind = "decision"
title = "How is it"
service = "web"
options = [{ id = "hit", title = "Hit", state = "affected" }, { id = "odd", title = "Odd" }]
[[phase.step]]
id = "down"
kind = "shutdown"
title = "Shut down"
service = "web"
[[phase.step]]
id = "down-two"
kind = "shutdown"
title = "Shut down, two"
service = "web"
two_person = true
[[phase.step]]
id = "back"
kind = "restore"
title = "Restore"
service = "web"
[[phase.step]]
id = "verify"
kind = "verify"
title = "Verify"
service = "web"
`

// TestAStepDoesNotUndoWhatWasFoundLater: what a step says of its service is refused, softly, if it is
// of a time before the state that is known, however the step says it; and of no other step.
func TestAStepDoesNotUndoWhatWasFoundLater(t *testing.T) {
	l := newLedger(t, sinceBook)
	zero := l.now
	l.now = zero.Add(3 * time.Hour)
	set := func(who string, to state.ServiceState, ago time.Duration) {
		t.Helper()
		l.act(who, state.Action{Command: state.SetService{Service: "web", State: to, Why: "seen"}, Occurred: l.now.Add(-ago)})
	}
	set("Ada", state.Affected, 60*time.Minute)
	set("Ada", state.Restored, 30*time.Minute)
	l.act("Ada", state.Action{Command: state.DoStep{Step: "down-two"}, Occurred: l.now.Add(-50 * time.Minute)})
	set("Ben", state.Verified, 20*time.Minute)
	for _, test := range []struct {
		name    string
		command state.Command
		ago     time.Duration
		want    bool
	}{
		{"a decision", state.AnswerStep{Step: "look", Option: "hit"}, 25 * time.Minute, true},
		{"a decision since then", state.AnswerStep{Step: "look", Option: "hit"}, 10 * time.Minute, false},
		{"a decision now", state.AnswerStep{Step: "look", Option: "hit"}, 0, false},
		{"one that leaves it", state.AnswerStep{Step: "look", Option: "odd"}, 25 * time.Minute, false},
		{"a step that is done", state.DoStep{Step: "down"}, 25 * time.Minute, true},
		{"one that is confirmed", state.ConfirmStep{Step: "down-two"}, 25 * time.Minute, true},
		{"one that is begun", state.StartStep{Step: "back"}, 25 * time.Minute, true},
		{"one that fails", state.FailStep{Step: "verify", Why: "an error page"}, 25 * time.Minute, true},
		{"one that fails now", state.FailStep{Step: "verify", Why: "an error page"}, 0, false},
		{"what says the same", state.DoStep{Step: "verify"}, 25 * time.Minute, false},
	} {
		action := state.Action{Command: test.command}
		if test.ago > 0 {
			action.Occurred = l.now.Add(-test.ago)
		}
		refusal := l.refusal("Cleo", action)
		got := refusal != nil && refusal.Field == "occurred"
		if got != test.want || got && !refusal.Overridable {
			t.Errorf("%s: refused %t, want %t: %v", test.name, got, test.want, refusal)
		}
	}
}
