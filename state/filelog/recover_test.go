package filelog

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"muster/state"
	"muster/state/statetest"
)

// TestTornTail: a log that ends in any beginning of a line is mended, and goes on.
func TestTornTail(t *testing.T) {
	f := newFixture(t, "a", "b")
	good := f.read()
	l := f.open()
	line := statetest.Note(l.Head(), "torn — ü")
	for n := 1; n <= len(line.Bytes); n++ {
		tail := line.Bytes[:n]
		f.write(slices.Concat(good, tail))
		f.wantMended(tail)
		if !bytes.Equal(f.read(), good) {
			t.Fatalf("%d bytes: the log was not cut back to its last good line", n)
		}
	}
	again := f.open()
	if again.Mended() != nil {
		t.Error("a mended log is mended again")
	}
	f.add(again, "c")
	f.want(again, "a", "b", "c")
}

// wantMended opens the log and wants it to have been mended of tail.
func (f *fixture) wantMended(tail []byte) {
	f.Helper()
	l, err := f.store.Open(ctx, id, false)
	f.must(err)
	defer l.Close()
	mended := l.Mended()
	if l.Writable() != nil || mended == nil {
		f.Fatalf("a tail of %d bytes: Writable %v, Mended %v", len(tail), l.Writable(), mended)
	}
	if mended.What != "torn tail" || mended.Bytes != int64(len(tail)) || mended.SHA256 != state.Sum(tail) {
		f.Fatalf("a tail of %d bytes: Mended says %+v", len(tail), mended)
	}
	path := filepath.Join(f.dir, mended.Kept)
	kept, err := os.ReadFile(path)
	f.must(err)
	if !bytes.Equal(kept, tail) {
		f.Fatalf("%s does not have the %d torn bytes", mended.Kept, len(tail))
	}
	f.must(os.Remove(path))
}

// TestLostSectors: a line whose newline reached the disk and whose middle did not
// is torn; a line in which a single byte became zero is damaged.
func TestLostSectors(t *testing.T) {
	f := newFixture(t, "a")
	good := f.read()
	l := f.open()
	line := withNewline(statetest.Note(l.Head(), strings.Repeat("long ", 600)).Bytes)
	boundary := sector - len(good)%sector // within line
	zero := func(from, to int) []byte {
		tail := bytes.Clone(line)
		clear(tail[from:to])
		return tail
	}
	for name, tail := range map[string][]byte{
		"all":           zero(0, len(line)),
		"first sector":  zero(0, boundary),
		"a middle one":  zero(boundary+sector, boundary+2*sector),
		"several":       zero(boundary, boundary+3*sector),
		"the last":      zero(boundary+(len(line)-boundary)/sector*sector, len(line)),
		"zeros, no end": make([]byte, 5000),
	} {
		t.Run(name, func(t *testing.T) {
			f.write(slices.Concat(good, tail))
			f.wantMended(tail)
		})
	}
	for name, tail := range map[string][]byte{
		"one byte":         zero(boundary+sector+7, boundary+sector+8),
		"most of a sector": zero(boundary+1, boundary+sector),
		"the first byte":   zero(0, 1),
	} {
		t.Run(name, func(t *testing.T) {
			f.write(slices.Concat(good, tail))
			if damage := f.damaged(false); damage == nil || damage.Line != 3 {
				t.Errorf("the damage is %v", damage)
			}
		})
	}
}

// TestFlippedBits: no bit of a log can be changed unseen, or be mended away. A
// change that an envelope itself does not show, in its time for one, is told by the
// line after it, and in the last line by the hint.
func TestFlippedBits(t *testing.T) {
	f := newFixture(t, "a", "ü\n", "b")
	good := f.read()
	at := 0
	for n, line := range f.lines() {
		envelope := bytes.Index(line, []byte(`,"d":`))
		for i := range line {
			bits := []int{0, 1, 5, 7}
			if os.Getenv("MUSTER_PROOF") != "long" {
				bits = bits[i%4:][:1]
			}
			for _, bit := range bits {
				bad := bytes.Clone(good)
				bad[at+i] ^= 1 << bit
				f.write(bad)
				got := f.blamed(bit != 0) // mending is tried with one of them
				if got != n+1 && (got != n+2 || i >= envelope) {
					t.Fatalf("bit %d of byte %d in line %d: line %d is blamed", bit, i, n+1, got)
				}
				if !bytes.Equal(f.read(), bad) {
					t.Fatalf("bit %d of byte %d in line %d: the damaged log was changed", bit, i, n+1)
				}
			}
		}
		at += len(line)
	}
	if names := f.torn(); names != nil {
		t.Errorf("damage was taken for a torn tail: %v", names)
	}
}

// blamed is the line that opening says is wrong, the one after the last if the
// hint tells of another last entry; 0 for none.
func (f *fixture) blamed(readOnly bool) int {
	f.Helper()
	l, err := f.store.Open(ctx, id, readOnly)
	f.must(err)
	defer l.Close()
	var damage *state.Damage
	if errors.As(l.Writable(), &damage) {
		return damage.Line
	}
	if _, kept := l.(*Log).Hint(); !kept {
		return int(l.Head().Seq) + 1
	}
	return 0
}

func TestDamage(t *testing.T) {
	f := newFixture(t, "a", "b", "c")
	lines := f.lines()
	first, a, b, c := lines[0], lines[1], lines[2], lines[3]
	half := b[:len(b)/2]
	for name, test := range map[string]struct {
		content [][]byte
		line    int
		what    string
	}{
		"a line deleted":            {[][]byte{first, b, c}, 2, "entry 3 where entry 2 should stand"},
		"the first line deleted":    {[][]byte{a, b, c}, 1, "entry 2 where entry 1 should stand"},
		"lines swapped":             {[][]byte{first, b, a, c}, 2, "lost, doubled or moved"},
		"a line doubled":            {[][]byte{first, a, a, b, c}, 3, "lost, doubled or moved"},
		"the last line doubled":     {[][]byte{first, a, b, c, c}, 5, "lost, doubled or moved"},
		"doubled without newline":   {[][]byte{first, a, c[:len(c)-1]}, 3, "entry 4 where entry 3 should stand"},
		"half a line in the middle": {[][]byte{first, a, half, c}, 3, ""},
		"half a line, its newline":  {[][]byte{first, a, half, []byte("\n")}, 3, ""},
		"half, newline, good":       {[][]byte{first, a, half, []byte("\n"), b}, 3, ""},
		"an empty line":             {[][]byte{first, a, []byte("\n"), b}, 3, "its end"},
		"an empty line at the end":  {[][]byte{first, a, []byte("\n")}, 3, "its end"},
		"carriage returns":          {[][]byte{first, bytes.Replace(a, []byte("\n"), []byte("\r\n"), 1), b}, 2, ""},
		"a byte order mark":         {[][]byte{[]byte("\ufeff"), first, a}, 1, ""},
		"zeros, then a good line":   {[][]byte{first, make([]byte, 2000), []byte("\n"), a}, 2, ""},
		"garbage, larger than any":  {[][]byte{first, bytes.Repeat([]byte("x"), state.MaxRunbookLine+2)}, 2, ""},
		"another log's line":        {[][]byte{first, statetest.Note(state.Head{Seq: 1}, "a").Bytes, []byte("\n")}, 2, "does not follow from the line before"},
		"nothing":                   {nil, 1, "empty"},
		"half a first line":         {[][]byte{first[:100]}, 1, "never recorded as opened"},
		"a first line, no newline":  {[][]byte{first[:len(first)-1]}, 1, "never recorded as opened"},
	} {
		t.Run(name, func(t *testing.T) {
			content := slices.Concat(test.content...)
			f.write(content)
			l := f.open()
			var damage *state.Damage
			if !errors.As(l.Writable(), &damage) || damage.Line != test.line || !strings.Contains(damage.What, test.what) {
				t.Fatalf("Writable is %v, not damage of line %d: %s", l.Writable(), test.line, test.what)
			}
			if err := l.Append(ctx, statetest.Note(l.Head(), "no")); !errors.As(err, &damage) {
				t.Errorf("Append says %v", err)
			}
			n := 1
			for _, err := range l.Entries(ctx, 0) {
				if got := errors.As(err, &damage); got != (n == test.line) {
					t.Errorf("item %d that Entries yields is %v", n, err)
				}
				n++
			}
			if n-1 != test.line {
				t.Errorf("Entries ends after %d, not with line %d", n-1, test.line)
			}
			if !bytes.Equal(f.read(), content) || l.Mended() != nil {
				t.Error("a damaged log was changed")
			}
		})
	}
}

// TestNewerVersion: a log that a newer muster went on with is readable up to there.
func TestNewerVersion(t *testing.T) {
	f := newFixture(t, "a")
	newer := bytes.Replace(withNewline(statetest.Note(f.open().Head(), "b").Bytes), []byte(`{"v":2,`), []byte(`{"v":3,`), 1)
	f.write(slices.Concat(f.read(), newer))
	damage := f.damaged(false)
	if damage == nil || !damage.Newer || !strings.Contains(damage.What, "newer muster") {
		t.Errorf("the damage is %+v", damage)
	}
}

// TestReadOnlyTorn: reading alone mends nothing, and shows what is good.
func TestReadOnlyTorn(t *testing.T) {
	f := newFixture(t, "a")
	torn := append(f.read(), `{"e":`...)
	f.write(torn)
	l := f.openWith(f.store, true)
	f.want(l, "a")
	f.is(l.Writable(), state.ErrReadOnly)
	if !bytes.Equal(f.read(), torn) || l.Mended() != nil {
		t.Error("reading changed the log")
	}
}

// TestTornWhileOpen: what a killed writer left is mended by a log that is open, in
// Append or in Entries, and told by Mended.
func TestTornWhileOpen(t *testing.T) {
	for name, act := range map[string]func(*fixture, *Log){
		"append": func(f *fixture, l *Log) {
			f.is(l.Append(ctx, statetest.Note(l.Head(), "b")), state.ErrConflict)
		},
		"entries": func(f *fixture, l *Log) { f.want(l, "a") },
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, "a")
			l := f.open()
			f.write(append(f.read(), `{"e":{"v":1`...))
			if changed, err := l.Changed(ctx); !changed || err != nil {
				t.Errorf("Changed: %v, %v", changed, err)
			}
			act(f, l)
			if l.Mended() == nil || l.Mended().Bytes != 11 || len(f.torn()) != 1 {
				t.Fatalf("Mended is %+v, and there is %q", l.Mended(), f.torn())
			}
			f.add(l, "b")
			f.want(f.open(), "a", "b")
		})
	}
}

// TestWriting: a tail that somebody may be writing just now is left alone.
func TestWriting(t *testing.T) {
	f := newFixture(t, "a")
	writer, err := os.OpenFile(f.log(), os.O_RDWR|os.O_APPEND, 0)
	f.must(err)
	defer writer.Close()
	l := f.open()
	if got, err := tryLock(writer); !got {
		t.Fatal(err)
	}
	line := withNewline(statetest.Note(l.Head(), "b").Bytes)
	_, err = writer.Write(line[:40])
	f.must(err)
	f.want(l, "a")
	_, err = writer.Write(line[40:])
	f.must(err)
	unlock(writer)
	f.want(l, "a", "b")
	if l.Mended() != nil {
		t.Errorf("it was mended: %+v", l.Mended())
	}
}

// TestChangedUnderneath: a log that is changed while it is open is noticed.
func TestChangedUnderneath(t *testing.T) {
	f := newFixture(t, "a", "b")
	good := f.read()
	lines := f.lines()
	head := state.Head{Seq: 1, Hash: statetest.Opening(id).Hash}
	other := statetest.Note(head, "A")
	rewritten := slices.Concat(lines[0], withNewline(other.Bytes), withNewline(statetest.Note(statetest.Head(other), "b").Bytes))
	for name, content := range map[string][]byte{
		"cut": slices.Concat(lines[0], lines[1]), "cut in a line": good[:len(good)-9], "a flipped bit": bytes.Replace(good, []byte(`"b"`), []byte(`"c"`), 1), "rewritten": rewritten,
	} {
		t.Run(name, func(t *testing.T) {
			f.write(good)
			l := f.open()
			f.write(content)
			var damage *state.Damage
			if _, err := readNotes(l); !errors.As(err, &damage) || damage.Line != 3 {
				t.Errorf("Entries says %v", err)
			}
			if !errors.As(l.Append(ctx, statetest.Note(l.Head(), "c")), &damage) || !bytes.Equal(f.read(), content) {
				t.Error("the log was written on")
			}
		})
	}
}

// TestOthersDamage: news that are bad are damage too.
func TestOthersDamage(t *testing.T) {
	f := newFixture(t, "a")
	l := f.open()
	f.write(append(f.read(), "not an entry\n"...))
	var damage *state.Damage
	if err := l.Append(ctx, statetest.Note(l.Head(), "b")); !errors.As(err, &damage) || damage.Line != 3 {
		t.Errorf("Append says %v", err)
	}
	if notes, err := readNotes(l); !errors.As(err, &damage) || len(notes) != 1 {
		t.Errorf("Entries yields %q and %v", notes, err)
	}
}
