package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"muster/state"
	"muster/state/export"
	"muster/state/line"
)

// provedLog is a log with a proof of its third entry, and one of that entry's envelope.
func provedLog(t *testing.T) (whole, envelope export.Proof, head string, lines []string) {
	t.Helper()
	p := newPlay(t)
	id := strings.TrimSpace(p.run("start", "ransomware", "--no-open", "--as", "Ada"))
	for _, text := range []string{"the first secret", "the second secret", "the third secret", "the fourth secret"} {
		p.run("note", text)
	}
	dir := t.TempDir()
	read := func(args ...string) (out export.Proof) {
		file := filepath.Join(dir, "x")
		p.run(append([]string{"prove", "4", "-o", file, "--force"}, args...)...)
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := export.ReadProof(text); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, &out); err != nil {
			t.Fatal(err)
		}
		for _, other := range []string{"first", "third", "fourth", id} {
			if bytes.Contains(text, []byte(other)) && other != "third" {
				t.Errorf("the proof shows %q", other)
			}
		}
		return out
	}
	whole, envelope = read(), read("--envelope")
	if strings.Contains(envelope.Entry, "secret") || strings.Contains(envelope.Entry, "Ada") || strings.Contains(whole.Recorded, "Ada") {
		t.Error("it shows more than was asked for")
	}
	log := p.run("export", id, "--format", "jsonl")
	lines = strings.Split(strings.TrimSuffix(log, "\n"), "\n")
	last, err := state.Decode([]byte(lines[len(lines)-1]))
	if err != nil {
		t.Fatal(err)
	}
	return whole, envelope, last.Hash.String(), lines
}

// textOf is a proof as it stands in a file.
func proofFile(p export.Proof) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	_ = encoder.Encode(p)
	return out.String()
}

// TestForgedProofs: muster and verify.py take the proofs that muster makes, and none that
// somebody changed.
func TestForgedProofs(t *testing.T) {
	whole, envelope, head, lines := provedLog(t)
	dir := t.TempDir()
	script := filepath.Join(dir, "verify.py")
	if err := os.WriteFile(script, []byte(line.VerifyPy()), 0o600); err != nil {
		t.Fatal(err)
	}
	python, noPython := exec.LookPath("python3")
	// takes reports whether both take a proof with a head; they must agree.
	takes := func(name, text, head string) bool {
		proved, err := export.ReadProof([]byte(text))
		ok := err == nil && proved.Head.Hash.String() == head
		if noPython != nil {
			return ok
		}
		file := filepath.Join(dir, "proof")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(python, script, file, head).CombinedOutput()
		if (err == nil) != ok || bytes.Contains(out, []byte("Traceback")) {
			t.Errorf("%s: muster takes it: %t, and verify.py says %s", name, ok, out)
		}
		return ok
	}
	for name, p := range map[string]export.Proof{"whole": whole, "envelope": envelope} {
		if !takes(name, proofFile(p), head) {
			t.Errorf("%s is not taken", name)
		}
	}
	if takes("another head", proofFile(whole), state.Sum([]byte("x")).String()) {
		t.Error("another head vouches for it")
	}
	other, _, _, _ := provedLog(t) // of another log, made alike
	for name, change := range map[string]func(p *export.Proof){
		"another text":           func(p *export.Proof) { p.Entry = strings.Replace(p.Entry, "second", "fourth", 1) },
		"another time":           func(p *export.Proof) { p.Entry = strings.Replace(p.Entry, `"recorded":"2`, `"recorded":"1`, 1) },
		"another kind":           func(p *export.Proof) { p.Entry = strings.Replace(p.Entry, "note.added", "note.aided", 1) },
		"another entry's line":   func(p *export.Proof) { p.Entry = lines[4] },
		"another entry":          func(p *export.Proof) { p.Entry, p.Seq = lines[4], 5 },
		"another number":         func(p *export.Proof) { p.Seq = 3 },
		"no number":              func(p *export.Proof) { p.Seq = 0 },
		"a number beyond":        func(p *export.Proof) { p.Seq = 99 },
		"another log's entry":    func(p *export.Proof) { p.Entry = other.Entry },
		"another log's path":     func(p *export.Proof) { p.Path = other.Path },
		"another log's tree":     func(p *export.Proof) { p.Recorded, p.Checkpoint, p.Path = other.Recorded, other.Checkpoint, other.Path },
		"another log's record":   func(p *export.Proof) { p.Recorded, p.Checkpoint = other.Recorded, other.Checkpoint },
		"another log's, whole":   func(p *export.Proof) { *p = other },
		"a checkpoint not there": func(p *export.Proof) { p.Checkpoint = other.Checkpoint },
		"no checkpoint":          func(p *export.Proof) { p.Checkpoint = "" },
		"the record is a note":   func(p *export.Proof) { p.Recorded = lines[4] },
		"another tree recorded":  func(p *export.Proof) { p.Recorded = strings.Replace(p.Recorded, `"tree":"`, `"tree":"0`, 1) },
		"another size recorded":  func(p *export.Proof) { p.Recorded = strings.Replace(p.Recorded, `"size":`, `"size":1`, 1) },
		"the record withheld": func(p *export.Proof) {
			p.Recorded = p.Recorded[:strings.Index(p.Recorded, `,"d":`)] + `,"d":null,"p":null}`
		},
		"no path":             func(p *export.Proof) { p.Path = []state.Hash{} },
		"half a path":         func(p *export.Proof) { p.Path = p.Path[:1] },
		"a longer path":       func(p *export.Proof) { p.Path = append(append([]state.Hash{}, p.Path...), state.Hash{}) },
		"a path turned round": func(p *export.Proof) { p.Path = []state.Hash{p.Path[1], p.Path[0], p.Path[2]} },
		"a drill":             func(p *export.Proof) { p.Exercise = true },
		"a newer version":     func(p *export.Proof) { p.Version = 2 },
		"version 0":           func(p *export.Proof) { p.Version = 0 },
		"no entry":            func(p *export.Proof) { p.Entry = "" },
		"two lines":           func(p *export.Proof) { p.Entry += "\n" + p.Entry },
		"a control":           func(p *export.Proof) { p.Entry = "\x1b" + p.Entry },
	} {
		p := whole
		change(&p)
		if takes(name, proofFile(p), head) {
			t.Errorf("%s passes", name)
		}
	}
	good := proofFile(whole)
	for name, text := range map[string]string{
		"cut":              good[:len(good)/2],
		"without its end":  strings.TrimSuffix(good, "}\n"),
		"more behind it":   good + good,
		"a key more":       strings.Replace(good, "{\n", "{\n  \"x\": 1,\n", 1),
		"a key twice":      strings.Replace(good, `  "seq": 4,`, "  \"seq\": 4,\n  \"seq\": 4,", 1),
		"a key left out":   strings.Replace(good, "  \"exercise\": false,\n", "", 1),
		"a number as text": strings.Replace(good, `"seq": 4`, `"seq": "4"`, 1),
		"a list as entry":  strings.Replace(good, `"entry": "`, `"entry": ["`, 1),
		"nested deeply":    "{\n  \"format\": \"muster-proof\",\n \"how\": " + strings.Repeat("[", 100_000),
	} {
		if !strings.HasPrefix(text, "{\n  \"format\": \"muster-proof\"") {
			continue // which is read as a log, and is none
		}
		if takes(name, text, head) {
			t.Errorf("%s passes", name)
		}
	}
}

// FuzzReadProof: no file makes the reader fall over, and what it takes is spelt in one way.
func FuzzReadProof(f *testing.F) {
	f.Add([]byte("{\n  \"format\": \"muster-proof\",\n  \"version\": 1\n}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if proved, err := export.ReadProof(text); err == nil && (proved.Entry.Seq == 0 || proved.Head.Seq != proved.Size+1) {
			t.Errorf("%+v", proved)
		}
	})
}
