package line_test

import (
	"errors"
	"strings"
	"testing"

	"muster/state"
	"muster/state/statetest"
)

// TestChain: what cannot come next is damage that names its line, and the chain
// stays where it was.
func TestChain(t *testing.T) {
	log := goldenLog()
	drill := statetest.Entry(statetest.Head(log[1]), &state.NoteAdded{Text: "x"})
	drill.Mode = state.Drill
	_, drilled, err := state.Seal(drill)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		lines []state.Line
		bad   state.Line
		what  string
	}{
		"a line missing":       {log[:2], log[3], "entry 4 where entry 3 should stand"},
		"a line doubled":       {log[:2], log[1], "entry 2 where entry 3 should stand"},
		"the first missing":    {nil, log[1], "entry 2 where entry 1 should stand"},
		"of another log":       {log[:2], statetest.Note(state.Head{Seq: 2}, "x"), "its prev is 00000000…, that line's hash is"},
		"another first entry":  {nil, statetest.Note(state.Head{}, "x"), "the first entry is note.added and should be incident.opened"},
		"a drill's":            {log[:2], drilled, "it says drill in a log that is live"},
		"a line that is wrong": {log[:2], state.Line{Bytes: log[2].Bytes[1:]}, "should stand where it has"},
	} {
		t.Run(name, func(t *testing.T) {
			for how, next := range map[string]func(*state.Chain, []byte) error{
				"Next":   func(c *state.Chain, line []byte) error { _, err := c.Next(line); return err },
				"Verify": (*state.Chain).Verify,
			} {
				chain := state.Format().Chain()
				for _, line := range test.lines {
					if err := next(&chain, line.Bytes); err != nil {
						t.Fatal(err)
					}
				}
				before := chain
				err := next(&chain, test.bad.Bytes)
				var damage *state.Damage
				n := len(test.lines) + 1
				if !errors.As(err, &damage) || damage.Line != n || damage.Seq != uint64(n) || !strings.Contains(damage.What, test.what) || damage.Newer {
					t.Errorf("%s says %v", how, err)
				}
				if chain != before {
					t.Errorf("%s moved on", how)
				}
			}
		})
	}
}

func TestResume(t *testing.T) {
	log := goldenLog()
	chain := state.Format().Resume(statetest.Head(log[2]), state.Live)
	if _, err := chain.Next(log[3].Bytes); err != nil || chain.Head != statetest.Head(log[3]) {
		t.Errorf("going on: %v", err)
	}
	var damage *state.Damage
	if err := chain.Verify(log[6].Bytes); !errors.As(err, &damage) || damage.Line != 5 {
		t.Errorf("the next line is told as %v", err)
	}
}

func TestNewer(t *testing.T) {
	log := goldenLog()
	chain := state.Format().Resume(statetest.Head(log[2]), state.Live)
	var damage *state.Damage
	err := chain.Verify(forge(log[3].Bytes, replace(`"v":2`, `"v":3`), nil))
	if !errors.As(err, &damage) || !damage.Newer {
		t.Errorf("a newer version's line: %v", err)
	}
}
