package filelog

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"muster/state"
	"muster/state/statetest"
)

// TestLines: what is handed out is the file's bytes, and stops where they go wrong.
func TestLines(t *testing.T) {
	store := Open(t.TempDir())
	first := statetest.Opening("lines")
	log, err := store.Create(t.Context(), "lines", first)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	for head := statetest.Head(first); head.Seq < 5; {
		line := statetest.Note(head, "one \u2028 more")
		if err := log.Append(t.Context(), line); err != nil {
			t.Fatal(err)
		}
		head = statetest.Head(line)
	}
	path := filepath.Join(store.dir, "incidents", "lines", logName)
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var got []byte
	for line, err := range log.(state.Liner).Lines(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(append(got, line...), '\n')
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%d bytes, and the file has %d", len(got), len(want))
	}
	n := 0
	for range log.(state.Liner).Lines(t.Context(), 3) {
		n++
	}
	if n != 2 {
		t.Errorf("%d lines after the third of five", n)
	}
	if err := os.WriteFile(path, bytes.Replace(want, []byte("one \u2028"), []byte("two \u2028"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	var damage *state.Damage
	n = 0
	for _, err := range log.(state.Liner).Lines(t.Context(), 0) {
		if err == nil {
			n++
		}
		errors.As(err, &damage)
	}
	if damage == nil || damage.Line != 2 || n != 1 {
		t.Errorf("after %d good lines: %v", n, damage)
	}
}
