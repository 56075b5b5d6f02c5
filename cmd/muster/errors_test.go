package main

import (
	"testing"

	"muster/state"
)

// TestDeedsHaveCommands: of every deed it is known by which command it is done.
func TestDeedsHaveCommands(t *testing.T) {
	for _, deed := range state.Deeds() {
		if commandsOf[deed] == "" {
			t.Errorf("%s: by no command", deed)
		}
	}
	if len(commandsOf) != len(state.Deeds()) {
		t.Error("state.Deeds does not list every deed")
	}
}
