package state_test

import (
	"testing"

	"muster/state"
)

// TestNaming: what of a line names somebody though the names are withheld.
func TestNaming(t *testing.T) {
	lines := sealed(t, state.Live, opened(tinyBook), &state.RoleAssigned{Role: "desk", Person: "Zoë Desk"},
		&state.NoteAdded{Text: "ZOË has seen it"}, &state.NoteAdded{Text: "adapted"}, &state.NoteAdded{Text: "the desk knows"},
		&state.EvidenceAdded{Name: "from-ada.png"})
	naming := state.Naming(copyOf(t, lines, lacking()))
	for i, want := range []bool{false, false, true, false, false, true} {
		line, _, err := state.Withhold(lines[i], state.PartsOf(state.Names))
		if err != nil {
			t.Fatal(err)
		}
		if got := naming(line); got != want {
			t.Errorf("line %d names somebody: %v, want %v", i+1, got, want)
		}
	}
	if naming([]byte("no line")) {
		t.Error("what is no line names somebody")
	}
}
