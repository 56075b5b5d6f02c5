package state_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"muster/state"
	"muster/state/statetest"
)

// noted are n entries as a person writes them.
func noted(n int) []state.Entry {
	entries := make([]state.Entry, n)
	for i := range entries {
		entries[i] = statetest.Entry(state.Head{}, &state.NoteAdded{Text: fmt.Sprint("note ", i)})
	}
	return entries
}

// TestSealAllIsSealingEach: entries that are sealed at once, on all cores, are what each would be
// that is sealed by itself behind the one before; of more than one core takes at a time too.
func TestSealAllIsSealingEach(t *testing.T) {
	start := state.Head{Seq: 41, Hash: state.Sum([]byte("x"))}
	for _, n := range []int{0, 1, 2, 511, 512, 513, 1024, 1100} {
		entries := noted(n)
		lines, err := state.SealAll(start, entries, nil)
		if err != nil || len(lines) != n {
			t.Fatalf("of %d entries there are %d lines, %v", n, len(lines), err)
		}
		head := start
		for i, want := range noted(n) {
			want.Seq, want.Prev = head.Seq+1, head.Hash
			sealed, one, err := state.Seal(want)
			if err != nil || string(lines[i].Bytes) != string(one.Bytes) || lines[i].Hash != sealed.Hash || lines[i].Seq != sealed.Seq || lines[i].Prev != head.Hash || entries[i].Hash != sealed.Hash || lines[i].Known {
				t.Fatalf("of %d, line %d is\n%s, known %v\nand should be\n%s\n%v", n, i, lines[i].Bytes, lines[i].Known, one.Bytes, err)
			}
			head = statetest.Head(one)
		}
	}
}

// TestSealAllEndsAtWhatCannotBeSealed: with the lines of those before it, and the reason.
func TestSealAllEndsAtWhatCannotBeSealed(t *testing.T) {
	for _, at := range []int{0, 1, 511, 512, 700} {
		for why, spoil := range map[string]func(*state.Entry){
			"long": func(e *state.Entry) { e.Data = &state.NoteAdded{Text: strings.Repeat("x", state.MaxLine)} },
			"bad":  func(e *state.Entry) { e.Data = &state.NoteAdded{Text: "\xff"} },
			"none": func(e *state.Entry) { e.Data = nil },
		} {
			entries := noted(800)
			spoil(&entries[at])
			lines, err := state.SealAll(state.Head{}, entries, nil)
			if err == nil || len(lines) != at || (why == "long") != errors.Is(err, state.ErrTooLong) {
				t.Errorf("%s, entry %d: %d lines, %v", why, at, len(lines), err)
			}
		}
	}
}
