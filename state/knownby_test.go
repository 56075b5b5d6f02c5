package state_test

import (
	"testing"

	"muster/state"
)

// TestWhoFoundOut: with what was claimed stands who found out what was known; in a copy without
// names it is withheld.
func TestWhoFoundOut(t *testing.T) {
	l := newLedger(t, asks)
	l.do("Ben", state.SetService{Service: "web", State: state.Affected, Why: "seen"})
	l.do("Ada", state.DraftNotice{Notice: "second", Text: "The web is hit.", Claims: []state.Claim{{Service: "web", State: state.Affected}}})
	l.do("Ada", state.SendNotice{Notice: "second", Version: 1, Channel: "press", How: "by hand"})
	of := func(inc *state.Incident) state.ClaimKnown {
		_, sent := inc.Notice("second").LastSent()
		return sent.Claims[0]
	}
	if c := of(l.inc); c.By != "Ben" || c.Known != state.Affected || !c.Holds {
		t.Errorf("it was known as %+v", c)
	}
	var lines [][]byte
	for _, e := range l.inc.Log {
		_, line, err := state.Seal(e)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line.Bytes)
	}
	if c := of(copyOf(t, lines, func(int) state.Parts { return state.PartsOf(state.Names) })); c.By != state.WithheldText || c.Known != state.Affected {
		t.Errorf("without names it was known as %+v", c)
	}
}
