package state_test

import (
	"strings"
	"testing"
	"time"

	"muster/state"
)

// TestSeverityIsOfItsTime: a severity that is said to be from before the one there is asks for a
// word; one of the same minute or later does not.
func TestSeverityIsOfItsTime(t *testing.T) {
	l := newLedger(t, oneTwice)
	l.at(60)
	at := l.now.Add(-10 * time.Minute)
	l.act("Ada", state.Action{Command: state.SetSeverity{Severity: "SEV3", Why: "small"}, Occurred: at})
	set := state.SetSeverity{Severity: "SEV2", Why: "it grows"}
	r := l.refusal("Ada", state.Action{Command: set, Occurred: at.Add(-time.Minute)})
	if r == nil || r.Reason != state.Untrue || r.Field != "occurred" || !r.Overridable || !strings.HasPrefix(r.Text, "The severity is SEV3 since ") {
		t.Errorf("from before: %+v", r)
	}
	for _, then := range []time.Time{{}, at.Truncate(time.Minute), at.Add(time.Minute)} {
		if r := l.refusal("Ada", state.Action{Command: set, Occurred: then}); r != nil {
			t.Errorf("from %v: %+v", then, r)
		}
	}
}
