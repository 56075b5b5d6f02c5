package session

import (
	"strings"
	"testing"

	"muster/state"
)

// TestWhyWatched: an observer is told that they are one.
func TestWhyWatched(t *testing.T) {
	for want, g := range map[string]state.Guest{"only being watched": {}, "as an observer": {Name: "Eve", Key: "k", Access: state.Observer}} {
		if got := whyWatched(g); !strings.Contains(got, want) {
			t.Errorf("%+v: %q", g, got)
		}
	}
	if got := whyWatched(state.Guest{Name: "Ada", Key: "k", Access: state.Responder}); strings.Contains(got, "observer") {
		t.Errorf("a responder: %q", got)
	}
}
