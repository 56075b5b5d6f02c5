package export_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"muster/state"
	"muster/state/export"
)

// bundleOf is the bundle of a story's log, with what lies beside it by hash.
func bundleOf(s *scribe, parts state.Parts, beside map[state.Hash]string) export.BundleOf {
	lines := func() (iter.Seq2[[]byte, error], error) {
		return func(yield func([]byte, error) bool) {
			for _, line := range s.lines {
				var err error
				if parts != 0 {
					line, _, err = state.Withhold(line, parts)
				}
				if !yield(line, err) {
					return
				}
			}
		}, nil
	}
	all, _ := lines()
	inc, err := state.Replay(func(yield func(state.Entry, error) bool) {
		for line, err := range all {
			var e state.Entry
			if err == nil {
				e, err = state.Decode(line)
			}
			if !yield(e, err) {
				return
			}
		}
	})
	if err != nil {
		s.tb.Fatal(err)
	}
	return export.BundleOf{Incident: inc, Options: export.Options{Program: "muster test"}, Lines: lines,
		Evidence: func(sum state.Hash) (io.ReadCloser, error) {
			text, ok := beside[sum]
			if !ok {
				return nil, fmt.Errorf("evidence %.8s…: %w", sum, state.ErrNoFile)
			}
			if state.Sum([]byte(text)) != sum {
				return io.NopCloser(io.MultiReader(strings.NewReader(text), failing{})), nil
			}
			return io.NopCloser(strings.NewReader(text)), nil
		}}
}

// failing is a reader that finds out at its end that what it read is not what was kept.
type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("it was changed") }

// unzipped is what a bundle holds.
func unzipped(t *testing.T, packed []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string]string)
	for _, file := range z.File {
		in, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		if _, twice := files[file.Name]; twice {
			t.Errorf("%s is there twice", file.Name)
		}
		files[file.Name] = string(text)
	}
	return files
}

// TestBundle: the same log gives the same bytes; the sums are those of all files; names
// of evidence are safe to unpack and apart.
func TestBundle(t *testing.T) {
	s := &scribe{tb: t, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Drill, Runbook: document("small", book(""))})
	beside := make(map[state.Hash]string)
	names := []string{"dump.txt", "dump.txt", "../../etc/passwd", ".profile", "-rf", "a b;c.png", strings.Repeat("x", 90) + ".log", "NUL", "dump...", "файл.txt", "new\\line.txt"}
	for i, name := range names {
		text := fmt.Sprint("content ", i)
		beside[state.Sum([]byte(text))] = text
		s.do("Ada", state.AddEvidence{Name: name, SHA256: state.Sum([]byte(text)), Size: int64(len(text))})
	}
	s.do("Ada", state.AddEvidence{Name: "again.txt", SHA256: state.Sum([]byte("content 0")), Size: 9})
	var first, second bytes.Buffer
	if err := errors.Join(export.WriteBundle(&first, bundleOf(s, 0, beside)), export.WriteBundle(&second, bundleOf(s, 0, beside))); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same log gives other bytes")
	}
	files := unzipped(t, first.Bytes())
	kept := 0
	for name, text := range files {
		if rest, ok := strings.CutPrefix(name, "evidence/"); ok {
			kept++
			if strings.Trim(rest, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") != "" || len(rest) > 100 || rest[0] < '0' || rest[0] > '9' || strings.HasSuffix(rest, ".") {
				t.Errorf("%q is no safe name", rest)
			}
		}
		if name != "SHA256SUMS" && !strings.Contains(files["SHA256SUMS"], state.Sum([]byte(text)).String()+"  "+name+"\n") {
			t.Errorf("SHA256SUMS does not have %s", name)
		}
	}
	if kept != len(names) || strings.Count(files["SHA256SUMS"], "\n") != len(files)-1 {
		t.Errorf("%d files are there, of %d", kept, len(names))
	}
	if files["evidence/8-1-"+strings.Repeat("x", 76)+".log"] != "content 6" {
		t.Error("a long name does not keep its ending")
	}
	for _, want := range []string{"EXERCISE EXERCISE EXERCISE\n", "python3 verify.py log.jsonl " + s.inc.Head.Hash.Code(), "entry 4  \"../../etc/passwd\", 9 bytes\n      evidence/4-1-.._.._etc_passwd\n",
		"      evidence/2-1-dump.txt\n      the same bytes: entry 13  \"again.txt\"\n"} {
		if !strings.Contains(files["README.txt"], want) {
			t.Errorf("README.txt lacks %q:\n%s", want, files["README.txt"])
		}
	}
	if got := files["log.jsonl"]; got != string(bytes.Join(s.lines, []byte("\n")))+"\n" {
		t.Error("the log is not the log")
	}
}

// TestBundleIsNotWhole: a file that is gone or changed is not in it, and that is said in
// it and by the error; the rest is there.
func TestBundleIsNotWhole(t *testing.T) {
	s := &scribe{tb: t, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("small", book(""))})
	for _, name := range []string{"good", "gone", "changed"} {
		s.do("Ada", state.AddEvidence{Name: name + ".txt", SHA256: state.Sum([]byte(name)), Size: int64(len(name))})
	}
	var out bytes.Buffer
	err := export.WriteBundle(&out, bundleOf(s, 0, map[state.Hash]string{state.Sum([]byte("good")): "good", state.Sum([]byte("changed")): "Changed"}))
	var lacks *export.NotWholeError
	if !errors.As(err, &lacks) || len(lacks.Files) != 2 || err.Error() != `not in the bundle: "gone.txt" of entry 3, which is missing; "changed.txt" of entry 4, which was changed or cannot be read` {
		t.Fatalf("%v", err)
	}
	files := unzipped(t, out.Bytes())
	if len(files) != 7 || files["evidence/2-1-good.txt"] != "good" {
		t.Errorf("%d files", len(files))
	}
	for _, want := range []string{"NOT HERE: it is missing. Its SHA-256 is " + state.Sum([]byte("gone")).String(), "NOT HERE: it was changed or cannot be read."} {
		if !strings.Contains(files["README.txt"], want) {
			t.Errorf("README.txt lacks %q", want)
		}
	}
}

// TestBundleOfACopy has nothing that is withheld, and does not call it none.
func TestBundleOfACopy(t *testing.T) {
	s := story(t, state.Live, "")
	var out bytes.Buffer
	if err := export.WriteBundle(&out, bundleOf(s, state.PartsOf(state.Names, state.Evidence), nil)); err != nil {
		t.Fatal(err)
	}
	for name, text := range unzipped(t, out.Bytes()) {
		if strings.HasPrefix(name, "evidence/") || strings.Contains(text, "fw.png") {
			t.Errorf("%s has what is withheld", name)
		}
		if name == "README.txt" && (!strings.Contains(text, "Some are withheld") || strings.Contains(text, "   none\n")) {
			t.Errorf("README.txt: %s", text)
		}
	}
}

// TestBundleOfADamagedLog has the log as far as it is good, and all that belongs to it.
func TestBundleOfADamagedLog(t *testing.T) {
	s := story(t, state.Live, "")
	b := bundleOf(s, 0, nil)
	good := s.lines[:5]
	s.lines = append(append([][]byte{}, good...), []byte(`{"e":`))
	b.Options.Damage = &state.Damage{Line: 6, Seq: 6, What: "it breaks off"}
	var out bytes.Buffer
	err := export.WriteBundle(&out, b)
	if !errors.As(err, new(*state.Damage)) {
		t.Fatalf("it says %v", err)
	}
	files := unzipped(t, out.Bytes())
	if files["log.jsonl"] != string(bytes.Join(good, []byte("\n")))+"\n" || !strings.Contains(files["README.txt"], "WARNING: the log is damaged at line 6: it breaks off.") || files["report.md"] == "" || files["SHA256SUMS"] == "" {
		t.Errorf("the bundle has %d files, and its README is %s", len(files), files["README.txt"])
	}
}

// TestBundleSaysWhatWasSigned: what people have signed is in it, byte for byte, and how their
// signatures are checked; nothing where it is withheld whose log it is.
func TestBundleSaysWhatWasSigned(t *testing.T) {
	s := &scribe{tb: t, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("small", book(""))})
	head := s.inc.Head
	for _, who := range []string{"Ada", "Ben"} {
		s.do(who, state.RecordSignature{Head: head.Hash, Fingerprint: "SHA256:" + who, Namespace: state.SignatureNamespace})
	}
	want, err := state.Statement{Incident: s.inc.ID, Head: head}.Text()
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	if err := export.WriteBundle(&packed, bundleOf(s, 0, nil)); err != nil {
		t.Fatal(err)
	}
	files := unzipped(t, packed.Bytes())
	if files["signed/1.head"] != string(want) {
		t.Errorf("it has %q", files["signed/1.head"])
	}
	for _, want := range []string{"\n4. That a person signed the log", "-n muster-head -s signed.sig < signed/1.head\n",
		"and that the one in signed/1.head is the head of entry 1 of this log:\n\n   python3 verify.py log.jsonl \\\n     " + head.Hash.String() + "\n",
		"Ada signed the head of entry 1, by the word of entry 2, with the key\n   SHA256:Ada\n", "Ben signed the head of entry 1"} {
		if !strings.Contains(files["README.txt"], want) {
			t.Errorf("README.txt does not say %q:\n%s", want, files["README.txt"])
		}
	}
	if !strings.Contains(files["SHA256SUMS"], "  signed/1.head\n") {
		t.Errorf("SHA256SUMS lacks it:\n%s", files["SHA256SUMS"])
	}
}

// TestBundleIsCheckedToTheLastByte: the line that its README gives finds a byte that was changed in
// the list of hashes itself; sha256sum only warns of it, unless it is told otherwise.
func TestBundleIsCheckedToTheLastByte(t *testing.T) {
	sh, err := exec.LookPath("sha256sum")
	if err != nil {
		t.Skip("there is no sha256sum")
	}
	s := &scribe{tb: t, now: day}
	s.do("Ada", state.OpenIncident{ID: "2026-11-24-amber-heron", Mode: state.Live, Runbook: document("small", book(""))})
	var packed bytes.Buffer
	if err := export.WriteBundle(&packed, bundleOf(s, 0, nil)); err != nil {
		t.Fatal(err)
	}
	files, dir := unzipped(t, packed.Bytes()), t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(name)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, line, _ := strings.Cut(files["README.txt"], "\n   sha256sum ")
	line, _, _ = strings.Cut(line, "\n")
	checked := func() error {
		cmd := exec.Command(sh, strings.Fields(line)...)
		cmd.Dir = dir
		return cmd.Run()
	}
	if err := checked(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "SHA256SUMS"), []byte(strings.Replace(files["SHA256SUMS"], "  log.jsonl", "x  log.jsonl", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if checked() == nil {
		t.Errorf("sha256sum %s does not see that a hash is none", line)
	}
}
