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
	"time"

	"golang.org/x/sys/unix"

	"muster/state"
	"muster/state/statetest"
)

// TestModes: nobody else can read anything.
func TestModes(t *testing.T) {
	f := newFixture(t, "a")
	l := f.open()
	_, _, err := l.PutEvidence(ctx, strings.NewReader("photo"))
	f.must(err)
	f.write(append(f.read(), "torn"...))
	f.open()
	files := 0
	f.must(filepath.WalkDir(f.store.dir, func(path string, entry fs.DirEntry, err error) error {
		f.must(err)
		info, err := entry.Info()
		f.must(err)
		want := fs.FileMode(0o600)
		if entry.IsDir() {
			want = 0o700
		}
		if path != f.store.dir && info.Mode().Perm() != want {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		files++
		return nil
	}))
	if files != 9 {
		t.Errorf("there are %d files and folders", files)
	}
}

// TestLinks: a symbolic link, a pipe or a folder in a file's place is refused, and
// nothing waits for it.
func TestLinks(t *testing.T) {
	for name, put := range map[string]func(f *fixture, path string) error{
		"link":          func(f *fixture, path string) error { return os.Symlink(filepath.Join(f.dir, "real"), path) },
		"dangling link": func(_ *fixture, path string) error { return os.Symlink("/nonexistent", path) },
		"pipe":          func(_ *fixture, path string) error { return unix.Mkfifo(path, 0o600) },
		"folder":        func(_ *fixture, path string) error { return os.Mkdir(path, 0o700) },
	} {
		for _, readOnly := range []bool{true, false} {
			f := newFixture(t, "a")
			f.must(os.Rename(f.log(), filepath.Join(f.dir, "real")))
			f.must(put(f, f.log()))
			if _, err := f.store.Open(ctx, id, readOnly); err == nil || errors.Is(err, state.ErrNotFound) {
				t.Errorf("%s, readOnly %v: %v", name, readOnly, err)
			}
			if ids, _ := f.store.List(ctx); len(ids) != 1 {
				t.Errorf("%s: the incident is not listed", name)
			}
		}
	}
}

func TestLinkedFolder(t *testing.T) {
	f := newFixture(t, "a")
	f.must(os.Symlink(f.dir, filepath.Join(f.store.incidents(), "linked")))
	if _, err := f.store.Open(ctx, "linked", false); err == nil || !strings.Contains(err.Error(), "symbolic link") {
		t.Errorf("a linked folder: %v", err)
	}
	if _, err := f.store.Create(ctx, "linked", statetest.Opening("linked")); !errors.Is(err, state.ErrExists) {
		t.Errorf("creating in a linked folder: %v", err)
	}
}

// TestListOnlyIncidents: what a crash left of a new incident is no incident.
func TestListOnlyIncidents(t *testing.T) {
	f := newFixture(t)
	for _, name := range []string{".new-123", "empty", "With-Capitals"} {
		f.must(os.Mkdir(filepath.Join(f.store.incidents(), name), 0o700))
	}
	f.must(os.WriteFile(filepath.Join(f.store.incidents(), ".new-123", logName), statetest.Opening("x").Bytes[:9], 0o600))
	f.must(os.WriteFile(filepath.Join(f.store.incidents(), "a-file"), nil, 0o600))
	ids, err := f.store.List(ctx)
	f.must(err)
	if len(ids) != 1 || ids[0] != id {
		t.Errorf("List is %q", ids)
	}
}

func TestStateDirInTheWay(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(file).Create(ctx, id, statetest.Opening(id)); err == nil {
		t.Error("an incident was made below a file")
	}
}

// TestHint: a log whose end was cut off cleanly verifies; the hint says what is
// missing, and goes on saying so.
func TestHint(t *testing.T) {
	f := newFixture(t, "a", "b", "c")
	last := f.open()
	want := last.Head()
	if head, kept := last.Hint(); !kept || head != want {
		t.Errorf("the hint is %v, %v", head, kept)
	}
	f.must(last.Close())
	lines := f.lines()
	f.write([]byte(strings.Join([]string{string(lines[0]), string(lines[1])}, "")))
	for range 3 {
		l := f.open()
		if l.Writable() != nil {
			t.Fatal(l.Writable())
		}
		if head, kept := l.Hint(); kept || head != want {
			t.Errorf("with its end cut off the hint is %v, %v", head, kept)
		}
		f.add(l, "on")
	}
	f.must(os.WriteFile(f.store.hintPath(id), []byte("nonsense"), 0o600))
	if head, kept := f.open().Hint(); !kept || head != (state.Head{}) {
		t.Errorf("a broken hint is %v, %v", head, kept)
	}
	f.must(os.RemoveAll(filepath.Dir(f.store.hintPath(id))))
	f.must(os.WriteFile(filepath.Dir(f.store.hintPath(id)), nil, 0o600))
	f.add(f.open(), "a hint that cannot be kept is no error")
}

func TestEvidenceChanged(t *testing.T) {
	f := newFixture(t)
	l := f.open()
	sum, _, err := l.PutEvidence(ctx, strings.NewReader("photo"))
	f.must(err)
	path := filepath.Join(f.dir, "evidence", sum.String())
	readBack := func() (string, error) {
		file, err := l.Evidence(ctx, sum)
		if err != nil {
			return "", err
		}
		defer file.Close()
		content, err := io.ReadAll(file)
		return string(content), err
	}
	f.must(os.WriteFile(path, []byte("fakes"), 0o600))
	if _, err := readBack(); err == nil || !strings.Contains(err.Error(), "changed") {
		t.Errorf("changed evidence: %v", err)
	}
	f.must(os.Remove(path))
	f.must(os.Symlink("/etc/hostname", path))
	if _, err := readBack(); err == nil {
		t.Error("a link was followed")
	}
	if _, _, err := l.PutEvidence(ctx, strings.NewReader("photo")); err != nil {
		t.Fatal(err)
	}
	if content, err := readBack(); content != "photo" || err != nil {
		t.Errorf("put again it is %q, %v", content, err)
	}
}

func TestEvidenceTooLarge(t *testing.T) {
	f := newFixture(t)
	l := f.open()
	l.store = f.faulty(nil)
	l.store.largest = 3 << 20
	_, _, err := l.PutEvidence(ctx, zeros{})
	if err == nil || !strings.Contains(err.Error(), "3 MiB") {
		t.Errorf("the error is %v", err)
	}
	if left, _ := os.ReadDir(filepath.Join(f.dir, "evidence")); len(left) > 0 {
		t.Errorf("%v is left over", left)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// TestWaiting: an append that waits for its turn ends with its context.
func TestWaiting(t *testing.T) {
	f := newFixture(t, "a")
	l, holder := f.open(), f.open()
	if got, err := holder.file.TryLock(); !got {
		t.Fatal(err)
	}
	soon, cancel := context.WithTimeout(ctx, time.Millisecond)
	defer cancel()
	f.is(l.Append(soon, statetest.Note(l.Head(), "b")), context.DeadlineExceeded)
	holder.file.Unlock()
	f.add(l, "b")
	f.must(l.take(ctx))
	late, cancel := context.WithTimeout(ctx, time.Millisecond)
	defer cancel()
	f.is(l.Append(late, statetest.Note(l.Head(), "c")), context.DeadlineExceeded)
	l.give()
	f.want(l, "a", "b")
}

// TestCloseWhileWriting: Close does not wait for an append that hangs.
func TestCloseWhileWriting(t *testing.T) {
	f := newFixture(t, "a")
	l := f.open()
	f.must(l.take(ctx)) // as an append that hangs does
	f.must(l.Close())
	l.give()
	if err := l.Append(ctx, statetest.Note(l.Head(), "b")); !errors.Is(err, errClosed) {
		t.Errorf("Append says %v", err)
	}
}

// TestPartIsKeptUntilItHasItsName: whoever opens the log while a file is being kept, at
// whatever moment, takes it for no part that was left.
func TestPartIsKeptUntilItHasItsName(t *testing.T) {
	f := newFixture(t, "a")
	l := f.open()
	calls := map[string]int{}
	l.store.disk.before = func(call string) {
		calls[call]++
		sweep(filepath.Join(f.dir, "evidence"))
	}
	_, size, err := l.PutEvidence(ctx, strings.NewReader("whole"))
	l.store.disk.before = nil
	if err != nil || size != 5 {
		t.Errorf("%d bytes, %v", size, err)
	}
	if calls["write"] == 0 || calls["sync"] == 0 || calls["rename"] == 0 {
		t.Errorf("looked at %v", calls)
	}
}

// TestLeftParts: what a killed process had begun to copy is removed by the next copy,
// but not what somebody is still copying.
func TestLeftParts(t *testing.T) {
	f := newFixture(t, "a")
	l := f.open()
	dir := filepath.Join(f.dir, "evidence")
	f.must(os.MkdirAll(dir, 0o700))
	left, busy := filepath.Join(dir, ".new-1"), filepath.Join(dir, ".new-2")
	f.must(os.WriteFile(left, []byte("half"), 0o600))
	file, err := os.Create(busy)
	f.must(err)
	defer file.Close()
	if got, err := tryLock(file); !got {
		t.Fatal(err)
	}
	gone := func(when string) {
		t.Helper()
		if _, err := os.Stat(left); err == nil {
			t.Errorf("%s, a part of a killed process is still there", when)
		}
		if _, err := os.Stat(busy); err != nil {
			t.Errorf("%s, what somebody copies was removed", when)
		}
	}
	_, _, err = l.PutEvidence(ctx, strings.NewReader("whole"))
	f.must(err)
	gone("after the next file")
	f.must(os.WriteFile(left, []byte("half"), 0o600))
	watched, err := f.store.Open(ctx, id, true)
	f.must(err)
	watched.Close()
	if _, err := os.Stat(left); err != nil {
		t.Error("who only reads has removed something")
	}
	again, err := f.store.Open(ctx, id, false)
	f.must(err)
	again.Close()
	gone("at the next opening")
}
