//go:build unix

package filelog

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"muster/state"
)

// evidenceFiles lists what lies beside the log.
func (f *fixture) evidenceFiles() (names []string) {
	f.Helper()
	found, err := os.ReadDir(filepath.Join(f.dir, "evidence"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		f.Fatal(err)
	}
	for _, file := range found {
		names = append(names, file.Name())
	}
	return names
}

// TestEvidenceKept: a file is kept under its hash, as it was, however often it is put there.
func TestEvidenceKept(t *testing.T) {
	for _, content := range []string{"", "photo", strings.Repeat("memory dump", 9000)} {
		f := newFixture(t)
		l := f.open()
		l.store = f.faulty(nil)
		l.store.largest = int64(len(content)) // and not a byte more is needed
		for range 2 {
			sum, size, err := l.PutEvidence(ctx, strings.NewReader(content))
			f.must(err)
			if sum != state.Sum([]byte(content)) || size != int64(len(content)) {
				t.Errorf("%d bytes are kept as %v of %d", len(content), sum, size)
			}
			file, err := l.Evidence(ctx, sum)
			f.must(err)
			var back strings.Builder
			if _, err := io.Copy(&back, file); err != nil || back.String() != content {
				t.Errorf("of %d bytes %d come back, %v", len(content), back.Len(), err)
			}
			f.must(file.Close())
		}
		if got := f.evidenceFiles(); len(got) != 1 {
			t.Errorf("%q lie there", got)
		}
		l.store.largest--
		if _, _, err := l.PutEvidence(ctx, strings.NewReader(content)); err == nil {
			t.Errorf("of %d bytes one is too many", len(content))
		}
	}
}

// TestEvidenceRefused: what was not kept whole leaves nothing, and the reason is said.
func TestEvidenceRefused(t *testing.T) {
	f := newFixture(t)
	reader := f.openWith(f.store, true)
	if _, _, err := reader.PutEvidence(ctx, strings.NewReader("photo")); !errors.Is(err, state.ErrReadOnly) {
		t.Errorf("opened for reading: %v", err)
	}
	l := f.open()
	lost := errors.New("the stick was pulled out")
	stopping, stop := context.WithCancel(ctx)
	for name, test := range map[string]struct {
		ctx     context.Context
		content io.Reader
		want    error
	}{
		"it cannot be read to its end": {ctx, io.MultiReader(strings.NewReader("half"), iotest.ErrReader(lost)), lost},
		"somebody stopped it":          {stopping, io.MultiReader(strings.NewReader("half"), stopper{stop}), context.Canceled},
	} {
		sum, size, err := l.PutEvidence(test.ctx, test.content)
		if !errors.Is(err, test.want) || sum != (state.Hash{}) || size != 0 {
			t.Errorf("%s: %v, %d bytes, %v", name, sum, size, err)
		}
	}
	if _, err := l.Evidence(stopping, state.Sum(nil)); !errors.Is(err, context.Canceled) {
		t.Errorf("to read, stopped: %v", err)
	}
	if got := f.evidenceFiles(); len(got) > 0 {
		t.Errorf("%q is left over", got)
	}
	f.must(os.Rename(filepath.Join(f.dir, "evidence"), filepath.Join(f.dir, "elsewhere")))
	f.must(os.Symlink("elsewhere", filepath.Join(f.dir, "evidence")))
	if _, _, err := l.PutEvidence(ctx, strings.NewReader("photo")); err == nil || !strings.Contains(err.Error(), "symbolic link") {
		t.Errorf("through a link: %v", err)
	}
	if left, _ := os.ReadDir(filepath.Join(f.dir, "elsewhere")); len(left) > 0 {
		t.Errorf("%v was written through a link", left)
	}
}

// A stopper stops who reads it, and goes on for ever.
type stopper struct{ stop func() }

func (s stopper) Read(p []byte) (int, error) { s.stop(); return len(p), nil }

// TestEvidenceNotPlain: only a plain file of that name is read, and what is missing is said
// to be.
func TestEvidenceNotPlain(t *testing.T) {
	f := newFixture(t)
	l := f.open()
	sum, _, err := l.PutEvidence(ctx, strings.NewReader("photo"))
	f.must(err)
	path := filepath.Join(f.dir, "evidence", sum.String())
	f.must(os.Remove(path))
	if file, err := l.Evidence(ctx, sum); !errors.Is(err, state.ErrNoFile) || file != nil {
		t.Errorf("it is gone, and Evidence says %v, %v", file, err)
	}
	f.must(os.Mkdir(path, 0o700))
	if file, err := l.Evidence(ctx, sum); err == nil || errors.Is(err, state.ErrNoFile) || file != nil {
		t.Errorf("it is a folder, and Evidence says %v, %v", file, err)
	}
}

// TestLeftPartsAndLinks: what looks like a part and is none is left alone, and keeps no
// other from being removed.
func TestLeftPartsAndLinks(t *testing.T) {
	f := newFixture(t)
	dir := filepath.Join(f.dir, "evidence")
	f.must(os.Mkdir(dir, 0o700))
	mine := filepath.Join(t.TempDir(), "mine")
	f.must(os.WriteFile(mine, []byte("keep"), 0o600))
	f.must(os.Symlink(mine, filepath.Join(dir, ".new-1")))
	f.must(os.Mkdir(filepath.Join(dir, ".new-2"), 0o700))
	f.must(os.WriteFile(filepath.Join(dir, ".new-3"), []byte("half"), 0o600))
	_, _, err := f.open().PutEvidence(ctx, strings.NewReader("whole"))
	f.must(err)
	got := f.evidenceFiles()
	if len(got) != 3 || got[0] != ".new-1" || got[1] != ".new-2" {
		t.Errorf("%q lie there", got)
	}
	if _, err := os.Stat(mine); err != nil {
		t.Error(err)
	}
}

// TestEvidenceAfterAMove: a log that was rescued to another folder finds what lies beside the
// old one, and keeps what is new beside itself.
func TestEvidenceAfterAMove(t *testing.T) {
	f := newFixture(t, "a")
	l := f.open()
	sum, _, err := l.PutEvidence(ctx, strings.NewReader("photo"))
	f.must(err)
	entries := f.entries(l)
	f.must(os.Truncate(f.log(), 3))
	f.is(f.look(l), state.ErrChanged)
	dir := t.TempDir()
	fresh, err := l.Rescue(ctx, entries, dir)
	f.must(err)
	defer fresh.Close()
	newer, _, err := fresh.PutEvidence(ctx, strings.NewReader("newer"))
	f.must(err)
	for want, sum := range map[string]state.Hash{"photo": sum, "newer": newer} {
		file, err := fresh.Evidence(ctx, sum)
		f.must(err)
		if content, err := io.ReadAll(file); string(content) != want || err != nil {
			t.Errorf("%q comes back as %q, %v", want, content, err)
		}
		f.must(file.Close())
	}
	if _, err := os.Stat(filepath.Join(dir, "incidents", id, "evidence", newer.String())); err != nil {
		t.Error(err)
	}
}

// TestTwoPutEvidence: who puts a file beside the log at the same moment takes no other's away,
// whenever that is.
func TestTwoPutEvidence(t *testing.T) {
	for _, when := range []string{"write", "sync", "rename"} {
		f := newFixture(t)
		l, other := f.open(), f.open()
		l.store = f.faulty(nil)
		l.store.disk.before = func(call string) {
			if call == when {
				l.store.disk.before = nil
				_, _, err := other.PutEvidence(ctx, strings.NewReader("of another"))
				f.must(err)
			}
		}
		if _, _, err := l.PutEvidence(ctx, strings.NewReader("photo")); err != nil || len(f.evidenceFiles()) != 2 {
			t.Errorf("another's before %s: %v, and there lie %q", when, err, f.evidenceFiles())
		}
	}
}
