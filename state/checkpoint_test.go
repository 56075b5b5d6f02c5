package state_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"muster/state"
)

// TestTree: every entry is proved in every tree that has it, and no other entry, place, size
// or path passes.
func TestTree(t *testing.T) {
	var log []state.Entry
	for i := range 70 {
		log = append(log, state.Entry{Seq: uint64(i + 1), Hash: state.Sum([]byte{byte(i)}), Frame: &state.Frame{}})
	}
	whole := state.NewTree(log)
	if whole.Hash(71) != (state.Hash{}) || whole.Hash(0) != (state.Hash{}) || whole.Path(0, 5) != nil || whole.Path(6, 5) != nil || whole.Path(1, 71) != nil {
		t.Error("a tree has what it has not")
	}
	rapid.Check(t, func(rt *rapid.T) {
		size := rapid.Uint64Range(1, 70).Draw(rt, "size")
		seq := rapid.Uint64Range(1, size).Draw(rt, "seq")
		tree := state.NewTree(log[:size])
		root, path := tree.Hash(size), tree.Path(seq, size)
		entry := log[seq-1].Hash
		if root != whole.Hash(size) || !slices.Equal(path, whole.Path(seq, size)) || !state.InTree(path, size, root, seq, entry) {
			rt.Fatalf("entry %d is not in the tree of %d", seq, size)
		}
		other := rapid.Uint64Range(0, 75).Draw(rt, "other")
		if other != seq && state.InTree(path, size, root, other, entry) {
			rt.Fatalf("entry %d of %d passes as %d", seq, size, other)
		}
		if state.InTree(path, size, root, seq, state.Sum([]byte("x"))) || state.InTree(append(slices.Clone(path), root), size, root, seq, entry) || state.InTree(path, size, state.Sum([]byte("x")), seq, entry) {
			rt.Fatal("a forged one passes")
		}
		if n := len(path); n > 0 {
			forged := slices.Clone(path)
			forged[rapid.IntRange(0, n-1).Draw(rt, "at")][3] ^= 1
			if state.InTree(forged, size, root, seq, entry) || state.InTree(path[:n-1], size, root, seq, entry) {
				rt.Fatal("a forged path passes")
			}
		}
	})
	if state.InTree(make([]state.Hash, 65), 1<<60, state.Hash{}, 1, state.Hash{}) {
		t.Error("a tree of any size")
	}
}

// TestCheckpoint: a checkpoint is of all before it, there is one of them at a time, and one
// of something else is found.
func TestCheckpoint(t *testing.T) {
	l := newLedger(t, asks)
	l.do("Ada", state.AddNote{Text: "before"})
	seq := l.do("Ada", state.RecordCheckpoint{})
	data := l.inc.Log[seq-1].Data.(*state.LogCheckpointed)
	if data.Size != seq-1 || data.Tree != state.NewTree(l.inc.Log).Hash(seq-1) {
		t.Fatalf("it records %+v", data)
	}
	if found := contradictions(t, l.inc.Log); len(found) > 0 {
		t.Fatalf("it contradicts itself: %v", found)
	}
	stamp := state.Stamp{By: state.Actor{Name: "Ada", Via: "local"}, Recorded: l.now, Zone: "+00:00 UTC"}
	if _, err := state.Decide(l.inc, state.Action{Command: state.RecordCheckpoint{}}, stamp); err == nil {
		t.Error("one follows another")
	}
	for name, change := range map[string]func(*state.LogCheckpointed){
		"another tree": func(d *state.LogCheckpointed) { d.Tree = state.Sum([]byte("x")) },
		"fewer":        func(d *state.LogCheckpointed) { d.Size-- },
		"none":         func(d *state.LogCheckpointed) { d.Size = 0 },
		"more":         func(d *state.LogCheckpointed) { d.Size = 1 << 60 },
	} {
		log := slices.Clone(l.inc.Log)
		log[seq-1].Data = with(data, change)
		if found := contradictions(t, log); len(found) != 1 {
			t.Errorf("%s: found %v", name, found)
		}
	}
}
