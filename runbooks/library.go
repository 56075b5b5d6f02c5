package runbooks

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// A Layer is a folder of runbooks. Only its *.toml files count, not those in
// folders inside it, nor those whose names begin with a dot.
type Layer struct {
	Name string // as the list shows it: built in, yours, ./runbooks
	FS   fs.FS
	Dir  string // where it lies on the disk, for messages; "" if nowhere

	// Named says that somebody named the folder: that it is not there is a mistake.
	Named bool

	// Memory, if it is not nil, remembers what a list read of many files.
	Memory Memory
}

// file names one of the layer's files for a person.
func (l Layer) file(name string) string {
	if l.Dir == "" {
		return l.Name + "/" + name
	}
	return path.Join(l.Dir, name)
}

// A Library finds runbooks by their ids in layers, of which later ones win. It
// keeps nothing in memory: every call looks anew. It may be used by several
// goroutines.
type Library struct{ layers []Layer }

// ErrNone says that a library has nothing of an id; what was probably meant, whoever asked
// for it says. Callers compare with errors.Is.
var ErrNone = errors.New("the library has none with the id")

// Open makes a library of layers, the most basic first.
func Open(layers ...Layer) *Library { return &Library{layers} }

// A Source is a runbook with the text that it was read from.
type Source struct {
	Head
	Text    []byte
	Runbook *Runbook
	SHA256  string // of Text, in lower-case hex
}

const maxFiles = 100_000 // in a layer

// List returns the head of every runbook, by title. Where several layers have one
// id, the last wins and its Shadows name the others. A file that cannot be read is
// listed under its name, with Err. The problems are about folders, and about ids
// that one layer has twice; they have no more weight than a warning.
//
// Only the beginning of each file is read, so that ten thousand are listed at once. Those
// that hide another, and those of a small folder, are read to their ends: a head without
// Err may belong to a runbook with problems further down in a large folder only.
func (lib *Library) List(ctx context.Context) ([]Head, Problems) {
	var problems Problems
	at := make(map[string]int) // of those below
	var all []*Head            // heads are large: until they are in order nothing moves them
	for n, layer := range lib.layers {
		heads, more := layer.heads(ctx, true)
		problems = append(problems, more...)
		if n > 0 { // what is built in is good
			layer.readWhole(ctx, heads, at)
		}
		all = slices.Grow(all, len(heads))
		last := n == len(lib.layers)-1
		for i := range heads {
			h := &heads[i]
			i, known := at[h.ID]
			if !known {
				if !last {
					at[h.ID] = len(all)
				}
				all = append(all, h)
				continue
			}
			h.Shadows = append(all[i].Shadows, all[i].Layer)
			all[i] = h
		}
	}
	return sorted(all), problems
}

// sorted are heads by title. No two have one id.
func sorted(order []*Head) []Head {
	slices.SortFunc(order, func(a, b *Head) int { return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.ID, b.ID)) })
	list := make([]Head, len(order))
	for i, h := range order {
		list[i] = *h
	}
	return list
}

// heads has the head of every file of the layer, one for each id: for a list, as it is
// remembered where the file is as it was.
func (l Layer) heads(ctx context.Context, list bool) ([]Head, Problems) {
	files, problems := l.files()
	heads := make([]Head, len(files))
	var known *headIndex
	if list {
		known = l.remembered(len(files))
	}
	var read atomic.Int64
	parallel(len(files), func(from, to int) {
		buffer := make([]byte, headSize)
		at := 0
		for i := from; i < to && ctx.Err() == nil; i++ {
			if f := known.find(files[i], &at); f != nil {
				heads[i] = f.head
				heads[i].Layer, heads[i].mode = l.Name, f.mode
				continue
			}
			if heads[i] = l.head(files[i], buffer); heads[i].keeps() {
				read.Add(1)
			}
		}
	})
	if err := ctx.Err(); err != nil {
		return nil, append(problems, Problem{File: l.file(""), Level: Warning, What: err.Error()})
	}
	known.keep(heads, int(read.Load()))
	return l.unique(heads, problems)
}

// unique keeps one head of each id.
func (l Layer) unique(heads []Head, problems Problems) ([]Head, Problems) {
	unique := heads[:0]
	at := make(map[string]int, len(heads))
	for n := range heads {
		i, taken := at[heads[n].ID]
		if !taken {
			at[heads[n].ID] = len(unique)
			if n > len(unique) {
				unique = append(unique, heads[n])
			} else { // it stands there already
				unique = heads[:n+1]
			}
			continue
		}
		h := heads[n]
		loser := h
		if h.rank() > unique[i].rank() {
			loser, unique[i] = unique[i], h
		}
		problems = append(problems, Problem{
			File: l.file(loser.Path), Level: Warning,
			What: fmt.Sprintf("id %s is already used by %s", quote(h.ID), unique[i].Path), Hint: "give it another id; until then it is not used",
		})
	}
	return unique, problems
}

// rank orders the files of one layer that have one id: that which can be read and is
// named after the id wins.
func (h *Head) rank() int {
	return 2*btoi(h.Err == nil) + btoi(h.Path == h.ID+".toml")
}

// files lists the layer's runbooks in the order of their names. A folder that is not
// there has none.
func (l Layer) files() ([]fs.DirEntry, Problems) {
	entries, err := fs.ReadDir(l.FS, ".")
	switch {
	case errors.Is(err, fs.ErrNotExist) && l.Named:
		return nil, Problems{{File: l.file(""), Level: Warning, What: "there is no such folder", Hint: "make it, or name another; until then its runbooks are missing"}}
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, Problems{{File: l.file(""), Level: Warning, What: reason(err), Hint: "its runbooks are not listed"}}
	}
	inside := l.inside(entries)
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		return !strings.HasSuffix(e.Name(), ".toml") || strings.HasPrefix(e.Name(), ".")
	})
	if len(entries) > maxFiles {
		what := fmt.Sprintf("%d runbooks; only the first %d are listed", len(entries), maxFiles)
		return entries[:maxFiles], append(inside, Problem{File: l.file(""), Level: Warning, What: what})
	}
	return entries, inside
}

// inside names the folders of a layer that have files as runbooks have them: those are not
// read, and whoever put them there should know. Only the first few folders are looked into.
func (l Layer) inside(entries []fs.DirEntry) Problems {
	const most = 20
	var problems Problems
	looked := 0
	for _, e := range entries {
		if !e.IsDir() || strings.HasPrefix(e.Name(), ".") || slices.Contains(otherFolders, e.Name()) {
			continue
		}
		if looked++; looked > most {
			break
		}
		if found, err := fs.Glob(l.FS, e.Name()+"/*.toml"); err == nil && len(found) > 0 {
			problems = append(problems, Problem{
				File: l.file(e.Name()), Level: Warning, What: "a folder with " + plural(len(found), "TOML file"),
				Hint: "move them up into " + l.file("") + ", or name the folder with --runbooks; until then they are not listed",
			})
		}
	}
	return problems
}

// otherFolders have files of other kinds in a folder of runbooks.
var otherFolders = []string{"scenarios", "forms", "organisations"}

// parallel divides n tasks among the processors.
func parallel(n int, work func(from, to int)) {
	const least = 64 // fewer are not worth a goroutine
	workers := max(1, min(runtime.GOMAXPROCS(0), n/least))
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() { work(n*w/workers, n*(w+1)/workers) })
	}
	wait.Wait()
}

// Load reads the runbook that List shows under an id. The problems are those of
// its file, warnings too; the error is nil if it can be used.
func (lib *Library) Load(id string) (*Source, Problems, error) {
	layer, head, err := lib.find(id)
	if err != nil {
		return nil, nil, err
	}
	return layer.load(head)
}

// load reads the file of a head to its end.
func (l Layer) load(head Head) (*Source, Problems, error) {
	text, err := ReadFile(l.FS, head.Path)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", l.file(head.Path), err)
	}
	book, problems := Parse(l.file(head.Path), text) // says more than head.Err does
	if err := problems.Err(); err != nil {
		return nil, problems, err
	}
	if head.Err != nil {
		return nil, problems, head.Err
	}
	sum := sha256.Sum256(text)
	return &Source{head, text, book, hex.EncodeToString(sum[:])}, problems, nil
}

// find looks for an id from the last layer to the first. A file named after the id
// is nearly always the one; only if it is not are all others looked at.
func (lib *Library) find(id string) (Layer, Head, error) {
	ctx := context.Background()
	for _, layer := range slices.Backward(lib.layers) {
		if head, ok := layer.named(id); ok {
			return layer, head, nil
		}
		heads, _ := layer.heads(ctx, false)
		for _, h := range heads {
			if h.ID == id {
				return layer, h, nil
			}
		}
	}
	return Layer{}, Head{}, fmt.Errorf("%w %s", ErrNone, quote(id))
}

// named looks for an id in the file that is named after it.
func (l Layer) named(id string) (Head, bool) {
	if !validID(id) {
		return Head{}, false
	}
	info, err := fs.Stat(l.FS, id+".toml")
	if err != nil {
		return Head{}, false
	}
	h := l.head(fs.FileInfoToDirEntry(info), make([]byte, headSize))
	return h, h.Err == nil && h.ID == id
}
