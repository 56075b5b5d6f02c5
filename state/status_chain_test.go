package state_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"muster/state"
)

// layered is an incident of n layers of two steps, each of which needs both of the layer
// before.
func layered(t *testing.T, n int) *state.Incident {
	t.Helper()
	var b strings.Builder
	b.WriteString("title = \"Layers\"\n[[phase]]\ntitle = \"All\"\n")
	for i := range n {
		for _, side := range []string{"a", "b"} {
			fmt.Fprintf(&b, "[[phase.step]]\nid = \"%s-%d\"\ntitle = \"Step\"\n", side, i)
			if i > 0 {
				fmt.Fprintf(&b, "needs = [\"a-%d\", \"b-%d\"]\n", i-1, i-1)
			}
		}
	}
	e, err := state.Decide(nil, state.Action{Command: state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Program: "test",
		Runbook: state.Document{ID: "layers", Source: "test", SHA256: state.Sum([]byte(b.String())), Text: b.String()}}},
		state.Stamp{By: state.Actor{Name: "Ada", Via: "local"}, Recorded: time.Date(2026, 11, 24, 2, 31, 0, 0, time.UTC), Zone: "+00:00 UTC"})
	if err == nil {
		e, _, err = state.Seal(e)
	}
	inc := &state.Incident{}
	if err == nil {
		err = inc.Apply(e)
	}
	if err != nil {
		t.Fatal(err)
	}
	return inc
}

// TestStatusAsksFewSteps: where a step stands costs no more in a long chain of needs than
// in a short one, and where something is withheld each step before is asked for once, in
// however many ways it is come to.
func TestStatusAsksFewSteps(t *testing.T) {
	cost := func(n int) float64 {
		inc := layered(t, n)
		last := &inc.Steps[len(inc.Steps)-1]
		if got := inc.Status(last); got != state.Waiting {
			t.Errorf("the last of %d layers is %s", n, got)
		}
		return testing.AllocsPerRun(10, func() { inc.Status(last) })
	}
	if short, long := cost(3), cost(120); long > short {
		t.Errorf("of 120 layers it takes %v allocations, of 3 %v", long, short)
	}
	inc := layered(t, 60) // 2^59 ways to the first
	inc.Redacted.Steps = 1
	inc.Steps[0].Status, inc.Steps[1].Status = state.Unseen, state.Unseen
	if got := inc.Status(&inc.Steps[len(inc.Steps)-1]); got != state.Unseen {
		t.Errorf("after what is withheld the last is %s", got)
	}
}
