package filelog

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"muster/state"
	"muster/state/statetest"
)

// handed is what Load gives away of a log: the numbers of its entries.
func handed(t *testing.T, store state.Loader, readOnly bool) (l state.Log, seqs []uint64) {
	t.Helper()
	last := -1
	l, err := store.Load(ctx, id, readOnly, func(e *state.Entry, more int) {
		if e.Data == nil {
			t.Errorf("entry %d has no data", e.Seq)
		}
		seqs, last = append(seqs, e.Seq), more
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	if l.Mended() == nil && l.Writable() == nil && last != 0 {
		t.Errorf("at the end it says that %d more come", last)
	}
	return l, seqs
}

// unreadable is a line whose hashes are good and whose data is not what its kind
// has. Verifying takes it; whoever wants to know what it says cannot.
func unreadable(head state.Head) []byte {
	e := statetest.Entry(head, &state.Unknown{Name: state.KindNoteAdded, Raw: []byte(`{"text":3}`)})
	_, line, err := state.Seal(e)
	if err != nil {
		panic(err)
	}
	return withNewline(line.Bytes)
}

// TestLoad: it hands out what is good and nothing else, and finds, mends and leaves
// alone what Open would.
func TestLoad(t *testing.T) {
	whole := newFixture(t, "a", "b").read()
	lines := slices.Collect(bytes.Lines(whole))
	flipped := bytes.Replace(whole, []byte(`"a"`), []byte(`"A"`), 1)
	third, err := state.Decode(bytes.TrimSuffix(lines[2], []byte("\n")))
	if err != nil {
		t.Fatal(err)
	}
	strange := unreadable(state.Head{Seq: 3, Hash: third.Hash})
	for name, test := range map[string]struct {
		content []byte
		good    int
		torn    bool
		line    int // that is damaged
	}{
		"whole":      {whole, 3, false, 0},
		"torn":       {whole[:len(whole)-5], 2, true, 0},
		"flipped":    {flipped, 1, false, 2},
		"missing":    {bytes.Join([][]byte{lines[0], lines[2]}, nil), 1, false, 2},
		"empty":      {nil, 0, false, 1},
		"unreadable": {slices.Concat(whole, strange), 3, false, 4},
	} {
		for _, readOnly := range []bool{true, false} {
			f := newFixture(t)
			f.write(test.content)
			l, seqs := handed(t, f.store, readOnly)
			var damage *state.Damage
			line := 0
			if errors.As(l.Writable(), &damage) {
				line = damage.Line
			}
			if len(seqs) != test.good || l.Head().Seq != uint64(test.good) || line != test.line || (l.Mended() != nil) != (test.torn && !readOnly) {
				t.Errorf("%s, read only %v: %d handed out, head %d, mended %v, damage %v", name, readOnly, len(seqs), l.Head().Seq, l.Mended(), damage)
			}
			if !test.torn && !bytes.Equal(f.read(), test.content) {
				t.Errorf("%s, read only %v: the file was changed", name, readOnly)
			}
		}
	}
}

// TestLoadLong: on all cores nothing is lost, doubled or in another order.
func TestLoadLong(t *testing.T) {
	const n = 9000
	store := bigLog(t, n)
	for name, loader := range map[string]state.Loader{"store": store, "file": File(statetest.LogPath(store.dir, id))} {
		_, seqs := handed(t, loader, true)
		for i, seq := range seqs {
			if seq != uint64(i)+1 {
				t.Fatalf("%s: entry %d comes as number %d", name, seq, i+1)
			}
		}
		if len(seqs) != n {
			t.Errorf("%s: %d entries", name, len(seqs))
		}
	}
}

// TestLoadGivesTheSame: computed while it is read, the incident is what it is
// computed afterwards, corrections and all.
func TestLoadGivesTheSame(t *testing.T) {
	f := newFixture(t, "a", "b", "c")
	l := f.open()
	for _, data := range []state.Data{
		&state.EntryRetracted{Seq: 3, Why: "it was the other one"}, &state.NoteAdded{Text: "d"},
		&state.EntryAmended{Seq: 6, Why: "a slip", Text: new(string)}, &state.SeverityChanged{Severity: "low", Why: "it is over"},
	} {
		f.must(l.Append(ctx, statetest.Next(l.Head(), data)))
	}
	want, err := state.Replay(l.Entries(ctx, 0))
	f.must(err)
	for name, store := range map[string]state.Store{"read once": f.store, "read twice": struct{ state.Store }{f.store}} {
		loaded, got, err := state.Load(ctx, store, id, true)
		f.must(err)
		f.must(loaded.Close())
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: it is\n%+v\nnot\n%+v", name, got, want)
		}
	}
	f.write(append(f.read(), "{}\n"...))
	var damage *state.Damage
	loaded, got, err := state.Load(ctx, f.store, id, true)
	if !errors.As(err, &damage) || loaded == nil || !reflect.DeepEqual(got, want) {
		t.Errorf("damaged: %v, %+v", err, got)
	}
	f.must(os.Remove(filepath.Join(f.dir, logName)))
	if loaded, _, err := state.Load(ctx, f.store, id, true); !errors.Is(err, state.ErrNotFound) || loaded != nil {
		t.Errorf("not there: %v, %v", loaded, err)
	}
}
