package runbooks

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"
)

// A remembered is a Memory in memory.
type remembered struct {
	text []byte
	when time.Time
	kept int
}

func (m *remembered) Read() ([]byte, time.Time, error) {
	if m.text == nil {
		return nil, time.Time{}, errors.New("nothing")
	}
	return m.text, m.when, nil
}

func (m *remembered) Keep(text []byte) error {
	m.text = text
	m.kept++
	return nil
}

// many makes a folder of many runbooks, with one of everything, a broken one, a link and
// two of one id, all changed long ago.
func many(t *testing.T) (string, time.Time) {
	t.Helper()
	dir, old := t.TempDir(), time.Date(2026, 5, 1, 10, 0, 0, 7, time.UTC)
	put := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
	}
	for i := range manyFiles {
		name := fmt.Sprintf("book-%03d", (i*71)%manyFiles)
		put(name+".toml", string(book(fmt.Sprintf("id = %q\ntitle = 'Book ß %03d'\ntags = ['a', 'b%d']", name, manyFiles-i, i)).Data))
	}
	for _, name := range []string{"everything.toml", "head-escapes.toml"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		put(name, string(data))
	}
	put("broken.toml", "title = ")
	put("twice.toml", string(book("id = 'book-007'\ntitle = 'Another'").Data))
	if err := os.Symlink("book-001.toml", filepath.Join(dir, "link.toml")); err != nil {
		t.Skip(err)
	}
	return dir, old
}

// TestIndex: what is remembered of a large folder gives the same list as the files, and no
// other, whatever is done to the files or to what is remembered.
func TestIndex(t *testing.T) {
	dir, old := many(t)
	memory := &remembered{when: old.Add(time.Hour)}
	list := func(m Memory) string {
		heads, problems := Open(Builtin(), Layer{Name: "x", FS: os.DirFS(dir), Dir: dir, Memory: m}).List(context.Background())
		var b strings.Builder
		for _, h := range heads {
			fmt.Fprintf(&b, "%+v\n", h)
		}
		return b.String() + fmt.Sprint(problems)
	}
	same := func(what string, kept int) {
		t.Helper()
		if got, want := list(memory), list(nil); got != want {
			t.Errorf("%s: the list is\n%s\nand should be\n%s", what, got, want)
		}
		if memory.kept != kept {
			t.Errorf("%s: it was written %d times, not %d", what, memory.kept, kept)
		}
	}
	same("at first", 1)
	same("again", 1)
	path := filepath.Join(dir, "book-100.toml")
	text := string(book("id = 'book-100'\ntitle = 'Changed, and longer than it was'").Data)
	change := func(text string, when time.Time) {
		t.Helper()
		if err := errors.Join(os.WriteFile(path, []byte(text), 0o600), os.Chtimes(path, when, when)); err != nil {
			t.Fatal(err)
		}
	}
	change(text, old)
	same("another size", 2)
	change(strings.Replace(text, "Changed", "chANGED", 1), old.Add(time.Nanosecond))
	same("another time", 3)
	change(text, memory.when.Add(-unsure))
	same("changed just before it was kept", 4)
	change(strings.Replace(text, "Changed", "cHanged", 1), memory.when.Add(-unsure))
	same("and again in the same moment", 5)
	change(text, old)
	same("as it was", 6)
	if err := os.Remove(filepath.Join(dir, "book-200.toml")); err != nil {
		t.Fatal(err)
	}
	same("one gone", 7)
	same("again", 7)
	good := memory.text
	for what, odd := range map[string][]byte{"nothing": {}, "half": good[:len(good)/2], "one more": append(good[:len(good):len(good)], 0), "another kind": []byte("x" + string(good))} {
		memory.text, memory.kept = odd, 7
		same(what, 8)
	}
	memory.text = []byte(strings.Replace(string(good), "Book", "Hook", 1))
	memory.kept = 7
	same("one letter", 8)
}

// TestIndexOfFew: a folder that is read at once is not remembered.
func TestIndexOfFew(t *testing.T) {
	memory := &remembered{}
	layer := Layer{Name: "x", FS: fstest.MapFS{"a.toml": book("title = 'A'")}, Memory: memory}
	if heads, _ := Open(layer).List(context.Background()); len(heads) != 1 || memory.kept != 0 {
		t.Errorf("%d heads, kept %d times", len(heads), memory.kept)
	}
}

// FuzzIndex: nothing that may stand in the index's file does harm, and what is read is what
// would be written.
func FuzzIndex(f *testing.F) {
	h := Head{Path: "a.toml", ID: "a", Title: "A", Tags: []string{"x"}, ReviewEvery: Span{Months: 3}, order: "a"}
	f.Add(h.encode(nil))
	f.Add(h.encode(h.encode(nil)))
	f.Add([]byte("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"))
	f.Fuzz(func(t *testing.T, body []byte) {
		d := &headDecoder{rest: string(body)}
		got := d.indexed()
		if d.odd {
			return
		}
		got.head.mode, got.head.ModTime = got.mode, time.Unix(0, got.time)
		again := (&headDecoder{rest: string(got.head.encode(nil))}).indexed()
		got.head.mode, got.head.ModTime = 0, time.Time{}
		if !reflect.DeepEqual(got, again) {
			t.Errorf("%+v is read again as %+v", got, again)
		}
	})
}

// A counted is a folder that counts how often its files are looked at, and opened.
type counted struct {
	fs.FS
	looked, opened atomic.Int64
}

type countedEntry struct {
	fs.DirEntry
	by *counted
}

func (e countedEntry) Info() (fs.FileInfo, error) {
	e.by.looked.Add(1)
	return e.DirEntry.Info()
}

func (c *counted) Open(name string) (fs.File, error) {
	c.opened.Add(1)
	return c.FS.Open(name)
}

func (c *counted) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(c.FS, name)
	for i := range entries {
		entries[i] = countedEntry{entries[i], c}
	}
	return entries, err
}

// TestEachFileOnce: a list opens each file once, and where it remembers them it looks at each
// once and opens none.
func TestEachFileOnce(t *testing.T) {
	old := time.Date(2026, 5, 1, 10, 0, 0, 0, time.UTC)
	plain := fstest.MapFS{}
	for i := range 2 * manyFiles {
		plain[fmt.Sprintf("book-%03d.toml", i)] = &fstest.MapFile{ModTime: old, Mode: 0o600, Data: book(fmt.Sprintf("id = 'book-%03d'\ntitle = 'Book'", i)).Data}
	}
	files, memory := &counted{FS: plain}, &remembered{when: old.Add(time.Hour)}
	for _, want := range []struct{ looked, opened int64 }{{0, 2 * manyFiles}, {2 * manyFiles, 0}} {
		files.looked.Store(0)
		files.opened.Store(0)
		heads, problems := Open(Layer{Name: "yours", FS: files, Memory: memory}).List(t.Context())
		if len(heads) != 2*manyFiles || len(problems) > 0 || heads[7].ID != "book-007" {
			t.Fatalf("%d are listed, %v", len(heads), problems)
		}
		if looked, opened := files.looked.Load(), files.opened.Load(); looked != want.looked || opened != want.opened {
			t.Errorf("%d were looked at and %d opened, want %+v", looked, opened, want)
		}
	}
}
