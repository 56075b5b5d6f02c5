package runbooks

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// TestBuiltin holds the built-in runbooks to what is asked of every runbook.
func TestBuiltin(t *testing.T) {
	library := Open(Builtin())
	heads, problems := library.List(context.Background())
	if len(problems) > 0 {
		t.Error(problems)
	}
	found := make(map[string]bool)
	for _, h := range heads {
		found[h.ID] = true
		source, problems, err := library.Load(h.ID)
		if err != nil || len(problems) > 0 {
			t.Errorf("%s: %v\n%s", h.ID, err, problems)
			continue
		}
		checkHead(t, h, source.Runbook)
		steps := 0
		for _, p := range source.Runbook.Phases {
			steps += len(p.Steps)
		}
		if steps < 25 {
			t.Errorf("%s has %d steps; at least 25 are expected", h.ID, steps)
		}
	}
	for _, id := range []string{
		"ransomware", "website-defacement-or-outage", "account-compromise",
		"data-breach", "supply-chain", "lost-site",
	} {
		if !found[id] {
			t.Errorf("there is no built-in runbook %q", id)
		}
	}
}

// checkHead compares a head, read from a file's beginning, with the whole runbook.
func checkHead(t *testing.T, h Head, r *Runbook) {
	t.Helper()
	got := []any{h.ID, h.Title, h.Summary, h.Tags, h.Severity, h.Version, h.Owner, h.Reviewed, h.ReviewEvery}
	want := []any{r.ID, r.Title, strings.TrimSpace(r.Summary), r.Tags, r.Severity, r.Version, r.Owner, r.Reviewed, r.ReviewEvery}
	if !reflect.DeepEqual(got, want) || h.Err != nil {
		t.Errorf("%s: head %v, %v; runbook %v", h.ID, got, h.Err, want)
	}
}

func TestHeadOfEverything(t *testing.T) {
	for _, name := range []string{"everything.toml", "head-escapes.toml"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		book, problems := Parse(name, data)
		if problems.HasErrors() {
			t.Fatal(problems)
		}
		heads, _ := Open(Layer{Name: "x", FS: fstest.MapFS{name: {Data: data}}}).List(context.Background())
		checkHead(t, heads[0], book)
	}
}

// book is a runbook's file with the top keys given.
func book(top string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte(top + "\n[[phase]]\ntitle = 'One'\n[[phase.step]]\ntitle = 'Do it'\n")}
}

// listed writes what a library lists, one runbook a line.
func listed(lib *Library) string {
	heads, problems := lib.List(context.Background())
	var b strings.Builder
	for _, h := range heads {
		fmt.Fprintf(&b, "%s %q from %s/%s", h.ID, h.Title, h.Layer, h.Path)
		if h.Shadows != nil {
			fmt.Fprintf(&b, " hides %v", h.Shadows)
		}
		if h.Err != nil {
			fmt.Fprintf(&b, " ERR %v", h.Err)
		}
		b.WriteByte('\n')
	}
	for _, p := range problems {
		fmt.Fprintf(&b, "! %s\n", p)
	}
	return b.String()
}

func TestLayers(t *testing.T) {
	base := fstest.MapFS{
		"fire.toml":  book("title = 'fire'"),
		"water.toml": book("title = 'Water'"),
		"earth.toml": book("title = 'Earth'"),
	}
	yours := fstest.MapFS{
		"water.toml":     book("title = 'Your water'\nid = 'water'"),
		"my fire.toml":   book("id = 'fire'\ntitle = \"Zzz fire\""),
		"notes.txt":      book("title = 'no runbook'"),
		".hidden.toml":   book("title = 'hidden'"),
		"sub/a.toml":     book("title = 'in a folder'"),
		"Old Thing.toml": book("title = 'Old thing'"),
	}
	given := fstest.MapFS{"water.toml": book("title = 'Given water'")}
	lib := Open(Layer{Name: "built in", FS: base}, Layer{Name: "yours", FS: yours}, Layer{Name: "given", FS: given})
	const want = `earth "Earth" from built in/earth.toml
water "Given water" from given/water.toml hides [built in yours]
old-thing "Old thing" from yours/Old Thing.toml
fire "Zzz fire" from yours/my fire.toml hides [built in]
! yours/sub: warning: a folder with 1 TOML file — move them up into yours/, or name the folder with --runbooks; until then they are not listed
`
	if got := listed(lib); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	for id, title := range map[string]string{"earth": "Earth", "water": "Given water", "fire": "Zzz fire", "old-thing": "Old thing"} {
		source, problems, err := lib.Load(id)
		if err != nil || len(problems) > 0 || source.Title != title || source.Runbook.Title != title || source.ID != id {
			t.Errorf("%s: %+v, %v, %v", id, source, problems, err)
			continue
		}
		if sum := sha256.Sum256(source.Text); source.SHA256 != hex.EncodeToString(sum[:]) {
			t.Errorf("%s: hash %s", id, source.SHA256)
		}
	}
	for id, want := range map[string]string{
		"watr": `none with the id "watr"`, "": `none with the id ""`, "../fire": `none with the id "../fire"`,
	} {
		if _, _, err := lib.Load(id); !matches(err, want) {
			t.Errorf("%q: %v", id, err)
		}
	}
}

func TestSameIDInOneLayer(t *testing.T) {
	layer := Layer{Name: "yours", FS: fstest.MapFS{
		"a.toml":    book("title = 'A'\nid = 'fire'"),
		"b.toml":    book("title = 'B'\nid = 'fire'"),
		"fire.toml": book("title = 'C'"),
		"x.toml":    book("title = 'X'\nid = 'y'"),
		"y.toml":    book("titel = 'Y'"),
	}}
	const want = `fire "C" from yours/fire.toml
y "X" from yours/x.toml
! yours/b.toml: warning: id "fire" is already used by a.toml — give it another id; until then it is not used
! yours/a.toml: warning: id "fire" is already used by fire.toml — give it another id; until then it is not used
! yours/y.toml: warning: id "y" is already used by x.toml — give it another id; until then it is not used
`
	if got := listed(Open(layer)); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	for id, title := range map[string]string{"fire": "C", "y": "X"} {
		if source, _, err := Open(layer).Load(id); err != nil || source.Title != title {
			t.Errorf("%s: %v, %v", id, source, err)
		}
	}
}

func TestBrokenFilesAreListed(t *testing.T) {
	large := append(book("title = 'Large'").Data, make([]byte, MaxFile)...)
	layer := Layer{Name: "yours", Dir: "/home/ada/runbooks", FS: fstest.MapFS{
		"comment.toml":  book(strings.Repeat("# licence\n", 2000) + "title = 'Long comment'"),
		"endless.toml":  {Data: []byte(strings.Repeat("# licence\n", 100_000))},
		"cut.toml":      {Data: []byte("title = 'Cut")},
		"deep.toml":     {Data: []byte("title = 'Deep'\ntags = " + strings.Repeat("[", 100_000))},
		"empty.toml":    {},
		"large.toml":    {Data: large},
		"notext.toml":   book("title = 12"),
		"folder.toml/x": {},
		"pipe.toml":     {Mode: fs.ModeNamedPipe},
		"utf8.toml":     book("title = 'Bad \xff'"),
		"below.toml":    {Data: []byte("title = 'Broken below'\n[[phase]\n")},
	}}
	const want = `utf8 "Bad �" from yours/utf8.toml ERR /home/ada/runbooks/utf8.toml: not UTF-8
below "Broken below" from yours/below.toml
cut "cut.toml" from yours/cut.toml ERR /home/ada/runbooks/cut.toml: line 1: not TOML
deep "Deep" from yours/deep.toml ERR /home/ada/runbooks/deep.toml: more than 32 tables and arrays inside one another
empty "empty.toml" from yours/empty.toml ERR /home/ada/runbooks/empty.toml: no title before the first table
endless "endless.toml" from yours/endless.toml ERR /home/ada/runbooks/endless.toml: no title before the first table
folder "folder.toml" from yours/folder.toml ERR /home/ada/runbooks/folder.toml: a folder, not a file
large "large.toml" from yours/large.toml ERR /home/ada/runbooks/large.toml: larger than 4 MiB
comment "Long comment" from yours/comment.toml
notext "notext.toml" from yours/notext.toml ERR /home/ada/runbooks/notext.toml: no title before the first table
pipe "pipe.toml" from yours/pipe.toml ERR /home/ada/runbooks/pipe.toml: not a file
`
	lib := Open(layer)
	got := listed(lib)
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	for id, want := range map[string]string{
		"below": "/home/ada/runbooks/below.toml:2: ", "comment": "", "cut": "/home/ada/runbooks/cut.toml:1:12: ", "large": "larger than 4 MiB", "folder": "a folder, not a file", "pipe": "not a file",
	} {
		if _, _, err := lib.Load(id); !matches(err, want) {
			t.Errorf("%s: %v, want %q", id, err, want)
		}
	}
}

// sulking is a file system that fails.
type sulking struct{ fs.FS }

func (s sulking) Open(name string) (fs.File, error) {
	if name == "." {
		return s.FS.Open(name)
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

type gone struct{}

func (gone) Open(string) (fs.File, error) { return nil, errors.New("the disk is gone") }

func TestFailingLayers(t *testing.T) {
	lib := Open(Layer{Name: "sulking", FS: sulking{fstest.MapFS{"a.toml": book("title = 'A'")}}}, Layer{Name: "gone", FS: gone{}})
	const want = `a "a.toml" from sulking/a.toml ERR sulking/a.toml: no permission to read it
! gone/: warning: the disk is gone — its runbooks are not listed
`
	if got := listed(lib); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestListStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if heads, problems := Open(Builtin()).List(ctx); len(heads) > 0 || len(problems) != 1 {
		t.Errorf("%d heads, %v", len(heads), problems)
	}
}

func TestListManyInOrder(t *testing.T) {
	files := fstest.MapFS{}
	for i := range 1000 {
		files[fmt.Sprintf("r%04d.toml", 999-i)] = book(fmt.Sprintf("title = 'Runbook %04d'", i))
	}
	heads, problems := Open(Layer{Name: "many", FS: files}).List(context.Background())
	if len(heads) != 1000 || len(problems) > 0 {
		t.Fatalf("%d heads, %v", len(heads), problems)
	}
	for i, h := range heads {
		if h.Title != fmt.Sprintf("Runbook %04d", i) || h.ID != fmt.Sprintf("r%04d", 999-i) {
			t.Fatalf("%d: %s %s", i, h.ID, h.Title)
		}
	}
}

func BenchmarkList10000(b *testing.B) {
	dir := b.TempDir()
	data, err := os.ReadFile("library/ransomware.toml")
	if err != nil {
		b.Fatal(err)
	}
	for i := range 10_000 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("runbook-%05d.toml", i)), data[:16<<10], 0o600); err != nil {
			b.Fatal(err)
		}
	}
	lib := Open(Builtin(), Layer{Name: "many", FS: os.DirFS(dir)})
	start := time.Now()
	for b.Loop() {
		if heads, _ := lib.List(context.Background()); len(heads) < 10_000 {
			b.Fatal(len(heads))
		}
	}
	b.ReportMetric(float64(time.Since(start).Microseconds())/float64(b.N)/10_000, "µs/file")
}

// TestFileNamedAfterAnotherID: what is named fire and says that it is water is found as
// water alone.
func TestFileNamedAfterAnotherID(t *testing.T) {
	lib := Open(Layer{Name: "base", FS: fstest.MapFS{"fire.toml": book("title = 'Real fire'")}},
		Layer{Name: "yours", FS: fstest.MapFS{"fire.toml": book("title = 'Water'\nid = 'water'")}})
	for id, want := range map[string]string{"fire": "Real fire", "water": "Water"} {
		if source, _, err := lib.Load(id); err != nil || source.Title != want {
			t.Errorf("%s: %+v, %v", id, source, err)
		}
	}
}
