package filelog

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"muster/state"
	"muster/state/statetest"
)

// TestFileSystems: on a file system that is not known to hold lock and append nothing
// is written, and the reason is said, unless somebody takes the risk; then the log can
// say so.
func TestFileSystems(t *testing.T) {
	f := newFixture(t, "a")
	f.store.system = func(string) (string, bool) { return "FUSE", false }
	l := f.open()
	f.is(l.Append(ctx, statetest.Note(l.Head(), "b")), state.ErrReadOnly)
	if text := l.Writable().Error(); !strings.Contains(text, "FUSE") || !strings.Contains(text, "--any-filesystem") {
		t.Errorf("the reason is %s", text)
	}
	_, err := f.store.Create(ctx, "another", statetest.Opening("another"))
	f.is(err, state.ErrReadOnly)
	f.store.OnAny()
	l = f.open()
	f.add(l, "b")
	if l.Disk() != "FUSE" {
		t.Errorf("the disk is %q", l.Disk())
	}
	// What can only be read there goes on elsewhere.
	f.store.any = false
	l, usb := f.open(), f.TempDir()
	entries := f.entries(l)
	f.store.system = func(path string) (string, bool) { return "FUSE", strings.HasPrefix(path, usb) }
	fresh, err := l.Rescue(ctx, entries, usb)
	f.must(err)
	defer fresh.Close()
	f.add(fresh, "c")
	if _, err := os.Stat(filepath.Join(usb, "incidents", id, logName)); err != nil {
		t.Error(err)
	}
}

// TestOwnFileSystem: the one that tests run on has a name.
func TestOwnFileSystem(t *testing.T) {
	name, known := fileSystem(t.TempDir())
	t.Logf("%s, known %v", name, known)
	if f := newFixture(t); known && f.open().Disk() != "" {
		t.Error("a known file system is said to be none")
	}
}
