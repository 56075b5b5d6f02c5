package state_test

import (
	"slices"
	"testing"
	"time"

	"muster/state"
)

// TestLateEntries: an entry is late from a quarter of an hour on; the order of what
// happened puts it where it belongs, and one of the same moment stays where it was.
func TestLateEntries(t *testing.T) {
	e := state.Entry{Recorded: day.Add(time.Hour), Frame: &state.Frame{}}
	for apart, late := range map[time.Duration]bool{0: false, state.LateAfter - time.Second: false, state.LateAfter: true, -time.Hour: false} {
		e.Occurred = e.Recorded.Add(-apart)
		if got := state.Late(&e); (got > 0) != late || late && got != apart {
			t.Errorf("%v after it happened: late by %v", apart, got)
		}
	}
	inc := &state.Incident{}
	for i, minute := range []int{0, 5, 2, 5, 1} {
		inc.Log = append(inc.Log, state.Entry{Seq: uint64(i + 1), Recorded: day.Add(time.Hour), Frame: &state.Frame{Occurred: day.Add(time.Duration(minute) * time.Minute)}})
	}
	if got := state.InOrder(inc, true); !slices.Equal(got, []uint64{1, 5, 3, 2, 4}) {
		t.Errorf("as it happened: %v", got)
	}
	if got := state.InOrder(inc, false); !slices.Equal(got, []uint64{1, 2, 3, 4, 5}) {
		t.Errorf("as written: %v", got)
	}
	inc.Closed = &state.Closing{Seq: 3}
	if state.AfterClosing(inc, 3) || !state.AfterClosing(inc, 4) {
		t.Error("what comes after the closing is not seen")
	}
	inc.Closed.When = day.Add(4 * time.Minute)
	for seq, want := range map[uint64]string{4: "after the closing", 5: "written after the closing"} {
		if marks := state.Marks(inc, &inc.Log[seq-1]); !slices.Contains(marks, want) {
			t.Errorf("of entry %d it is said: %q", seq, marks)
		}
	}
}
