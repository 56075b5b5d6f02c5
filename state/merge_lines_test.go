package state_test

import (
	"testing"
	"time"

	"muster/state"
	"muster/state/line"
)

// TestTakenOverAsItStands: an entry of every kind that is made of the line in which it stood is
// the same as if it were written anew.
func TestTakenOverAsItStands(t *testing.T) {
	used, all := 0, 0
	secretive(t, func(was state.Entry, text []byte) {
		for _, occurred := range []time.Time{{}, was.Recorded.Add(-1500 * time.Millisecond)} {
			own := was
			own.Own().Occurred = occurred
			own, l, err := state.Seal(own)
			if err != nil {
				t.Fatal(err)
			}
			branch := &state.Incident{Log: []state.Entry{own}}
			made := func() state.Entry {
				e := own
				frame, sealing := e.Own(), *e.Sealing
				frame.Occurred, frame.Origin = e.When(), &line.Origin{Hash: e.Hash, Seq: 1, Recorded: e.Recorded, After: occurred, Prev: state.Sum(text)}
				e.Sealing = &sealing
				return e
			}
			plan := &state.Merging{Entries: []state.Entry{made()}, From: []uint64{1}}
			plan.Again(branch)(l.Bytes)
			head := state.Head{Seq: 41, Hash: state.Sum([]byte("x"))}
			ready, err := state.SealAll(head, plan.Entries, plan.Bodies)
			if err != nil {
				t.Fatal(err)
			}
			anew, err := state.SealAll(head, []state.Entry{made()}, nil)
			if err != nil || string(anew[0].Bytes) != string(ready[0].Bytes) || anew[0].Hash != ready[0].Hash || plan.Entries[0].Hash != ready[0].Hash {
				t.Fatalf("%v: an entry of kind %s is\n%s\nand should be\n%s", err, own.Kind, ready[0].Bytes, anew[0].Bytes)
			}
			if all++; ready[0].Known {
				used++
			}
		}
	})
	if used < all-2 { // but for the kind that is not known
		t.Errorf("%d of %d were made of their lines", used, all)
	}
}
