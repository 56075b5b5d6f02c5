//go:build unix

package team

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"muster/state/guard"
)

// TestLockThatIsHeld: who cannot change the folder, since another process has its lock and
// hangs, is told so.
func TestLockThatIsHeld(t *testing.T) {
	f, _ := newFolder(t)
	f.patience = 1
	if err := os.MkdirAll(f.Path, 0o700); err != nil {
		t.Fatal(err)
	}
	other, err := guard.OpenLock(filepath.Join(f.Path, lockFile))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := guard.TryLock(other); !got || err != nil {
		t.Fatal(got, err)
	}
	if err := f.change(func(*door) error { return nil }); !errors.Is(err, guard.ErrBusy) {
		t.Errorf("under another's lock: %v", err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.change(func(*door) error { return nil }); err != nil {
		t.Errorf("once it is given back: %v", err)
	}
}

// TestLockThatIsNoFile: a link in the lock's place is not followed, and makes no file
// somewhere else; a pipe is not taken for one.
func TestLockThatIsNoFile(t *testing.T) {
	f, _ := newFolder(t)
	if err := os.MkdirAll(f.Path, 0o700); err != nil {
		t.Fatal(err)
	}
	path, elsewhere := filepath.Join(f.Path, lockFile), filepath.Join(t.TempDir(), "elsewhere")
	if err := os.Symlink(elsewhere, path); err != nil {
		t.Fatal(err)
	}
	if err := f.change(func(*door) error { return nil }); !errors.Is(err, guard.ErrLink) {
		t.Errorf("through a link: %v", err)
	}
	if _, err := os.Lstat(elsewhere); err == nil {
		t.Error("a file was made where the link leads")
	}
	if err := errors.Join(os.Remove(path), syscall.Mkfifo(path, 0o600)); err != nil {
		t.Fatal(err)
	}
	if err := f.change(func(*door) error { return nil }); !errors.Is(err, guard.ErrNotPlain) {
		t.Errorf("a pipe: %v", err)
	}
}

// TestCardThatIsNoFile: what lies among the cards and is none is neither waited for nor
// followed, nor taken away, by who comes back.
func TestCardThatIsNoFile(t *testing.T) {
	f, _ := newFolder(t)
	gone, err := f.Arrive(Card{Name: "Ada", Incident: "2026-11-29-brave-elm"})
	if err != nil {
		t.Fatal(err)
	}
	dir, elsewhere := filepath.Dir(gone.file.Name()), filepath.Join(t.TempDir(), "elsewhere")
	pipe, link := filepath.Join(dir, "0pipe"), filepath.Join(dir, "0link")
	if err := errors.Join(gone.Drop(), os.Rename(gone.file.Name(), elsewhere), syscall.Mkfifo(pipe, 0o600), os.Symlink(elsewhere, link), os.Mkdir(filepath.Join(dir, "0folder"), 0o700)); err != nil {
		t.Fatal(err)
	}
	back, err := f.Arrive(Card{Name: "Ada"})
	if err != nil {
		t.Fatal(err)
	}
	if back.Was.Name != "" {
		t.Errorf("where they were is what a link leads to: %+v", back.Was)
	}
	for _, path := range []string{pipe, link, elsewhere} {
		if _, err := os.Lstat(path); err != nil {
			t.Error(err)
		}
		if card, ok := f.readCard(path); ok && path != elsewhere {
			t.Errorf("%s is read as %+v", path, card)
		}
	}
}
