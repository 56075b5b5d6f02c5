package main

import (
	"fmt"
	"strings"
	"testing"

	"muster/state"
	"muster/state/statetest"
)

// TestDeedsHaveCommands: of every deed it is known by which command it is done.
func TestDeedsHaveCommands(t *testing.T) {
	deeds := statetest.Deeds(t, "../../state/act.go")
	for _, deed := range deeds {
		if commandsOf[deed] == "" {
			t.Errorf("%s: by no command", deed)
		}
	}
	if len(commandsOf) != len(deeds) {
		t.Errorf("%d deeds, and the table has %d", len(deeds), len(commandsOf))
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
