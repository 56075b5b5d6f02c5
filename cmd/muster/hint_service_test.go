package main

import (
	"strings"
	"testing"

	"muster/state"
)

// TestTheHintOfAServiceSaysWhatHelps: what is typed next about a service leaves open how it stands,
// and names the one that is meant.
func TestTheHintOfAServiceSaysWhatHelps(t *testing.T) {
	for of, want := range map[string]string{"": "muster service SERVICE STATE ", "payroll": "muster service payroll STATE "} {
		lines := nextOfRefusal(&state.Refusal{Reason: state.Unverified, Acts: []state.Act{{Deed: state.DeedSetService, Of: of}}})
		if len(lines) != 1 || !strings.Contains(lines[0], want) || !strings.Contains(lines[0], "verified") {
			t.Errorf("of %q: %q", of, lines)
		}
	}
}
