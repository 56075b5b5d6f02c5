package filelog

import (
	"bytes"
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/state/statetest"
)

// TestDue: the whole file is verified anew whenever it looks different, a while after it was
// written in any case, and each minute; but never for more than a sixth of the time.
func TestDue(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	was, other := stamp{size: 100, written: 1, changed: 1}, stamp{size: 100, written: 1, changed: 2}
	for _, test := range []struct {
		name  string
		fresh bool
		took  time.Duration
		since time.Duration
		looks stamp
		want  bool
	}{
		{"it looks the same", false, 0, time.Second, was, false},
		{"it looks different", false, 0, time.Second, other, true},
		{"it looks different at once", false, 0, 0, other, true},
		{"it was written just before", true, 0, time.Second, was, true},
		{"a minute has passed", false, 0, time.Minute, was, true},
		{"nearly a minute", false, 0, time.Minute - 1, was, false},
		{"it took long", false, time.Second, 5*time.Second - 1, other, false},
		{"it took long, long ago", false, time.Second, 5 * time.Second, other, true},
		{"it took very long", true, time.Minute, 4 * time.Minute, other, false},
	} {
		c := &checkup{of: was, fresh: test.fresh, ended: now, took: test.took}
		if got := c.due(test.looks, now.Add(test.since)); got != test.want {
			t.Errorf("%s: due says %v", test.name, got)
		}
	}
}

// TestEndChangedWhileWriting: what an append finds at the end before it acknowledges, of the
// last line and of its own, is what was written there, and nothing is behind it.
func TestEndChangedWhileWriting(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(f *fixture, content []byte, own int) []byte
	}{
		{"its own line", func(_ *fixture, content []byte, own int) []byte { content[own+30] ^= 1; return content }},
		{"its own newline", func(_ *fixture, content []byte, _ int) []byte { content[len(content)-1] = ' '; return content }},
		{"the line before", func(_ *fixture, content []byte, own int) []byte { content[own-7] ^= 1; return content }},
		{"one byte behind it", func(_ *fixture, content []byte, _ int) []byte { return append(content, 0) }},
		{"one byte less", func(_ *fixture, content []byte, _ int) []byte { return content[:len(content)-1] }},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFixture(t, "a", "b")
			l := f.open()
			head, own := l.Head(), len(f.read())
			f.store.disk.before = func(call string) {
				if call == "sync" { // it is written, and not yet acknowledged
					f.store.disk.before = nil
					f.inPlace(c.do(f, f.read(), own))
				}
			}
			f.is(l.Append(ctx, statetest.Note(head, "c")), state.ErrChanged)
			if l.Head() != head {
				t.Errorf("the head is %v", l.Head())
			}
			f.is(l.Writable(), state.ErrNotSaved)
		})
	}
}

// TestMendedOnTheWay: a log that goes over to another file tells what was mended there, and
// does not forget what was mended before.
func TestMendedOnTheWay(t *testing.T) {
	f := newFixture(t, "a", "b")
	content := f.read()
	inItsPlace := func(content []byte) {
		f.must(os.WriteFile(f.log()+"~", content, 0o600))
		f.must(os.Rename(f.log()+"~", f.log()))
	}
	l := f.open()
	inItsPlace(content)
	f.want(l, "a", "b")
	if l.Mended() != nil {
		t.Errorf("whole, it is said to be mended: %+v", l.Mended())
	}
	inItsPlace(append(bytes.Clone(content), `{"e":`...))
	f.want(l, "a", "b")
	mended := l.Mended()
	if mended == nil || mended.What != "torn tail" || mended.Bytes != 5 {
		t.Fatalf("torn, it is said to be mended: %+v", mended)
	}
	inItsPlace(content)
	f.want(l, "a", "b")
	if l.Mended() != mended {
		t.Errorf("whole again, it is said to be mended: %+v", l.Mended())
	}
	f.add(l, "c")
}

// TestStopped: whoever stops a look gets their own error and no news.
func TestStopped(t *testing.T) {
	f := newFixture(t, "a")
	l := f.open()
	f.add(f.open(), "b")
	stopped, stop := context.WithCancel(ctx)
	stop()
	if changed, err := l.Changed(stopped); changed || !errors.Is(err, context.Canceled) {
		t.Errorf("Changed says %v, %v", changed, err)
	}
	f.store.now = later(time.Hour)
	f.is(l.Recheck(stopped), context.Canceled)
	f.must(l.Writable())
	for name, err := range map[string]error{"Append": l.Append(stopped, statetest.Note(l.Head(), "c")), "Entries": firstError(l.Entries(stopped, 0))} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s says %v", name, err)
		}
	}
	f.want(l, "a", "b")
}

func firstError(entries func(func(state.Entry, error) bool)) error {
	for _, err := range entries {
		if err != nil {
			return err
		}
	}
	return nil
}

// TestClosedLog: what was closed does nothing any more, and closing twice is no error.
func TestClosedLog(t *testing.T) {
	f := newFixture(t, "a")
	l := f.open()
	f.must(l.Close())
	f.must(l.Close())
	f.must(l.Recheck(ctx))
	changed, err := l.Changed(ctx)
	if changed {
		t.Error("it is said to have changed")
	}
	for name, err := range map[string]error{"Changed": err, "Writable": l.Writable(), "Append": l.Append(ctx, statetest.Note(l.Head(), "b")), "Entries": firstError(l.Entries(ctx, 0))} {
		if !errors.Is(err, errClosed) {
			t.Errorf("%s says %v", name, err)
		}
	}
}

// TestRecheckCosts: a look reads the whole file only when there is reason to, so that it may
// be made twice a second.
func TestRecheckCosts(t *testing.T) {
	f := newFixture(t, "the first note", "b")
	now := time.Now().Add(time.Hour) // long after the last write
	f.store.now = func() time.Time { return now }
	l := f.open()
	content := f.read()
	i := bytes.Index(content, []byte("first note"))
	content[i] = 'F'
	info, err := os.Stat(f.log())
	f.must(err)
	seen := l.whole.of
	f.inPlace(content)
	f.must(os.Chtimes(f.log(), time.Time{}, info.ModTime()))
	// As on a file system that tells no time of it, the file looks as it did.
	changedNow, err := os.Stat(f.log())
	f.must(err)
	seen.changed = stampOf(changedNow).changed
	l.whole.of = seen
	now = now.Add(anyway - time.Second)
	f.must(l.Recheck(ctx))
	now = now.Add(time.Second)
	f.is(l.Recheck(ctx), state.ErrChanged)
	var damage *state.Damage
	if err := l.Writable(); !errors.As(err, &damage) || damage.Line != 2 || !strings.Contains(err.Error(), "changed by something else while it was open") {
		t.Errorf("Writable says %v", err)
	}
	if entries := f.entries(l); !slices.ContainsFunc(entries, func(e state.Entry) bool { return e.Seq == 1 }) {
		t.Error("what is good before cannot be read any more")
	}
}
