package filelog

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/state/statetest"
)

// A change is what something else does to an open log's file.
type change struct {
	name string
	do   func(f *fixture, older []byte)
}

// changes are the ways in which a file stops being what was read. older is what the
// file had been before its last entries.
var changes = []change{
	{"encrypted in place", func(f *fixture, _ []byte) {
		content := f.read()
		for i := range content {
			content[i] ^= 0xa5
		}
		f.inPlace(content)
	}},
	{"encrypted in place, and longer", func(f *fixture, _ []byte) {
		f.inPlace(append(bytes.Repeat([]byte{7}, len(f.read())), "a header of the one who did it\n"...))
	}},
	{"encrypted into another file", func(f *fixture, _ []byte) {
		f.must(os.WriteFile(f.log()+".locked", bytes.Repeat([]byte{9}, len(f.read())), 0o600))
		f.must(os.Remove(f.log()))
	}},
	{"one byte of an early entry", func(f *fixture, _ []byte) {
		content := f.read()
		i := bytes.Index(content, []byte("first note"))
		content[i] = 'F'
		f.inPlace(content)
	}},
	{"one byte of the last entry", func(f *fixture, _ []byte) {
		content := f.read()
		content[len(content)-6] ^= 1
		f.inPlace(content)
	}},
	{"replaced by rename", func(f *fixture, _ []byte) {
		f.must(os.WriteFile(f.log()+"~", []byte("another file\n"), 0o600))
		f.must(os.Rename(f.log()+"~", f.log()))
	}},
	{"rolled back in place", func(f *fixture, older []byte) { f.inPlace(older) }},
	{"rolled back by rename", func(f *fixture, older []byte) {
		f.must(os.WriteFile(f.log()+"~", older, 0o600))
		f.must(os.Rename(f.log()+"~", f.log()))
	}},
	{"rolled back, and filled up to its size", func(f *fixture, older []byte) {
		last := f.lines()
		f.inPlace(append(bytes.Clone(older), bytes.Join(last[len(last)-1:], nil)...))
		f.must(os.Truncate(f.log(), int64(len(bytes.Join(last, nil)))))
	}},
	{"cut off", func(f *fixture, older []byte) { f.must(os.Truncate(f.log(), int64(len(older)))) }},
	{"emptied", func(f *fixture, _ []byte) { f.must(os.Truncate(f.log(), 0)) }},
	{"removed", func(f *fixture, _ []byte) { f.must(os.Remove(f.log())) }},
	{"its folder moved away", func(f *fixture, _ []byte) { f.must(os.Rename(f.dir, filepath.Join(f.TempDir(), "gone"))) }},
	{"written on by no muster", func(f *fixture, _ []byte) { f.inPlace(append(f.read(), "a line of somebody's\n"...)) }},
}

// inPlace writes content over the log's file, which stays the same file.
func (f *fixture) inPlace(content []byte) {
	f.Helper()
	f.must(os.WriteFile(f.log(), content, 0o600))
}

// older is the file as it was two entries ago.
func (f *fixture) older() []byte {
	lines := f.lines()
	return bytes.Join(lines[:len(lines)-2], nil)
}

// TestChangedUnderAnOpenLog: whatever something else does to the file of an open log,
// nothing is acknowledged from then on, the next look says so, and a rescue in place
// and one elsewhere have all that was acknowledged.
func TestChangedUnderAnOpenLog(t *testing.T) {
	for _, c := range changes {
		for _, first := range []string{"append", "look"} {
			for _, elsewhere := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s, %s, elsewhere=%v", c.name, first, elsewhere), func(t *testing.T) {
					f := newFixture(t, "the first note", "b", "c")
					l := f.open()
					entries := f.entries(l)
					c.do(f, f.older())
					if first == "append" {
						f.is(l.Append(ctx, statetest.Note(l.Head(), "lost")), state.ErrChanged)
					} else {
						f.is(f.look(l), state.ErrChanged)
					}
					f.is(l.Writable(), state.ErrChanged)
					f.is(l.Append(ctx, statetest.Note(l.Head(), "lost")), state.ErrNotSaved)
					f.rescuesAll(l, entries, elsewhere)
				})
			}
		}
	}
}

// look is what a session does twice a second, when a second has passed.
func (f *fixture) look(l *Log) error {
	f.looks++
	f.store.now = later(time.Duration(f.looks) * time.Hour)
	changed, err := l.Changed(ctx)
	if err == nil && changed {
		for _, e := range l.Entries(ctx, l.Head().Seq) {
			err = errors.Join(err, e)
		}
	}
	return errors.Join(err, l.Recheck(ctx))
}

// rescuesAll rescues l from memory, and wants the log to go on with all of it.
func (f *fixture) rescuesAll(l *Log, entries []state.Entry, elsewhere bool) {
	f.Helper()
	store, dir := f.store, ""
	if elsewhere {
		dir = f.TempDir()
		store = Open(dir)
	}
	was, _ := os.ReadFile(f.log())
	fresh, err := l.Rescue(ctx, entries, dir)
	f.must(err)
	defer fresh.Close()
	mended := fresh.Mended()
	if mended == nil || mended.What != "changed file" || mended.Detail == "" || elsewhere != strings.Contains(mended.Detail, dir) && dir != "" {
		f.Errorf("Mended is %+v", mended)
	}
	if was != nil && !elsewhere {
		if kept, err := os.ReadFile(filepath.Join(f.dir, mended.Kept)); err != nil || !bytes.Equal(kept, was) {
			f.Errorf("the changed file is not kept: %v", err)
		}
	}
	f.notes(fresh) // and whatever news there are
	f.add(fresh, "and on")
	got := f.notes(f.openWith(store, false))
	var want []string
	for _, e := range entries {
		if note, ok := e.Data.(*state.NoteAdded); ok {
			want = append(want, note.Text)
		}
	}
	if len(got) <= len(want) || !slices.Equal(got[:len(want)], want) || got[len(got)-1] != "and on" {
		f.Errorf("after the rescue the notes are %q", got)
	}
	if ids, err := store.List(ctx); err != nil || !slices.Equal(ids, []string{id}) {
		f.Errorf("the store lists %q, %v", ids, err)
	}
}

// TestTwoScreens: of two that have the log open when it is changed, both say so, the
// first rescues it, and the second goes on in what the first has rescued.
func TestTwoScreens(t *testing.T) {
	for _, c := range changes {
		t.Run(c.name, func(t *testing.T) {
			f := newFixture(t, "the first note", "b", "c")
			one, two := f.open(), f.open()
			entries := f.entries(one)
			c.do(f, f.older())
			f.is(f.look(one), state.ErrChanged)
			f.is(f.look(two), state.ErrChanged)
			f.rescuesAll(one, entries, false)
			f.must(f.look(two))
			f.must(two.Writable())
			f.want(two, "the first note", "b", "c", "and on")
			f.add(two, "here too")
		})
	}
}

// TestPutRight: once the file is again what was read from it, the log goes on.
func TestPutRight(t *testing.T) {
	f := newFixture(t, "the first note", "b", "c")
	l := f.open()
	good := f.read()
	f.inPlace(bytes.Repeat([]byte{7}, len(good)))
	f.is(f.look(l), state.ErrChanged)
	f.inPlace(good)
	f.must(f.look(l))
	f.add(l, "d")
	f.want(f.open(), "the first note", "b", "c", "d")
}

// TestChangedTwice: a file that was changed again before it is rescued, and has all
// entries but something behind them, is not taken for one that was put right; nor does
// the rescue wait for a lock that it has itself.
func TestChangedTwice(t *testing.T) {
	for _, behind := range []string{"another line\n", "{\"e\":{\"v\":2"} {
		for _, how := range []string{"in place", "by rename"} {
			t.Run(how+" "+behind, func(t *testing.T) {
				f := newFixture(t, "the first note", "b", "c")
				f.store.patience = time.Hour
				l := f.open()
				entries := f.entries(l)
				f.inPlace(append(f.read(), "a line of somebody's\n"...))
				f.is(f.look(l), state.ErrChanged)
				content := append(bytes.Join(f.lines()[:4], nil), behind...)
				if how == "by rename" {
					f.must(os.WriteFile(f.log()+"~", content, 0o600))
					f.must(os.Rename(f.log()+"~", f.log()))
				} else {
					f.inPlace(content)
				}
				f.rescuesAll(l, entries, false)
			})
		}
	}
}

// TestSomebodyWentOn: a file in the log's place in which somebody has gone on is not
// put aside: there are two logs then, and one of them takes another folder.
func TestSomebodyWentOn(t *testing.T) {
	f := newFixture(t, "the first note", "b", "c")
	l := f.open()
	entries := f.entries(l)
	f.inPlace(f.older())
	f.add(f.open(), "in the older one")
	f.is(f.look(l), state.ErrChanged)
	content := f.read()
	if _, err := l.Rescue(ctx, entries, ""); err == nil || !strings.Contains(err.Error(), "another folder") {
		t.Errorf("rescued over somebody's entry: %v", err)
	}
	if !bytes.Equal(f.read(), content) {
		t.Error("the other's file was changed")
	}
	f.rescuesAll(l, entries, true)
}

// TestRolledBackAndGoneOn: case G2. An older copy in the log's place, in which another muster
// has recorded until it has the very size that the log had, takes no line of this one.
func TestRolledBackAndGoneOn(t *testing.T) {
	for _, how := range []string{"in place", "by rename"} {
		for _, first := range []string{"append", "look"} {
			t.Run(how+", "+first, func(t *testing.T) {
				f := newFixture(t, "the first note", "b", "c")
				l := f.open()
				entries, size := f.entries(l), len(f.read())
				lines := f.lines()
				older := bytes.Join(lines[:len(lines)-1], nil)
				if how == "in place" {
					f.inPlace(older)
				} else {
					f.must(os.WriteFile(f.log()+"~", older, 0o600))
					f.must(os.Rename(f.log()+"~", f.log()))
				}
				f.add(f.open(), "d")
				content := f.read()
				if len(content) != size {
					t.Fatalf("it has %d bytes, and had %d", len(content), size)
				}
				if first == "append" {
					f.is(l.Append(ctx, statetest.Note(l.Head(), "e")), state.ErrChanged)
				} else {
					f.is(f.look(l), state.ErrChanged)
				}
				if !bytes.Equal(f.read(), content) {
					t.Error("the other's file was written on")
				}
				f.rescuesAll(l, entries, true)
			})
		}
	}
}

// TestOthersEntryIsKept: an entry that another wrote just before the change, and that
// still stands behind it, is taken along.
func TestOthersEntryIsKept(t *testing.T) {
	f := newFixture(t, "the first note", "b", "c")
	l, other := f.open(), f.open()
	entries := f.entries(l)
	f.add(other, "the other's")
	changes[3].do(f, nil)
	f.is(f.look(l), state.ErrChanged)
	fresh, err := l.Rescue(ctx, entries, "")
	f.must(err)
	defer fresh.Close()
	f.want(fresh, "the first note", "b", "c", "the other's")
}

// TestChangedAroundAWrite: a change at any moment of an append is found, by the append
// itself or by the next look, and no line that does not link is acknowledged.
func TestChangedAroundAWrite(t *testing.T) {
	for _, c := range changes {
		for _, moment := range []string{"write", "sync", "behind"} {
			t.Run(c.name+" at "+moment, func(t *testing.T) {
				f := newFixture(t, "the first note", "b", "c")
				l := f.open()
				entries, older := f.entries(l), f.older()
				f.store.disk.before = func(call string) {
					if call == moment {
						f.store.disk.before = nil
						c.do(f, older)
					}
				}
				err := l.Append(ctx, statetest.Note(l.Head(), "d"))
				acknowledged := err == nil
				if moment == "behind" {
					c.do(f, older)
				}
				if acknowledged {
					d, err := state.Decode(statetest.Note(state.Head{Seq: 4, Hash: entries[3].Hash}, "d").Bytes)
					f.must(err)
					entries = append(entries, d)
				}
				f.is(errors.Join(err, f.look(l)), state.ErrChanged)
				f.rescuesAll(l, entries, false)
				if acknowledged && !slices.Contains(f.notes(f.open()), "d") {
					t.Error("an acknowledged entry is lost")
				}
			})
		}
	}
}

func later(by time.Duration) func() time.Time {
	return func() time.Time { return time.Now().Add(by) }
}

// TestTouched: a file that only looks different is verified once, and taken.
func TestTouched(t *testing.T) {
	f := newFixture(t, "a")
	l := f.open()
	f.must(os.Chtimes(f.log(), time.Unix(1, 0), time.Unix(1, 0)))
	f.must(f.look(l))
	f.add(l, "b")
	f.must(os.Chtimes(f.log(), time.Unix(1, 0), time.Unix(1, 0)))
	f.add(l, "c")
	f.want(l, "a", "b", "c")
}

// TestChangedUnderADamagedLog: what is good of a log that was damaged when it was opened is
// as safe as that of any other: if something else takes it away, that is seen, and memory
// is rescued. As long as it lies there it is left as it is.
func TestChangedUnderADamagedLog(t *testing.T) {
	for _, c := range changes {
		for _, readOnly := range []bool{false, true} {
			t.Run(fmt.Sprint(c.name, ", for reading ", readOnly), func(t *testing.T) {
				f := newFixture(t, "first note", "second note", "third note")
				lines := f.lines()
				older := bytes.Join(lines[:2], nil)
				lines[3] = bytes.Replace(lines[3], []byte("third"), []byte("THIRD"), 1)
				f.write(bytes.Join(lines, nil))
				l := f.openWith(f.store, readOnly)
				var entries []state.Entry
				for e, err := range l.Entries(ctx, 0) {
					if err == nil {
						entries = append(entries, e)
					}
				}
				if len(entries) != 3 {
					t.Fatalf("it has %d good entries", len(entries))
				}
				if _, err := l.Rescue(ctx, entries, ""); err == nil || !strings.Contains(err.Error(), "is evidence and is left as it is") {
					t.Fatalf("before it was changed, Rescue says %v", err)
				}
				c.do(f, older)
				if c.name == "one byte of the last entry" || c.name == "written on by no muster" {
					return // that is behind what is good
				}
				_ = f.look(l)
				_ = f.look(l)
				f.is(l.Writable(), state.ErrChanged)
				f.rescuesAll(l, entries, readOnly)
			})
		}
	}
}

// TestTwoScreensElsewhere: of two that have the log open when it is changed, the first
// rescues it to another folder, and the second goes on there too, with what the first has
// written since; where another log of that incident lies nothing is touched.
func TestTwoScreensElsewhere(t *testing.T) {
	f := newFixture(t, "the first note", "b", "c")
	one, two, dir := f.open(), f.open(), t.TempDir()
	entries := f.entries(one)
	f.inPlace(bytes.Repeat([]byte{7}, len(f.read())))
	f.is(f.look(one), state.ErrChanged)
	f.is(f.look(two), state.ErrChanged)
	first, err := one.Rescue(ctx, entries, dir)
	f.must(err)
	defer first.Close()
	f.add(first, "and on")
	second, err := two.Rescue(ctx, entries, dir)
	f.must(err)
	defer second.Close()
	f.notes(second) // and whatever news there are
	f.add(second, "here too")
	f.want(f.openWith(Open(dir), true), "the first note", "b", "c", "and on", "here too")

	other := newFixture(t, "the first note", "another log")
	l := other.open()
	entries = other.entries(l)
	other.inPlace(nil)
	f.is(other.look(l), state.ErrChanged)
	if _, err := l.Rescue(ctx, entries, dir); !errors.Is(err, state.ErrExists) {
		t.Errorf("rescued to where another log is: %v", err)
	}
	f.want(f.openWith(Open(dir), true), "the first note", "b", "c", "and on", "here too")
}
