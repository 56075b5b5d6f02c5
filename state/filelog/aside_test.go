package filelog

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"muster/state"
	"muster/state/statetest"
)

// asideIn lists the logs that were written aside into dir.
func (f *fixture) asideIn(dir string) []string {
	f.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	f.must(err)
	return found
}

// wantAside wants the file at path to be a log with these notes, for its owner alone.
func (f *fixture) wantAside(path string, notes ...string) {
	f.Helper()
	l, err := File(path).Open(ctx, "aside", true)
	f.must(err)
	defer l.Close()
	f.want(l, notes...)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		f.Errorf("the file has mode %v, %v", info.Mode(), err)
	}
}

// TestAside: what was acknowledged can be written into a file of its own, and what stands
// behind it in the log too; the log and the file that was there before stay as they are.
func TestAside(t *testing.T) {
	f := newFixture(t, "a", "b")
	l := f.open()
	entries := f.entries(l)
	f.add(f.open(), "the other's")
	before := f.read()
	first, err := l.Aside(ctx, entries)
	f.must(err)
	f.wantAside(first, "a", "b", "the other's")
	if filepath.Dir(first) != filepath.Join(f.store.dir, "aside") || !strings.HasPrefix(filepath.Base(first), id+"-3-") {
		t.Errorf("it lies at %s", first)
	}
	second, err := l.Aside(ctx, entries[:2])
	f.must(err)
	if second == first || len(f.asideIn(filepath.Dir(first))) != 2 {
		t.Errorf("the second lies at %s", second)
	}
	if string(f.read()) != string(before) {
		t.Error("the log was changed")
	}
	f.must(os.RemoveAll(f.dir))
	third, err := l.Aside(ctx, entries)
	f.must(err)
	f.wantAside(third, "a", "b")
	if _, err := l.Aside(ctx, nil); err == nil {
		t.Error("nothing was written aside")
	}
	f.must(l.take(ctx))
	stopped, stop := context.WithCancel(ctx)
	stop()
	if _, err := l.Aside(stopped, entries); !errors.Is(err, context.Canceled) {
		t.Errorf("while another has the turn, stopped: %v", err)
	}
	l.give()
}

// TestAsideOfAFile: a log that is only read where it lies has no id to be named after.
func TestAsideOfAFile(t *testing.T) {
	f := newFixture(t, "a")
	path := filepath.Join(t.TempDir(), "A copy.jsonl")
	f.must(os.WriteFile(path, f.read(), 0o600))
	l, err := File(path).Open(ctx, path, true)
	f.must(err)
	defer l.Close()
	aside, err := l.(*Log).Aside(ctx, f.entries(l))
	f.must(err)
	f.wantAside(aside, "a")
	if !strings.HasPrefix(filepath.Base(aside), "log-") {
		t.Errorf("it lies at %s", aside)
	}
}

// TestAsideElsewhere: what the state directory does not take goes into the system's folder
// for temporary files; only if that takes none either it fails, with both reasons. What
// was only begun is left nowhere.
func TestAsideElsewhere(t *testing.T) {
	for _, call := range []string{"mkdir", "sync", "syncdir"} {
		t.Run(call, func(t *testing.T) {
			temp := t.TempDir()
			f := newFixture(t, "a", "b")
			own := filepath.Join(f.store.dir, "aside")
			t.Setenv("TMPDIR", temp)
			l := f.openWith(f.faulty(nil), false)
			entries := f.entries(l)
			once := &once{call: call, disk: l.store.disk}
			l.store.disk.before = once.strike
			if call == "mkdir" {
				f.must(os.WriteFile(own, nil, 0o600)) // a file is in the folder's way
			}
			path, err := l.Aside(ctx, entries)
			f.must(err)
			if filepath.Dir(path) != temp {
				t.Errorf("it lies at %s", path)
			}
			f.wantAside(path, "a", "b")
			if left := f.asideIn(own); len(left) > 0 && call != "syncdir" {
				t.Errorf("%q is left over", left)
			}
			f.must(os.Remove(path))
			l.store.disk.before = nil
			l.store.disk.faults = map[string]*fault{"mkdir": {err: syscall.EROFS}, "sync": {err: syscall.EDQUOT}}
			path, err = l.Aside(ctx, entries)
			if path != "" || !errors.Is(err, syscall.EDQUOT) || len(f.asideIn(temp)) > 0 {
				t.Errorf("if nothing takes it: %q, %v, and %q are left", path, err, f.asideIn(temp))
			}
		})
	}
}

// once makes one call fail, the first of its kind.
type once struct {
	call string
	disk *disk
	done bool
}

func (o *once) strike(call string) {
	o.disk.faults = nil
	if call == o.call && !o.done {
		o.done = true
		o.disk.faults = map[string]*fault{call: {err: syscall.ENOSPC}}
	}
}

// TestAsideStopped: whoever stops it gets no file anywhere.
func TestAsideStopped(t *testing.T) {
	temp := t.TempDir()
	f := newFixture(t, "a", "b")
	t.Setenv("TMPDIR", temp)
	l := f.openWith(f.faulty(nil), false)
	entries := f.entries(l)
	stopping, stop := context.WithCancel(ctx)
	l.store.disk.before = func(string) { stop() }
	if path, err := l.Aside(stopping, entries); !errors.Is(err, context.Canceled) || path != "" {
		t.Errorf("it says %q, %v", path, err)
	}
	if left := slices.Concat(f.asideIn(temp), f.asideIn(filepath.Join(f.store.dir, "aside"))); len(left) > 0 {
		t.Errorf("%q are left over", left)
	}
}

// TestAsideWithStrangers: what somebody else went on with in the log's place is no part of
// this log, and goes into no file of it.
func TestAsideWithStrangers(t *testing.T) {
	f := newFixture(t, "a", "b")
	l := f.open()
	entries := f.entries(l)
	lines := f.lines()
	strange := statetest.Note(state.Head{Seq: 2, Hash: entries[1].Hash}, "somebody's")
	f.inPlace(slices.Concat(lines[0], lines[1], withNewline(strange.Bytes)))
	path, err := l.Aside(ctx, entries)
	f.must(err)
	f.wantAside(path, "a", "b")
}
