package state_test

import (
	"testing"

	"muster/state"
)

// TestCountsOfACopyAreTheLeast: beside what is counted of steps stands of how many it is withheld
// where they stand, and nothing where that is known of all.
func TestCountsOfACopyAreTheLeast(t *testing.T) {
	whole := state.Tally{Total: 16, Done: 2, NotNeeded: 2}
	lacks := state.Tally{Total: 16, Done: 2, Unseen: 2}
	if got := whole.Progress() + state.AtLeast(whole.Unseen); got != "2/14" {
		t.Errorf("of the whole log %q", got)
	}
	if got := lacks.Progress() + state.AtLeast(lacks.Unseen); got != "2/16 2?, at least; where 2 more stand is withheld" {
		t.Errorf("of a copy %q", got)
	}
}
