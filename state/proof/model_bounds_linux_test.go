package proof

import (
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"testing"
)

// A bound is how far the model is explored.
type bound struct {
	writers, notes, events int
	// shared has the writers write that many entries between them, in all ways to share
	// them; else each writes so many.
	shared bool
	// before and after are where others may come before something has happened, and then.
	before, after grain
	// more is how many entries each writes at most once something has happened; 0 for all
	// that it has to.
	more int
}

// A grain is between which two calls of a process others may come.
type grain int

const (
	calls grain = iota // any
	locks              // before it takes a lock, and before it writes without one
	turns              // things that it does, such as to record a note, or where it has to wait
)

func (g grain) String() string { return [...]string{"calls", "locked stretches", "whole acts"}[g] }

func (b bound) String() string {
	what := " entries, "
	if b.shared {
		what = " entries between them, "
	}
	if b.events == 0 {
		return fmt.Sprint(b.writers, " writers × ", b.notes, what, "no event")
	}
	text := fmt.Sprint(b.writers, " writers × ", b.notes, what)
	if b.before != calls {
		text += fmt.Sprint("by ", b.before, ", ")
	}
	text += fmt.Sprint(b.events, " event, then by ", b.after)
	if b.more > 0 {
		text += fmt.Sprint(" ", b.more, " more each")
	}
	return text
}

// shares are how many entries each writer has to write, in all ways that are not the same
// but for who is who.
func (b bound) shares() [][]int {
	if !b.shared {
		return [][]int{slices.Repeat([]int{b.notes}, b.writers)}
	}
	var all [][]int
	var share func(so []int, left int)
	share = func(so []int, left int) {
		switch {
		case len(so) < b.writers:
			for n := left; n >= 0; n-- {
				if len(so) == 0 || n <= so[len(so)-1] {
					share(append(slices.Clone(so), n), left-n)
				}
			}
		case left == 0:
			all = append(all, so)
		}
	}
	share(nil, b.notes)
	return all
}

// TestModel explores everything that can come of some processes with some notes each,
// when any of them may be next at any system call, and when after any of them one is
// killed, the power is cut or something else changes the log. In no world may an
// acknowledged entry be lost that a living process has, or that nothing but muster
// touched; be anything said to be saved that is not on the disk; be a line written that
// does not link; or be anything left that cannot be rescued.
func TestModel(t *testing.T) {
	bounds := []bound{
		{writers: 1, notes: 4, events: 1}, {writers: 2, notes: 4}, {writers: 3, notes: 2},
		{writers: 2, notes: 1, events: 1, before: turns, after: turns, more: 1},
	}
	if long() {
		defer debug.SetGCPercent(debug.SetGCPercent(200)) // most of what there is stays
		bounds = append(bounds,
			bound{writers: 3, notes: 4},
			bound{writers: 2, notes: 2, events: 1, after: locks},
			bound{writers: 2, notes: 4, events: 1, after: turns, more: 1},
			bound{writers: 3, notes: 1, events: 1, after: turns},
			bound{writers: 3, notes: 2, events: 1, after: turns, more: 1},
			bound{writers: 3, notes: 4, events: 1, before: turns, after: turns, more: 1},
		)
	}
	for _, b := range bounds {
		t.Run(b.String(), func(t *testing.T) {
			x := newExplorer(t, "", b)
			states := x.explore()
			fmt.Printf("%v: %d states, of which %d are ends; a process has %d; wrong %d\n", b, states, x.ends, x.places(), len(x.wrong))
			for _, what := range slices.Sorted(maps.Keys(x.wrong)) {
				t.Errorf("%d times %s, such as after\n%s", x.wrong[what], what, x.example[what])
			}
		})
	}
}

// TestModelLeavesNothingOut holds what makes worlds fewer against the exploration that
// leaves nothing out, as far as that goes: what can come of it in the end is the same, to
// the byte, and so is what is wrong.
func TestModelLeavesNothingOut(t *testing.T) {
	bounds := []bound{{writers: 1, notes: 1, events: 1}, {writers: 2, notes: 1}, {writers: 2, notes: 2}}
	if long() {
		bounds = append(bounds, bound{writers: 1, notes: 3, events: 1}, bound{writers: 2, notes: 4}, bound{writers: 3, notes: 1})
	}
	for _, breaks := range []string{"", "takes no lock", "syncs no file", "reads nothing back"} {
		for _, b := range bounds {
			if breaks != "" && b.writers*b.notes > 2 {
				continue
			}
			var finals []map[string]bool
			var wrong [][]string
			for _, plain := range []bool{false, true} {
				x := newExplorer(t, "", b)
				x.breaks, x.plain, x.final, x.all = breaks, plain, map[string]bool{}, true
				states := x.explore()
				t.Logf("%q, %v, nothing left out %v: %d states, %d ends that differ, %d kinds of wrong", breaks, b, plain, states, len(x.final), len(x.wrong))
				finals, wrong = append(finals, x.final), append(wrong, slices.Sorted(maps.Keys(x.wrong)))
			}
			if breaks == "" && !maps.Equal(finals[0], finals[1]) {
				t.Errorf("%v: of what can come of it there are %d instead of %d", b, len(finals[0]), len(finals[1]))
			}
			if !slices.Equal(wrong[0], wrong[1]) {
				t.Errorf("%q, %v: what is wrong is %q instead of %q", breaks, b, wrong[0], wrong[1])
			}
		}
	}
}

// TestModelCanFail: of a store that is broken in any of these ways the model finds it.
func TestModelCanFail(t *testing.T) {
	inTurn := bound{writers: 2, notes: 1, events: 1, before: turns, after: turns, more: 1}
	for _, c := range []struct {
		breaks string
		bound
	}{
		{"takes no lock", bound{writers: 2, notes: 1}},
		{"keeps the lock", bound{writers: 2, notes: 1}},
		{"syncs no file", bound{writers: 1, notes: 1, events: 1}},
		{"reads nothing back", bound{writers: 1, notes: 3, events: 1}},
		{"ignores which file it is", bound{writers: 1, notes: 3, events: 1}},
		{"writes a line in two", bound{writers: 1, notes: 1}},
		{"syncs no file", inTurn},
		{"reads nothing back", inTurn},
		{"ignores which file it is", inTurn},
	} {
		x := newExplorer(t, c.breaks, c.bound)
		states := x.explore()
		if len(x.wrong) == 0 {
			t.Errorf("a store that %s passes, in %d states of %v", c.breaks, states, c.bound)
		}
		t.Logf("a store that %s: %v, after %d states", c.breaks, slices.Sorted(maps.Keys(x.wrong)), states)
	}
}
