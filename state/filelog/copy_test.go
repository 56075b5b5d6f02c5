package filelog

import (
	"errors"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"muster/state"
	"muster/state/statetest"
)

// source is a log of an opening entry and notes, as whoever copies it gets it.
func source(notes ...string) []state.Line {
	lines := []state.Line{statetest.Opening(id)}
	for _, text := range notes {
		last := lines[len(lines)-1]
		lines = append(lines, statetest.Note(state.Head{Seq: last.Seq, Hash: last.Hash}, text))
	}
	return lines
}

// sent are lines on their way; nil is the empty line that says that no more is there.
func sent(lines []state.Line, end error) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for _, line := range lines {
			if !yield(line.Bytes, nil) {
				return
			}
		}
		if end != nil {
			yield(nil, end)
		}
	}
}

var box = state.Copy{Source: "ssh://box", Heard: time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)}

// TestFollowMakesACopy: the copy has the lines as they are, and takes none from anybody
// else; what comes later is added behind them, however much of the log is sent again.
func TestFollowMakesACopy(t *testing.T) {
	store, lines := Open(t.TempDir()), source("a", "b", "c")
	store.disk.idle = true
	is, f, err := store.Follow(ctx, "", box, sent(lines[:2], nil), true, nil)
	if err != nil || is != id || f.New != 2 || f.Head.Seq != 2 || f.Head.Hash != lines[1].Hash {
		t.Fatalf("%s, %+v, %v", is, f, err)
	}
	log, err := store.Open(ctx, id, false)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	if err := log.Append(ctx, lines[2]); !errors.Is(err, state.ErrCopy) || !errors.Is(err, state.ErrReadOnly) || !strings.Contains(err.Error(), "ssh://box") {
		t.Errorf("an entry in a copy: %v", err)
	}
	for _, c := range []struct {
		name string
		from int // the first line that is sent
		to   int
		new  int
	}{{"the same again", 0, 2, 0}, {"one more, and all before it", 0, 3, 1}, {"the next alone", 3, 4, 1}, {"nothing new", 3, 4, 0}} {
		_, f, err := store.Follow(ctx, id, box, sent(lines[c.from:c.to], nil), c.from == 0, nil)
		if err != nil || f.New != c.new || f.Head.Seq != uint64(c.to) {
			t.Errorf("%s: %+v, %v", c.name, f, err)
		}
	}
	var whole strings.Builder
	for _, line := range lines {
		whole.Write(line.Bytes)
		whole.WriteByte('\n')
	}
	if text, err := os.ReadFile(store.path(id)); err != nil || string(text) != whole.String() {
		t.Errorf("the copy is not the log, byte for byte: %v\n%s", err, text)
	}
	if c, is := store.Copy(id); !is || c != box {
		t.Errorf("it follows %+v, %v", c, is)
	}
}

// TestFollowManyLines: what comes in heaps is added at once.
func TestFollowManyLines(t *testing.T) {
	for _, n := range []int{7, 8, 9, 40} {
		store, lines := Open(t.TempDir()), source(strings.Split(strings.Repeat("x,", n), ",")[:n]...)
		store.disk.idle = true
		_, f, err := store.Follow(ctx, "", box, sent(lines, nil), true, nil)
		if err != nil || f.New != n+1 || f.Head.Hash != lines[n].Hash {
			t.Errorf("%d: %+v, %v", n, f, err)
		}
	}
}

// TestFollowTells: an empty line says that no more is there: what has come is added, and
// told, while more is waited for.
func TestFollowTells(t *testing.T) {
	store, lines := Open(t.TempDir()), source("a", "b")
	store.disk.idle = true
	var told []uint64
	_, _, err := store.Follow(ctx, "", box, func(yield func([]byte, error) bool) {
		for _, line := range [][]byte{lines[0].Bytes, lines[1].Bytes, nil, lines[2].Bytes, nil} {
			if !yield(line, nil) {
				return
			}
		}
	}, false, func(f Followed) { told = append(told, f.Head.Seq) })
	if err != nil || len(told) != 2 || told[0] != 2 || told[1] != 3 {
		t.Errorf("told %v, %v", told, err)
	}
}

// TestFollowSeesWhatStrayed: a source that has another entry where the copy has one, or
// that ends before it, is not followed; the copy keeps what it has. One of which only the
// end is sent has not lost what came before.
func TestFollowSeesWhatStrayed(t *testing.T) {
	lines, other := source("a", "b", "c"), source("a", "other", "c")
	lost := errors.New("the line broke")
	for _, c := range []struct {
		name  string
		lines iter.Seq2[[]byte, error]
		whole bool
		want  *StrayedError
		err   error
	}{
		{"another entry", sent(other, nil), true, &StrayedError{Seq: 3}, nil},
		{"it ends before", sent(lines[:2], nil), true, &StrayedError{Seq: 3, Lost: true}, nil},
		{"only a part is sent", sent(lines[1:2], nil), false, nil, nil},
		{"the line broke", sent(lines[:2], lost), true, nil, lost},
	} {
		t.Run(c.name, func(t *testing.T) {
			store := Open(t.TempDir())
			store.disk.idle = true
			if _, _, err := store.Follow(ctx, "", box, sent(lines, nil), true, nil); err != nil {
				t.Fatal(err)
			}
			_, f, err := store.Follow(ctx, id, box, c.lines, c.whole, nil)
			var strayed *StrayedError
			switch {
			case c.want != nil && (!errors.As(err, &strayed) || strayed.Seq != c.want.Seq || strayed.Lost != c.want.Lost || strayed.Head.Seq != 4):
				t.Errorf("%v", err)
			case c.want != nil && (!strings.HasPrefix(err.Error(), "THE SOURCE WAS CHANGED: it") || strings.Contains(err.Error(), "ends before entry 3") != c.want.Lost):
				t.Errorf("it says %q", err)
			case c.want == nil && !errors.Is(err, c.err):
				t.Errorf("%v", err)
			}
			if f.New != 0 || f.Head.Hash != lines[3].Hash {
				t.Errorf("the copy has %+v", f)
			}
		})
	}
}

// TestFollowRefuses: no log, another's incident, a gap, a line that was changed.
func TestFollowRefuses(t *testing.T) {
	lines := source("a", "b")
	forged := lines[1]
	forged.Bytes = []byte(strings.Replace(string(lines[1].Bytes), `"a"`, `"z"`, 1))
	for _, c := range []struct {
		name  string
		lines iter.Seq2[[]byte, error]
		want  string
	}{
		{"nothing", sent(nil, nil), "empty"},
		{"no first entry", sent(lines[1:], nil), "nobody knows whose log this is"},
		{"a gap", sent([]state.Line{lines[0], lines[2]}, nil), ""},
		{"a line that was changed", sent([]state.Line{lines[0], forged}, nil), ""},
		{"no line", func(yield func([]byte, error) bool) { yield([]byte("what"), nil) }, ""},
	} {
		store := Open(t.TempDir())
		store.disk.idle = true
		_, f, err := store.Follow(ctx, "", box, c.lines, true, nil)
		if err == nil || !strings.Contains(err.Error(), c.want) || f.Head.Seq > 1 {
			t.Errorf("%s: %v, %+v", c.name, err, f)
		}
	}
	f := newFixture(t, "mine")
	if _, _, err := f.store.Follow(ctx, "", box, sent(lines, nil), true, nil); err == nil || !strings.Contains(err.Error(), "is there, and is no copy") {
		t.Errorf("over a log of one's own: %v", err)
	}
	if _, is := f.store.Copy(id); is {
		t.Error("a log of one's own has become a copy")
	}
}

// TestACopyThatCannotBeReadIsOne: nothing is added to a log of which it is not known what it
// follows; of a name that is none nothing is.
func TestACopyThatCannotBeReadIsOne(t *testing.T) {
	f := newFixture(t)
	for _, text := range []string{"", "{", "{}", `{"source":""}`} {
		f.must(os.WriteFile(filepath.Join(f.dir, copyName), []byte(text), 0o600))
		if c, is := f.store.Copy(id); !is || c.Source != "(not known)" {
			t.Errorf("%q: %+v, %v", text, c, is)
		}
	}
	if _, is := f.store.Copy("../" + id); is {
		t.Error("a path is an incident")
	}
	f.must(os.Remove(filepath.Join(f.dir, copyName)))
	if err := f.store.SetCopy(id, box); err == nil {
		t.Error("a log of one's own was made a copy")
	}
}

// TestSetCopy: it says anew when the source was heard, and leaves nothing beside.
func TestSetCopy(t *testing.T) {
	store := Open(t.TempDir())
	store.disk.idle = true
	if _, _, err := store.Follow(ctx, "", box, sent(source(), nil), true, nil); err != nil {
		t.Fatal(err)
	}
	later := state.Copy{Source: box.Source, Heard: box.Heard.Add(time.Hour), Alarm: "gone"}
	if err := store.SetCopy(id, later); err != nil {
		t.Fatal(err)
	}
	if c, _ := store.Copy(id); c != later {
		t.Errorf("it says %+v", c)
	}
	if found, _ := filepath.Glob(filepath.Join(store.incidents(), id, ".*")); len(found) > 0 {
		t.Errorf("beside it lies %q", found)
	}
}

// TestGoOnInACopy: the copy takes entries once it is opened to go on, and is none any more
// as soon as that is said.
func TestGoOnInACopy(t *testing.T) {
	store, lines := Open(t.TempDir()), source("a", "b")
	store.disk.idle = true
	if _, _, err := store.Follow(ctx, "", box, sent(lines[:2], nil), true, nil); err != nil {
		t.Fatal(err)
	}
	log, err := store.Open(ctx, id, false)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	own, branched, err := log.(*Log).GoOn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer own.Close()
	if err := own.Append(ctx, lines[2]); err != nil {
		t.Fatal(err)
	}
	if _, is := store.Copy(id); !is {
		t.Error("it is no copy, before that was said")
	}
	store.disk.faults = map[string]*fault{"syncdir": {err: syscall.EIO}}
	if err := branched(); !errors.Is(err, syscall.EIO) {
		t.Errorf("that it is none is not durable, and nobody is told: %v", err)
	}
	store.disk.faults = nil
	if err := store.writeCopy(log.(*Log).dir, box); err != nil { // as before
		t.Fatal(err)
	}
	if err := branched(); err != nil {
		t.Fatal(err)
	}
	if _, is := store.Copy(id); is {
		t.Error("it is a copy still")
	}
	if _, _, err := store.Follow(ctx, id, box, sent(lines, nil), true, nil); err == nil || !strings.Contains(err.Error(), "is no copy") {
		t.Errorf("it is followed on: %v", err)
	}
}

// TestKeepStrayed: what the source has now is kept whole, or not at all.
func TestKeepStrayed(t *testing.T) {
	f := newFixture(t)
	lines := source("a")
	path, err := f.store.KeepStrayed(ctx, id, sent(lines, nil))
	f.must(err)
	if text, err := os.ReadFile(path); err != nil || string(text) != string(lines[0].Bytes)+"\n"+string(lines[1].Bytes)+"\n" || filepath.Dir(path) != f.dir || !strings.HasPrefix(filepath.Base(path), "source-") {
		t.Errorf("%s has %q, %v", path, text, err)
	}
	lost := errors.New("the line broke")
	if path, err := f.store.KeepStrayed(ctx, id, sent(lines, lost)); !errors.Is(err, lost) || path != "" {
		t.Errorf("half of it is %q, %v", path, err)
	}
	if _, err := f.store.KeepStrayed(ctx, "../x", sent(lines, nil)); err == nil {
		t.Error("a path is an incident")
	}
	for call, want := range map[string]string{"sync": "sync", "rename": "rename"} {
		if _, err := f.faulty(map[string]*fault{call: {err: errors.New(want + " fails")}}).KeepStrayed(ctx, id, sent(source("b"), nil)); err == nil {
			t.Errorf("%s: no error", call)
		}
	}
	if found, _ := filepath.Glob(filepath.Join(f.dir, ".strayed-*")); len(found) > 0 {
		t.Errorf("beside it lies %q", found)
	}
}
