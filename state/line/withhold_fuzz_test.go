package line_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"muster/state"
)

// FuzzWithhold: whatever a line is and whatever is withheld, a line that is refused
// stays refused, and of one that is good the copy is good, with the same hash; it lacks
// what it is said to lack, and what was withheld in two goes is withheld in one.
func FuzzWithhold(f *testing.F) {
	for _, name := range []string{"golden.jsonl", "golden1.jsonl"} {
		log, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		for i, line := range bytes.Split(bytes.TrimSpace(log), []byte("\n")) {
			f.Add(line, uint8(1)<<(i%5), uint8(i))
		}
	}
	f.Add([]byte(`{"e":{"v":2},"d":null,"p":null}`), uint8(0xff), uint8(0))
	f.Add([]byte(nil), uint8(0), uint8(0))
	f.Fuzz(func(t *testing.T, line []byte, first, then uint8) {
		tryWithhold(t, line, state.Parts(first), state.Parts(then))
		tryWithhold(t, rehash(line), state.Parts(first), state.Parts(then))
	})
}

func tryWithhold(t *testing.T, line []byte, first, then state.Parts) {
	t.Helper()
	before := bytes.Clone(line)
	copied, missing, err := state.Withhold(line, first)
	if !bytes.Equal(line, before) {
		t.Fatalf("the line itself was changed to %s", line)
	}
	full, refused := state.Check(line)
	if (err != nil) != (refused != nil) {
		t.Fatalf("Check says %v, and Withhold %v", refused, err)
	}
	if err != nil {
		return
	}
	e, err := state.Check(copied)
	if err != nil || e.Hash != full.Hash || e.Kind != full.Kind || e.Withheld != missing || missing&full.Withheld != full.Withheld {
		t.Fatalf("without %v it is %+v, %v: %s", missing.Names(), e, err, copied)
	}
	if _, err := state.Decode(line); err == nil {
		if _, err := state.Decode(copied); err != nil {
			t.Fatalf("without %v it cannot be read: %v: %s", missing.Names(), err, copied)
		}
	}
	again, twice, err := state.Withhold(copied, first)
	if err != nil || twice != missing || !bytes.Equal(again, copied) {
		t.Fatalf("withheld twice it is %s, %v, %v", again, twice.Names(), err)
	}
	inTwo, _, err := state.Withhold(copied, then)
	atOnce, _, err2 := state.Withhold(line, first|then)
	if err != nil || err2 != nil || !bytes.Equal(inTwo, atOnce) {
		t.Fatalf("in two goes it is %s, %v; at once it is %s, %v", inTwo, err, atOnce, err2)
	}
}

// rehash gives a line the hashes of what it now holds, so that what was made of its
// content is read at all.
func rehash(line []byte) []byte {
	var raw struct {
		E, D json.RawMessage
		P    map[string]json.RawMessage
	}
	var e struct{ C string }
	var d struct{ P map[string]string }
	if json.Unmarshal(line, &raw) != nil || json.Unmarshal(raw.E, &e) != nil || json.Unmarshal(raw.D, &d) != nil {
		return line
	}
	content := raw.D
	for part, was := range d.P {
		key := `"` + part + `":"`
		content = bytes.Replace(content, []byte(key+was), []byte(key+state.Sum(raw.P[part]).String()), 1)
	}
	line = bytes.Replace(line, raw.D, content, 1)
	return bytes.Replace(line, []byte(`"c":"`+e.C), []byte(`"c":"`+state.Sum(content).String()), 1)
}
