package filelog

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"muster/state"
)

// TestFileUnderAnotherName: a file of evidence is found by what it is, whatever it is called; not
// if it was changed, and never through a link.
func TestFileUnderAnotherName(t *testing.T) {
	dir := t.TempDir()
	log, folder := filepath.Join(dir, "log.jsonl"), filepath.Join(dir, "evidence")
	if HasEvidence(log) {
		t.Error("there is a folder of evidence")
	}
	put := func(name, text string) state.Hash {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return state.Sum([]byte(text))
	}
	if err := os.MkdirAll(filepath.Join(folder, "deep"), 0o700); err != nil {
		t.Fatal(err)
	}
	if !HasEvidence(log) {
		t.Error("there is no folder of evidence")
	}
	own := state.Sum([]byte("as its hash"))
	put(own.String(), "as its hash")
	photo, none := put("photo.jpg", "a photo"), state.Sum([]byte("none"))
	lies := state.Sum([]byte("what it should be"))
	put(lies.String(), "something else")
	secret := filepath.Join(dir, "secret")
	linked := state.Sum([]byte("secret"))
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(folder, "link")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what string
		sum  state.Hash
		size int64
		path string // in the folder, where it lies or should
		text string // "" for none
	}{
		{"by its hash", own, 11, own.String(), "as its hash"},
		{"by another name", photo, 7, "photo.jpg", "a photo"},
		{"of another size", photo, 8, "photo.jpg", ""},
		{"not there", none, 4, none.String(), ""},
		{"changed", lies, 14, lies.String(), ""},
		{"behind a link", linked, 6, linked.String(), ""},
	} {
		if got := EvidencePath(context.Background(), log, c.sum); got != filepath.Join(folder, c.path) {
			t.Errorf("%s: it lies at %s", c.what, got)
		}
		if got := string(ReadEvidence(log, c.sum, c.size)); got != c.text {
			t.Errorf("%s: it is %q", c.what, got)
		}
	}
	if got := ReadEvidence(filepath.Join(dir, "none", "log.jsonl"), own, 11); got != nil {
		t.Errorf("without a folder it is %q", got)
	}
}
