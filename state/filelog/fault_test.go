package filelog

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"muster/state"
	"muster/state/statetest"
)

// TestFailedAppend: whatever call fails, the entry is not acknowledged, nothing more
// is written, and after a rescue every acknowledged entry is there, here and for
// others.
func TestFailedAppend(t *testing.T) {
	for _, test := range []struct {
		call  string
		fault fault
	}{
		{"write", fault{err: syscall.ENOSPC}}, {"write", fault{err: syscall.ENOSPC, short: 100}}, {"write", fault{err: syscall.EIO, short: 1 << 20}},
		{"write", fault{short: 1}}, {"write", fault{short: 200}}, {"sync", fault{err: syscall.EIO}}, {"sync", fault{err: syscall.EDQUOT}},
	} {
		for _, elsewhere := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s %v %d elsewhere=%v", test.call, test.fault.err, test.fault.short, elsewhere), func(t *testing.T) {
				f := newFixture(t, "a")
				store := f.faulty(nil)
				l := f.openWith(store, false)
				f.add(l, "b")
				failing := test.fault
				store.disk.faults = map[string]*fault{test.call: &failing}
				f.failsToAppend(l, test.fault.err)
				store.disk.faults = nil
				f.rescues(l, elsewhere)
			})
		}
	}
}

// failsToAppend wants Append to fail for cause, and the log to stay as it is then.
func (f *fixture) failsToAppend(l *Log, cause error) {
	f.Helper()
	head := l.Head()
	err := l.Append(ctx, statetest.Note(head, "lost"))
	f.is(err, state.ErrNotSaved)
	if cause != nil {
		f.is(err, cause)
	}
	content := f.read()
	f.is(l.Append(ctx, statetest.Note(head, "again")), state.ErrNotSaved)
	f.is(l.Writable(), state.ErrNotSaved)
	if len(f.read()) != len(content) || l.Head() != head {
		f.Error("the log was written on after a failure")
	}
	f.want(l, "a", "b")
	if changed, err := l.Changed(ctx); changed || err != nil {
		f.Errorf("Changed says %v, %v", changed, err)
	}
}

// rescues rescues l, which has the notes a and b, and goes on.
func (f *fixture) rescues(l *Log, elsewhere bool) {
	f.Helper()
	dir, head, notes := "", l.Head(), append([]string{"a", "b"}, f.landed()...)
	if elsewhere {
		dir = f.TempDir()
	}
	fresh, err := l.Rescue(ctx, f.entries(l), dir)
	f.must(err)
	defer fresh.Close()
	if mended := fresh.Mended(); mended == nil || mended.What != "failed write" && mended.What != "changed file" || mended.Detail == "" {
		f.Errorf("Mended is %+v", mended)
	}
	if l.Writable() == nil {
		f.Error("the old log still takes entries")
	}
	if changed, err := fresh.Changed(ctx); fresh.Head() != head || changed != (len(notes) > 2) || err != nil {
		f.Errorf("the head is %v, not %v; Changed says %v, %v", fresh.Head(), head, changed, err)
	}
	f.want(fresh, notes...)
	f.add(fresh, "c")
	store := f.store
	if elsewhere {
		store = Open(dir)
		f.want(f.openWith(f.store, true), notes...)
	}
	again := f.openWith(store, false)
	f.want(again, append(notes, "c")...)
	if head, kept := again.Hint(); !kept {
		f.Errorf("the hint says that entry %d is missing", head.Seq)
	}
}

// landed is the note that was not acknowledged, if it got into the file whole.
func (f *fixture) landed() []string {
	content, _ := os.ReadFile(f.log())
	if strings.HasSuffix(string(content), "\"lost\"}}}}\n") {
		return []string{"lost"}
	}
	return nil
}

func TestFailedCreate(t *testing.T) {
	for _, call := range []string{"mkdir", "create", "write", "sync", "syncdir", "rename"} {
		for after := range 3 {
			t.Run(fmt.Sprint(call, after), func(t *testing.T) {
				store := Open(filepath.Join(t.TempDir(), "state"))
				store.disk.faults = map[string]*fault{call: {after: after, short: 50, err: syscall.EIO}}
				l, err := store.Create(ctx, id, statetest.Opening(id))
				if err == nil {
					l.Close()
					return // it makes no more calls of this kind
				}
				if !errors.Is(err, state.ErrNotSaved) || !errors.Is(err, syscall.EIO) {
					t.Fatalf("the error is %v", err)
				}
				store.disk.faults = nil
				if ids, _ := store.List(ctx); len(ids) > 0 {
					t.Errorf("what was not made is listed: %q", ids)
				}
				if l, err = store.Create(ctx, id, statetest.Opening(id)); err != nil {
					t.Fatalf("once the disk is well: %v", err)
				}
				l.Close()
			})
		}
	}
}

// TestFailedMend: a tail that cannot be mended leaves a log that can be read, and
// the tail where it is, for the next to try.
func TestFailedMend(t *testing.T) {
	for _, call := range []string{"create", "write", "sync", "syncdir", "truncate"} {
		t.Run(call, func(t *testing.T) {
			f := newFixture(t, "a", "b")
			torn := append(f.read(), `{"e":`...)
			f.write(torn)
			l := f.openWith(f.faulty(map[string]*fault{call: {err: syscall.ENOSPC}}), false)
			f.is(l.Writable(), state.ErrNotSaved)
			f.want(l, "a", "b")
			if left := f.torn(); len(left) > 0 && (call == "create" || call == "write") {
				t.Errorf("%q is left over", left)
			}
			if call != "truncate" && call != "sync" && string(f.read()) != string(torn) {
				t.Error("the tail was cut off before it was kept")
			}
			again := f.open()
			if again.Mended() == nil || again.Writable() != nil {
				t.Errorf("the next: Mended %v, Writable %v", again.Mended(), again.Writable())
			}
			f.add(again, "c")
			f.want(f.open(), "a", "b", "c")
		})
	}
}

// TestFailedOpenSync: what cannot be synced on opening may not be there after all.
func TestFailedOpenSync(t *testing.T) {
	for _, call := range []string{"sync", "syncdir"} {
		f := newFixture(t, "a", "b")
		l := f.openWith(f.faulty(map[string]*fault{call: {err: syscall.EIO}}), false)
		f.is(l.Writable(), state.ErrNotSaved)
		l.store.disk.faults = nil
		f.rescues(l, false)
	}
}

// TestFailedNewsSync: another's entry that cannot be synced here is not shown.
func TestFailedNewsSync(t *testing.T) {
	f := newFixture(t, "a")
	store := f.faulty(nil)
	l := f.openWith(store, false)
	f.add(f.open(), "b")
	store.disk.faults = map[string]*fault{"sync": {err: syscall.EIO}}
	_, err := readNotes(l)
	f.is(err, state.ErrNotSaved)
	f.want(l, "a")
	f.is(l.Append(ctx, statetest.Note(l.Head(), "c")), state.ErrNotSaved)
	store.disk.faults = nil
	fresh, err := l.Rescue(ctx, f.entries(l), "")
	f.must(err)
	f.want(fresh, "a", "b") // the medium has it after all
	fresh.Close()
}

func TestFailedRescue(t *testing.T) {
	for _, call := range []string{"create", "write", "sync", "syncdir", "rename"} {
		t.Run(call, func(t *testing.T) {
			f := newFixture(t, "a", "b")
			store := f.faulty(map[string]*fault{"sync": {after: 1, err: syscall.EIO}})
			l := f.openWith(store, false)
			f.is(l.Append(ctx, statetest.Note(l.Head(), "lost")), state.ErrNotSaved)
			store.disk.faults = map[string]*fault{call: {err: syscall.EIO}}
			_, err := l.Rescue(ctx, f.entries(l), "")
			f.is(err, syscall.EIO)
			f.is(l.Writable(), state.ErrNotSaved)
			f.want(l, "a", "b")
			store.disk.faults = nil
			f.rescues(l, false)
		})
	}
}

// TestRescueOthers: what others got acknowledged is rescued too, and the failed entry
// if it is whole, since others may have shown it.
func TestRescueOthers(t *testing.T) {
	for name, test := range map[string]struct {
		fault  fault
		others []string
		want   []string
	}{
		"written, nobody went on": {fault{err: syscall.EIO, short: 1 << 20}, nil, []string{"a", "lost"}},
		"written, others went on": {fault{err: syscall.EIO, short: 1 << 20}, []string{"b", "c"}, []string{"a", "lost", "b", "c"}},
		"not written":             {fault{err: syscall.ENOSPC}, []string{"b"}, []string{"a", "b"}},
		"half, mended by others":  {fault{err: syscall.ENOSPC, short: 99}, []string{"b", "c"}, []string{"a", "b", "c"}},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, "a")
			store := f.faulty(map[string]*fault{"write": &test.fault})
			l := f.openWith(store, false)
			entries := f.entries(l)
			f.is(l.Append(ctx, statetest.Note(l.Head(), "lost")), state.ErrNotSaved)
			if test.others != nil {
				f.add(f.open(), test.others...)
			}
			store.disk.faults = nil
			fresh, err := l.Rescue(ctx, entries, "")
			f.must(err)
			defer fresh.Close()
			f.want(fresh, test.want...)
			f.add(fresh, "on")
		})
	}
}

// TestFollow: a log that is open goes over to the file that another process put in
// its place, if that has all that it knows of.
func TestFollow(t *testing.T) {
	f := newFixture(t, "a", "b")
	store := f.faulty(nil)
	l := f.openWith(store, false)
	reader, writer, also := f.openWith(f.store, true), f.open(), f.open()
	store.disk.faults = map[string]*fault{"sync": {err: syscall.EIO}}
	f.is(l.Append(ctx, statetest.Note(l.Head(), "lost")), state.ErrNotSaved)
	store.disk.faults = nil
	fresh, err := l.Rescue(ctx, f.entries(l), "")
	f.must(err)
	defer fresh.Close()
	f.want(fresh, "a", "b", "lost")
	f.add(fresh, "c")
	if changed, err := reader.Changed(ctx); !changed || err != nil {
		t.Errorf("Changed: %v, %v", changed, err)
	}
	f.want(reader, "a", "b", "lost", "c")
	f.is(reader.Writable(), state.ErrReadOnly)
	before := writer.Head()
	f.is(writer.Append(ctx, statetest.Note(before, "d")), state.ErrConflict)
	if changed, err := writer.Changed(ctx); !changed || err != nil || writer.Head() != before {
		t.Errorf("having followed: Changed says %v, %v", changed, err)
	}
	f.want(writer, "a", "b", "lost", "c")
	f.add(writer, "d")
	f.want(also, "a", "b", "lost", "c", "d")
	f.want(fresh, "a", "b", "lost", "c", "d")
}

func TestReplacedByAnother(t *testing.T) {
	f := newFixture(t, "a", "b")
	l := f.open()
	other := newFixture(t, "x", "y")
	f.must(os.Rename(other.log(), f.log()))
	var damage *state.Damage
	if _, err := readNotes(l); !errors.As(err, &damage) || !strings.Contains(damage.What, "replaced") {
		t.Errorf("Entries says %v", err)
	}
	if !errors.As(l.Append(ctx, statetest.Note(l.Head(), "c")), &damage) {
		t.Error("it was written to")
	}
}

// TestGone: a log whose file is gone takes no entry that would be lost, can still be
// read, and is rescued into its place.
func TestGone(t *testing.T) {
	f := newFixture(t, "a", "b")
	l := f.open()
	f.must(os.RemoveAll(f.dir))
	f.is(l.Append(ctx, statetest.Note(l.Head(), "c")), state.ErrNotSaved)
	f.rescues(l, false)
}

func TestRescueRefused(t *testing.T) {
	f := newFixture(t, "a", "b")
	l := f.open()
	entries := f.entries(l)
	if _, err := l.Rescue(ctx, entries, ""); err == nil {
		t.Error("a healthy log was rescued")
	}
	l.setBroken(notSaved(syscall.EIO))
	if _, err := l.Rescue(ctx, nil, ""); err == nil {
		t.Error("a log was rescued as nothing")
	}
	if _, err := l.Rescue(ctx, []state.Entry{entries[0], entries[2]}, ""); err == nil {
		t.Error("a log was rescued with a gap")
	}
	f.must(os.Truncate(f.log(), 0)) // from where the right line could be taken
	entries[1].By.Name = "Eve"
	if _, err := l.Rescue(ctx, entries, ""); err == nil {
		t.Error("a log was rescued with another content")
	}
}

// TestRescueTwice: of two processes whose disk failed, the first rescues the log and
// the second finds it rescued.
func TestRescueTwice(t *testing.T) {
	f := newFixture(t, "a", "b")
	one, two := f.open(), f.open()
	one.setBroken(notSaved(syscall.EIO))
	two.setBroken(notSaved(syscall.EIO))
	entries := f.entries(two)
	f.rescues(one, false)
	fresh, err := two.Rescue(ctx, entries, "")
	f.must(err)
	defer fresh.Close()
	f.want(fresh, "a", "b", "c")
	if fresh.Mended() != nil {
		t.Errorf("nothing was left to mend: %+v", fresh.Mended())
	}
}

// TestRescueWaits: while another process is writing to the old file it is not
// replaced.
func TestRescueWaits(t *testing.T) {
	f := newFixture(t, "a", "b")
	l, holder := f.openWith(f.faulty(nil), false), f.open()
	l.store.patience = time.Millisecond
	entries := f.entries(l)
	l.setBroken(notSaved(syscall.EIO))
	if got, err := holder.file.TryLock(); !got {
		t.Fatal(err)
	}
	_, err := l.Rescue(ctx, entries, "")
	f.is(err, ErrBusy)
	holder.file.Unlock()
	f.rescues(l, false)
}

// TestRescueNewerKeys: an entry with keys that this version does not know keeps them.
func TestRescueNewerKeys(t *testing.T) {
	f := newFixture(t, "a")
	l := f.open()
	line := newerLine(l.Head())
	f.must(l.Append(ctx, line))
	before := f.read()
	entries := f.entries(l)
	l.setBroken(notSaved(syscall.EIO))
	fresh, err := l.Rescue(ctx, entries, "")
	f.must(err)
	defer fresh.Close()
	if string(f.read()) != string(before) {
		t.Errorf("the log was changed:\n%s", f.read())
	}
}

// newerLine is a note that has one more key in its data.
func newerLine(head state.Head) state.Line {
	known := statetest.Note(head, "b")
	_, content, _ := strings.Cut(string(known.Bytes), `,"d":`)
	content, parts, _ := strings.Cut(content, `,"p":{"names":`)
	content = strings.Replace(content, `"data":{}`, `"data":{"tags":["x"]}`, 1)
	envelope, _, _ := strings.Cut(string(known.Bytes), `,"c":`)
	envelope = strings.TrimPrefix(envelope, `{"e":`) + `,"c":"` + state.Sum([]byte(content)).String() + `"}`
	return state.Line{
		Seq: known.Seq, Kind: known.Kind, Prev: known.Prev, Hash: state.Sum([]byte(envelope)),
		Bytes: []byte(`{"e":` + envelope + `,"d":` + content + `,"p":{"names":` + parts),
	}
}

func TestFailedEvidence(t *testing.T) {
	for _, call := range []string{"mkdir", "write", "sync", "rename", "syncdir"} {
		f := newFixture(t, "a")
		l := f.openWith(f.faulty(nil), false)
		l.store.disk.faults = map[string]*fault{call: {err: syscall.ENOSPC}}
		_, _, err := l.PutEvidence(ctx, strings.NewReader("photo"))
		f.is(err, syscall.ENOSPC)
		left, _ := filepath.Glob(filepath.Join(f.dir, "evidence", ".new-*"))
		if len(left) > 0 {
			t.Errorf("%s: %q is left over", call, left)
		}
		l.store.disk.faults = nil
		_, _, err = l.PutEvidence(ctx, strings.NewReader("photo"))
		f.must(err)
		f.add(l, "b")
	}
}
