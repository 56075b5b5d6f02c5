package filelog

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"muster/state/statetest"
)

// FuzzOpen: whatever stands behind two good lines, an open log has what is good of
// it, in memory, on the disk and in a copy alike; and either it takes another entry,
// which is there when it is opened again, or not a byte of it was changed.
func FuzzOpen(f *testing.F) {
	opening := statetest.Opening(id)
	second := withNewline(statetest.Note(statetest.Head(opening), "a").Bytes)
	good := append(withNewline(opening.Bytes), second...)
	for _, tail := range [][]byte{nil, good[:20], second, second[:9], []byte("\n"), make([]byte, 600), []byte("{\"e\":{\"v\":99}}\n"), append(bytes.Clone(second), 0)} {
		f.Add(tail)
	}
	f.Fuzz(func(t *testing.T, tail []byte) {
		store := Open(t.TempDir())
		store.disk.idle = true
		dir := filepath.Join(store.incidents(), id)
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		content := slices.Concat(good, tail)
		fix := &fixture{T: t, store: store, dir: dir}
		fix.write(content)
		copied, err := File(fix.log()).Open(ctx, id, true)
		fix.must(err)
		defer copied.Close()
		l := fix.open()
		kept, writable := l.Head(), l.Writable()
		if kept.Seq < 2 || copied.Head() != kept {
			t.Fatalf("the log is good up to %v, its copy up to %v, with %q behind two lines", kept, copied.Head(), tail)
		}
		if writable != nil {
			if !bytes.Equal(fix.read(), content) {
				t.Fatalf("a log that is damaged was changed: %v", writable)
			}
			return
		}
		fix.add(l, "one more")
		fix.must(l.Close())
		again := fix.open()
		if notes := fix.notes(again); again.Head().Seq != kept.Seq+1 || notes[len(notes)-1] != "one more" {
			t.Fatalf("opened again it has %q, and %v", notes, again.Head())
		}
		if !bytes.HasPrefix(fix.read(), good) {
			t.Fatal("a good line was changed")
		}
	})
}

// FuzzEvidence: whatever lies where a file should, it is only read to its end if it
// is the file.
func FuzzEvidence(f *testing.F) {
	f.Add([]byte("a"), []byte("a"))
	f.Add([]byte(""), []byte("\x00"))
	f.Add([]byte(strings.Repeat("a", 5000)), []byte(strings.Repeat("a", 4999)))
	f.Fuzz(func(t *testing.T, kept, lies []byte) {
		fix := newFixture(t)
		l := fix.open()
		sum, size, err := l.PutEvidence(ctx, bytes.NewReader(kept))
		if err != nil || size != int64(len(kept)) {
			t.Fatalf("%d of %d bytes were kept, %v", size, len(kept), err)
		}
		fix.must(os.WriteFile(filepath.Join(fix.dir, "evidence", sum.String()), lies, 0o600))
		file, err := l.Evidence(ctx, sum)
		fix.must(err)
		defer file.Close()
		var read bytes.Buffer
		if _, err := read.ReadFrom(file); (err == nil) != bytes.Equal(kept, lies) || !bytes.Equal(read.Bytes(), lies) {
			t.Errorf("%q is read where %q was kept, %v", read.Bytes(), kept, err)
		}
	})
}
