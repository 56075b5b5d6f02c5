package statetest

import (
	"context"
	"errors"
	"testing"

	"muster/state"
)

func TestMem(t *testing.T) {
	TestStore(t, func(*testing.T) state.Store { return NewMem() })
}

// TestMemUnsure: a store may always say that it is not sure.
func TestMemUnsure(t *testing.T) {
	TestStore(t, func(*testing.T) state.Store { return &Mem{Unsure: true} })
}

func newMem(t *testing.T, m *Mem) state.Log {
	t.Helper()
	l, err := m.Create(context.Background(), id, Opening(id))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestMemFaults(t *testing.T) {
	tests := map[string]struct {
		store *Mem
		want  [3]error // of three Appends
		after int      // entries that an opener sees
	}{
		"none":      {&Mem{}, [3]error{}, 4},
		"conflicts": {&Mem{Conflicts: 2}, [3]error{1: state.ErrConflict}, 3},
		"busy":      {&Mem{Busy: 3}, [3]error{2: ErrBroken}, 3},
		"unsaved":   {&Mem{Unsaved: 2}, [3]error{1: state.ErrNotSaved, 2: state.ErrNotSaved}, 2},
		"lands":     {&Mem{Unsaved: 2, Lands: true}, [3]error{1: state.ErrNotSaved, 2: state.ErrNotSaved}, 3},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			l := newMem(t, test.store)
			for i, want := range test.want {
				if err := l.Append(ctx, Note(l.Head(), "x")); !errors.Is(err, want) || (err == nil) != (want == nil) {
					t.Errorf("Append %d: %v, not %v", i+1, err, want)
				}
			}
			again, err := test.store.Open(ctx, id, true)
			if err != nil {
				t.Fatal(err)
			}
			if seen := again.Head().Seq; seen != uint64(test.after) {
				t.Errorf("an opener sees %d entries, not %d", seen, test.after)
			}
		})
	}
}

func TestMemRescue(t *testing.T) {
	ctx := context.Background()
	store := Mem{Unsaved: 2, Lands: true, Keeps: true}
	l := newMem(t, &store)
	first, failing := l.Append(ctx, Note(l.Head(), "a")), l.Append(ctx, Note(l.Head(), "b"))
	if first != nil || !errors.Is(failing, state.ErrNotSaved) {
		t.Fatalf("the appends: %v, %v", first, failing)
	}
	var entries []state.Entry
	for e, err := range l.Entries(ctx, 0) {
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, e)
	}
	if len(entries) != 2 {
		t.Fatalf("%d entries are acknowledged, not 2", len(entries))
	}
	fresh, err := l.(state.Rescuer).Rescue(ctx, entries, "")
	if err != nil {
		t.Fatal(err)
	}
	if fresh.Mended() == nil || fresh.Head().Seq != 2 || l.Writable() == nil {
		t.Errorf("rescued: Mended %v, head %v; the old: %v", fresh.Mended(), fresh.Head(), l.Writable())
	}
	if changed, err := fresh.Changed(ctx); !changed || err != nil {
		t.Errorf("what landed is no news: %v, %v", changed, err)
	}
	if err := insist(ctx, fresh, "c"); err != nil {
		t.Error(err)
	}
	for e, err := range fresh.Entries(ctx, 2) {
		if want := []string{3: "b", 4: "c"}[e.Seq]; err != nil || noteText(e) != want {
			t.Errorf("entry %d is %q, %v", e.Seq, noteText(e), err)
		}
	}
}

func TestMemBroken(t *testing.T) {
	l := newMem(t, &Mem{Broken: 2})
	read := func() (n int, last error) {
		for _, err := range l.Entries(context.Background(), 0) {
			n, last = n+1, err
		}
		return n, last
	}
	if n, err := read(); n != 1 || err != nil {
		t.Errorf("first reading: %d, %v", n, err)
	}
	if n, err := read(); n != 2 || !errors.Is(err, ErrBroken) {
		t.Errorf("second reading: %d, %v", n, err)
	}
}
