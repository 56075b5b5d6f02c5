package main

import (
	"fmt"
	"strings"
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

// TestNothingStartedIsNotRescued: where no incident can be started there is none to read or to
// rescue, and nobody is sent there.
func TestNothingStartedIsNotRescued(t *testing.T) {
	said := sayError(hint(fmt.Errorf("%w: it is on FUSE", state.ErrReadOnly), "Nothing was started."))
	if strings.Contains(said, "rescue") || strings.Contains(said, "muster log") || !strings.HasSuffix(said, "Nothing was started.") {
		t.Errorf("it says %q", said)
	}
}
