package filelog

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"muster/state"
)

// A closedDoor is a disk on which nobody may look at any name.
type closedDoor struct {
	Disk
	shut bool
}

func (d *closedDoor) Lstat(path string) (fs.FileInfo, error) {
	if d.shut {
		return nil, &fs.PathError{Op: "lstat", Path: path, Err: syscall.EACCES}
	}
	return d.Disk.Lstat(path)
}

// TestUnreachable: a log at which nobody may look any more is not said to be gone from its
// place, and the reason comes first. Once that is put right, it goes on.
func TestUnreachable(t *testing.T) {
	f := newFixture(t, "a")
	l := f.open()
	door := &closedDoor{Disk: l.store.disk.Disk, shut: true}
	l.store.disk.Disk = door
	err := f.look(l)
	f.is(err, state.ErrChanged)
	f.is(err, state.ErrUnreachable)
	if said := err.Error(); said != "the log's file cannot be reached any more: permission denied" {
		t.Errorf("it says %q", said)
	}
	door.shut = false
	f.must(f.look(l))
	f.add(l, "b")
	f.must(os.Remove(f.log()))
	if err := f.look(l); errors.Is(err, state.ErrUnreachable) || !strings.Contains(err.Error(), "not in its place any more") {
		t.Errorf("when it is gone it says %v", err)
	}
}

// TestMovedUnharmed: what is carried on elsewhere though nothing failed does not say that
// something did.
func TestMovedUnharmed(t *testing.T) {
	f := newFixture(t, "a")
	path := filepath.Join(t.TempDir(), "x.jsonl")
	f.must(os.WriteFile(path, f.read(), 0o600))
	for name, c := range map[string]struct {
		store state.Store
		id    string
		want  string
	}{
		"a file":      {File(path), path, "read from a file"},
		"an incident": {f.store, id, "moved"},
	} {
		l, err := c.store.Open(ctx, c.id, true)
		f.must(err)
		fresh, err := l.(*Log).Rescue(ctx, f.entries(l), t.TempDir())
		f.must(err)
		if mended := fresh.Mended(); mended == nil || mended.What != c.want || !strings.HasPrefix(mended.Detail, "the log goes on in another folder: ") {
			t.Errorf("%s: %+v", name, mended)
		}
		f.must(fresh.Close())
	}
}
