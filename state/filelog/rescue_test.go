package filelog

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"muster/state"
	"muster/state/statetest"
)

// TestRescueOfAFile: a log that is read where it lies goes on in a folder, as the incident that
// it says it is; the file stays as it is.
func TestRescueOfAFile(t *testing.T) {
	f := newFixture(t, "a", "b")
	path := filepath.Join(t.TempDir(), "A copy.jsonl")
	f.must(os.WriteFile(path, f.read(), 0o600))
	opened, err := File(path).Open(ctx, path, true)
	f.must(err)
	l := opened.(*Log)
	entries := f.entries(l)
	if _, err := l.Rescue(ctx, entries, ""); err == nil {
		t.Error("it goes on in place")
	}
	dir := t.TempDir()
	fresh, err := l.Rescue(ctx, entries, dir)
	f.must(err)
	defer fresh.Close()
	f.add(fresh, "c")
	f.want(f.openWith(Open(dir), false), "a", "b", "c")
	if now, err := os.ReadFile(path); err != nil || string(now) != string(f.read()) {
		t.Errorf("the file was changed: %v", err)
	}
	if mended := fresh.Mended(); mended == nil || !strings.Contains(mended.Detail, "goes on in another folder: "+dir) || strings.Contains(mended.Detail, ";") {
		t.Errorf("Mended is %+v", mended)
	}
	if err := l.Writable(); !errors.Is(err, errClosed) {
		t.Errorf("the old one: %v", err)
	}
}

// TestRescueIsRefused: what needs no rescue, or must not have one, stays as it is and as open
// as it was.
func TestRescueIsRefused(t *testing.T) {
	f := newFixture(t, "a", "b")
	taken := newFixture(t, "another's")
	stopped, stop := context.WithCancel(ctx)
	stop()
	for name, test := range map[string]struct {
		ctx  context.Context
		why  error // the log's
		dir  string
		want string
	}{
		"well":                      {ctx, nil, "", "it needs no rescue"},
		"well, elsewhere":           {ctx, nil, f.TempDir(), "it needs no rescue"},
		"for reading, in place":     {ctx, state.ErrReadOnly, "", "could not be written to"},
		"damaged":                   {ctx, &state.Damage{Line: 2, Seq: 2, What: "torn"}, "", "is evidence and is left as it is"},
		"damaged, elsewhere":        {ctx, &state.Damage{Line: 2, Seq: 2, What: "torn"}, f.TempDir(), "is evidence and is left as it is"},
		"where another's log is":    {ctx, notSaved(errors.New("full")), taken.store.dir, "has a log already"},
		"stopped":                   {stopped, notSaved(errors.New("full")), "", "context canceled"},
		"stopped, to another place": {stopped, notSaved(errors.New("full")), f.TempDir(), "context canceled"},
	} {
		t.Run(name, func(t *testing.T) {
			l := f.open()
			entries := f.entries(l)
			if test.why != nil {
				l.setBroken(test.why)
			}
			before := f.read()
			fresh, err := l.Rescue(test.ctx, entries, test.dir)
			if fresh != nil || err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Rescue says %v", err)
			}
			if errors.Is(l.Writable(), errClosed) || string(f.read()) != string(before) {
				t.Error("the log is not as it was")
			}
			if notes, _ := readNotes(l); !slices.Equal(notes, []string{"a", "b"}) {
				t.Errorf("it has the notes %q", notes)
			}
			if left, _ := filepath.Glob(filepath.Join(f.dir, ".rescue*")); len(left) > 0 {
				t.Errorf("%q is left over", left)
			}
		})
	}
	if content, err := os.ReadFile(taken.log()); err != nil || !strings.Contains(string(content), "another's") {
		t.Errorf("another's log was written over: %v", err)
	}
}

// TestLooksLike: a file that is not there is another than one that is.
func TestLooksLike(t *testing.T) {
	f := newFixture(t, "a")
	d := f.store.disk
	one, err := d.Lstat(f.log())
	f.must(err)
	same, err := d.Lstat(f.log())
	f.must(err)
	f.must(os.WriteFile(f.log()+"~", f.read(), 0o600))
	other, err := d.Lstat(f.log() + "~")
	f.must(err)
	for name, test := range map[string]struct {
		a, b os.FileInfo
		want bool
	}{"itself": {one, same, true}, "another": {one, other, false}, "gone": {nil, one, false}, "come": {one, nil, false}, "never there": {nil, nil, true}} {
		if got := d.looksLike(test.a, test.b); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestLengthTells: a file that has grown is news, and one that is as long as it was is none.
func TestLengthTells(t *testing.T) {
	f := newFixture(t, "a")
	l := f.open()
	f.must(l.Recheck(ctx))
	f.inPlace(append(f.read(), "x"...))
	changed, err := l.Changed(ctx)
	f.must(err)
	if !changed {
		t.Error("a longer file is said to be the same")
	}
	f.inPlace(f.read()[:len(f.read())-1])
	changed, err = l.Changed(ctx)
	f.must(err)
	if changed {
		t.Error("a file of the same length is said to be longer")
	}
}

// TestRescueOfACopy: entries of which something is withheld are written anew as they stand in
// the copy, byte for byte: nobody could make them again.
func TestRescueOfACopy(t *testing.T) {
	f := newFixture(t, "a", "b", "c")
	var content []byte
	for i, line := range f.lines() {
		parts := state.PartsOf(state.Notes)
		if i == 2 {
			parts = state.AllParts
		}
		kept, _, err := state.Withhold(bytes.TrimSuffix(line, []byte("\n")), parts)
		f.must(err)
		content = append(content, withNewline(kept)...)
	}
	path := filepath.Join(t.TempDir(), "copy.jsonl")
	f.must(os.WriteFile(path, content, 0o600))
	opened, err := File(path).Open(ctx, id, true)
	f.must(err)
	dir := t.TempDir()
	fresh, err := opened.(*Log).Rescue(ctx, f.entries(opened), dir)
	f.must(err)
	f.must(fresh.Close())
	if now, err := os.ReadFile(statetest.LogPath(dir, id)); err != nil || !bytes.Equal(now, content) {
		t.Errorf("it is written as\n%s\nnot\n%s", now, content)
	}
}

// TestRescueWhileLocked: a log that somebody is writing to is not rescued under their hands,
// whether or not its file still has a name.
func TestRescueWhileLocked(t *testing.T) {
	for _, gone := range []bool{false, true} {
		f := newFixture(t, "a")
		store := f.faulty(nil)
		store.patience = 1
		l, holder := f.openWith(store, false), f.open()
		entries := f.entries(l)
		if got, err := holder.file.TryLock(); !got {
			t.Fatal(err)
		}
		l.setBroken(notSaved(errors.New("full")))
		if gone {
			f.must(os.Remove(f.log()))
		}
		_, err := l.Rescue(ctx, entries, "")
		f.is(err, ErrBusy)
		holder.file.Unlock()
		fresh, err := l.Rescue(ctx, entries, "")
		f.must(err)
		f.want(fresh, "a")
		f.must(fresh.Close())
	}
}

// TestOpenStopped: whoever stops an opening gets no log, whole or torn.
func TestOpenStopped(t *testing.T) {
	f := newFixture(t, "a")
	stopped, stop := context.WithCancel(ctx)
	stop()
	for name, content := range map[string][]byte{"whole": f.read(), "torn": append(f.read(), "{"...)} {
		f.write(content)
		for _, readOnly := range []bool{false, true} {
			if l, err := f.store.Open(stopped, id, readOnly); !errors.Is(err, context.Canceled) || l != nil {
				t.Errorf("%s, read only %v: %v, %v", name, readOnly, l, err)
			}
		}
		if !bytes.Equal(f.read(), content) {
			t.Errorf("%s: it was changed", name)
		}
	}
}

// TestLinesStop: whoever wants no more lines is given none.
func TestLinesStop(t *testing.T) {
	f := newFixture(t, "a", "b", "c")
	l := f.open()
	for want := 1; want < 4; want++ {
		got := 0
		for line, err := range l.Lines(ctx, 1) {
			f.must(err)
			if e, err := state.Check(line); err != nil || e.Seq != uint64(got)+2 {
				t.Errorf("line %d is entry %d, %v", got, e.Seq, err)
			}
			if got++; got == want {
				break
			}
		}
		if got != min(want, 3) {
			t.Errorf("of %d lines %d come", want, got)
		}
	}
}
