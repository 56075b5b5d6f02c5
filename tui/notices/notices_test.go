package notices

import (
	"strings"
	"testing"

	"muster/state"
)

func TestFreeID(t *testing.T) {
	if got := freeID("Thank you: all!", func(id string) bool { return id == "thank-you-all" }); got != "thank-you-all-2" {
		t.Errorf("%q", got)
	}
	if got := freeID("Спасибо", func(string) bool { return false }); got != "notice" {
		t.Errorf("%q", got)
	}
}

// TestFreeIDs: an id is made of what a title has of letters and digits, is short, and is
// nobody's.
func TestFreeIDs(t *testing.T) {
	for title, want := range map[string]string{
		"Zoo 09 az AZ": "zoo-09-az-az", "--a--b--": "a-b", "": "notice", "[`{/:@": "notice",
		strings.Repeat("x", 41): strings.Repeat("x", 40), strings.Repeat("x", 39) + " y": strings.Repeat("x", 39),
	} {
		if got := freeID(title, func(string) bool { return false }); got != want {
			t.Errorf("%q becomes %q", title, got)
		}
	}
	taken := map[string]bool{"a": true, "a-2": true}
	if got := freeID("a", func(id string) bool { return taken[id] }); got != "a-3" {
		t.Errorf("the third is %q", got)
	}
}

// TestSayable: what space claims is never better than what is known.
func TestSayable(t *testing.T) {
	for known, want := range map[state.ServiceState]state.ServiceState{
		state.UnknownState: state.Affected, state.Unaffected: state.Unaffected, state.Suspect: state.Suspect, state.Affected: state.Affected,
		state.ShutDown: state.Affected, state.Restoring: state.Restoring, state.Restored: state.Restoring, state.Verified: state.Restored, state.Regressed: state.Affected,
	} {
		if got := sayable(known); got != want {
			t.Errorf("known to be %s, it is said to be %s", known, got)
		}
	}
}
