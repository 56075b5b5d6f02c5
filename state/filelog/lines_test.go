package filelog

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
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

// TestLinesOfALongLog: what is read on all cores is handed out in order, byte for byte, up
// to where it goes wrong.
func TestLinesOfALongLog(t *testing.T) {
	store := Open(t.TempDir())
	first := statetest.Opening("lines")
	log, err := store.Create(t.Context(), "lines", first)
	if err != nil {
		t.Fatal(err)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	text := append(bytes.Clone(first.Bytes), '\n')
	for head, n := statetest.Head(first), 0; len(text) < 6*pieceSize; n++ {
		line := statetest.Note(head, strings.Repeat("long ", 1+n%3000))
		text, head = append(append(text, line.Bytes...), '\n'), statetest.Head(line)
	}
	path := filepath.Join(store.dir, "incidents", "lines", logName)
	for name, end := range map[string]int{"whole": len(text), "bad": bytes.LastIndexByte(text[:5*pieceSize], '\n') + 1} {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		log, err := store.Open(t.Context(), "lines", true)
		if err != nil {
			t.Fatal(err)
		}
		if end < len(text) {
			bad := bytes.Clone(text)
			bad[end+bytes.Index(text[end:], []byte("long"))] = 'L'
			if err := os.WriteFile(path, bad, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		var got []byte
		var damage *state.Damage
		for line, err := range log.(state.Liner).Lines(t.Context(), 0) {
			if err == nil {
				got = append(append(got, line...), '\n')
			}
			errors.As(err, &damage)
		}
		if !bytes.Equal(got, text[:end]) || (damage != nil) != (end < len(text)) {
			t.Errorf("%s: %d bytes of %d, and then %v", name, len(got), end, damage)
		}
		log.Close()
	}
}
