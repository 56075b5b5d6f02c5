package state_test

import (
	"strings"
	"testing"
	"time"

	"muster/state"
)

// TestNoClockCountsFromWhatHasNotCome: nobody became aware tomorrow; another time that is asked
// may lie ahead.
func TestNoClockCountsFromWhatHasNotCome(t *testing.T) {
	l := newLedger(t, `title = "x"
[[clock]]
id = "law"
title = "A law"
within = "1h"
starts = "incident.opened"
from = "answer:aware"
[[phase]]
title = "P"
[[phase.step]]
id = "knew"
title = "When we knew"
ask = [{ id = "aware", prompt = "Aware", type = "time" }, { id = "threat", prompt = "Until when", type = "time" }]
`)
	ahead := l.now.Add(24 * time.Hour).Format(time.RFC3339)
	answer := func(id, value string) *state.Refusal {
		return l.refusal("Ada", state.Action{Command: state.AnswerStep{Step: "knew", Values: map[string]string{id: value}}})
	}
	if refusal := answer("aware", ahead); refusal == nil || refusal.Overridable || !strings.Contains(refusal.Text, "A law counts from it") {
		t.Errorf("aware tomorrow: %v", refusal)
	}
	if refusal := answer("threat", ahead); refusal != nil {
		t.Errorf("what is threatened for tomorrow: %v", refusal)
	}
	if refusal := answer("aware", l.now.Add(-time.Hour).Format(time.RFC3339)); refusal != nil {
		t.Errorf("aware an hour ago: %v", refusal)
	}
}
