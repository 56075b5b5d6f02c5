package filelog

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"muster/state"
	"muster/state/statetest"
)

// TestFile: a log file can be read wherever it lies, as far as it is good, and
// nothing beside it or in it is changed.
func TestFile(t *testing.T) {
	f := newFixture(t, "a", "b")
	path := filepath.Join(t.TempDir(), "copy.jsonl")
	read := func(content []byte) (notes []string, writable error) {
		if err := os.WriteFile(path, content, 0o400); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.Remove(path) })
		l, err := File(path).Open(ctx, "any", false)
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		for e, err := range l.Entries(ctx, 0) {
			if note, ok := e.Data.(*state.NoteAdded); ok && err == nil {
				notes = append(notes, note.Text)
			}
		}
		if err := l.Append(ctx, statetest.Note(l.Head(), "c")); err == nil {
			t.Error("it takes an entry")
		}
		if after, err := os.ReadFile(path); err != nil || string(after) != string(content) {
			t.Errorf("the file was changed: %v", err)
		}
		os.Remove(path)
		return notes, l.Writable()
	}
	good := f.read()
	if notes, why := read(good); !slices.Equal(notes, []string{"a", "b"}) || !errors.Is(why, state.ErrReadOnly) {
		t.Errorf("it has %q, %v", notes, why)
	}
	if notes, _ := read(append(slices.Clone(good), `{"e":{"v"`...)); !slices.Equal(notes, []string{"a", "b"}) {
		t.Errorf("with a torn end it has %q", notes)
	}
	lines := f.lines()
	notes, why := read(slices.Concat(lines[0], lines[2]))
	if !errors.As(why, new(*state.Damage)) || notes != nil {
		t.Errorf("without a line it has %q, %v", notes, why)
	}
	if _, err := File(filepath.Join(t.TempDir(), "none")).Open(ctx, "any", true); err == nil {
		t.Error("a file that is not there is opened")
	}
	if _, err := File(path).Create(ctx, "any", statetest.Opening("any")); !errors.Is(err, state.ErrReadOnly) {
		t.Errorf("Create: %v", err)
	}
}
