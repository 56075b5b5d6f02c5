package incident_test

import (
	"slices"
	"testing"

	"muster/state/statetest"
	"muster/tui"
	"muster/tui/incident"
	"muster/tui/kit"
)

// TestDeedsHaveKeys: of every deed it is known by which action it is done, or that none
// does it, and there are such actions.
func TestDeedsHaveKeys(t *testing.T) {
	is := func(id string) bool {
		return id == "" || slices.ContainsFunc(tui.Actions(), func(a kit.ActionInfo) bool { return a.ID == id && len(a.Keys) > 0 })
	}
	for _, deed := range statetest.Deeds(t, "../../state/act.go") {
		action, screen, known := incident.ActionsOf(deed)
		if !known || !is(action) || !is(screen) {
			t.Errorf("%s: by %q on %q", deed, action, screen)
		}
	}
}
