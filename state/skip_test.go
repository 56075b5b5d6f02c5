package state_test

import (
	"strings"
	"testing"

	"muster/state"
)

// skips has a step of each kind that stops damage or shows that it is over, and one plain.
const skips = `title = "Skips"
[[service]]
id = "web"
[[phase]]
id = "p"
title = "P"
[[phase.step]]
id = "plain"
title = "Plain"
[[phase.step]]
id = "down"
kind = "shutdown"
title = "Shut it down"
service = "web"
[[phase.step]]
id = "back"
kind = "restore"
title = "Bring it back"
service = "web"
[[phase.step]]
id = "look"
kind = "verify"
title = "Look at it"
service = "web"
`

// TestSkipTellsWhy: a reason of one letter is asked about where what is skipped stops the
// damage, or shows that it is over.
func TestSkipTellsWhy(t *testing.T) {
	l := newLedger(t, skips)
	for step, asked := range map[string]bool{"plain": false, "down": true, "back": true, "look": true} {
		for why, short := range map[string]bool{"s": true, " é ": true, "no": false, "it is gone": false} {
			refusal := l.refusal("Ada", state.Action{Command: state.SkipStep{Step: step, Why: why}})
			if held := refusal != nil; held != (asked && short) {
				t.Errorf("skip %s because %q: %v", step, why, refusal)
			} else if held && (!refusal.Overridable || refusal.Field != "why" || !strings.Contains(refusal.Text, "does not say why")) {
				t.Errorf("skip %s because %q: %+v", step, why, refusal)
			}
		}
		if r := l.refusal("Ada", state.Action{Command: state.SkipStep{Step: step, Why: "s"}, Override: "the house is gone"}); r != nil {
			t.Errorf("skip %s all the same: %v", step, r)
		}
	}
}

// TestAListStandsOnceItsStepIsSettled: what was ticked is part of what was said when a step was
// settled; a line of it is neither ticked nor unticked after that, until it is reopened.
func TestAListStandsOnceItsStepIsSettled(t *testing.T) {
	l := newLedger(t, skips+"checklist = [\"From outside\", \"From inside\"]\n")
	l.do("Ada", state.TickStep{Step: "look", Item: 1, On: true})
	l.act("Ada", state.Action{Command: state.DoStep{Step: "look"}, Override: "the inside is gone"})
	for _, c := range []state.TickStep{{Step: "look", Item: 1}, {Step: "look", Item: 2, On: true}} {
		if r := l.refusal("Ada", state.Action{Command: c}); r == nil || r.Overridable || !strings.Contains(r.Text, "was done by Ada") || !strings.Contains(r.Hint, "Reopen") {
			t.Errorf("%+v: %+v", c, r)
		}
	}
	l.do("Ada", state.ReopenStep{Step: "look", Why: "the inside is back"})
	l.do("Ada", state.TickStep{Step: "look", Item: 2, On: true})
}
