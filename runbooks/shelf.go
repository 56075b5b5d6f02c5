package runbooks

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// A Shelf finds sources of one kind by their ids in layers, the most basic first, as a
// [Library] finds runbooks. It keeps nothing in memory.
type Shelf[S any] struct {
	layers []Layer
	kind   shelved[S]
}

// A shelved says how the sources of a shelf are made and told apart.
type shelved[S any] struct {
	read     func(layer, file string, text []byte) *S
	broken   func(id, layer, file string, err error) *S // of a file that cannot be read
	of       func(*S) (id string, err error)
	hides    func(source, other *S) // source takes the place of other; nil: that is not kept
	complete func([]*S) []*S        // what only the whole list can say; nil: nothing
}

// List returns every source, by id. Where several layers have one id, the last wins. A file
// that cannot be used is listed under its name, with its error. The problems are about
// folders.
func (shelf *Shelf[S]) List(ctx context.Context) ([]*S, Problems) {
	var list []*S
	var problems Problems
	for _, layer := range shelf.layers {
		files, more := layer.files()
		problems = append(problems, more...)
		for _, file := range files {
			if ctx.Err() != nil {
				break
			}
			list = shelf.put(list, shelf.open(layer, file.Name()))
		}
	}
	slices.SortStableFunc(list, func(a, b *S) int { return strings.Compare(shelf.id(a), shelf.id(b)) })
	if shelf.kind.complete != nil {
		list = shelf.kind.complete(list)
	}
	return list, problems
}

// Load reads the source that List shows under an id.
func (shelf *Shelf[S]) Load(ctx context.Context, id string) (*S, error) {
	list, _ := shelf.List(ctx)
	for _, source := range list {
		if its, err := shelf.kind.of(source); its == id {
			return source, err
		}
	}
	return nil, fmt.Errorf("%w %s", ErrNone, quote(id))
}

func (shelf *Shelf[S]) id(source *S) string {
	id, _ := shelf.kind.of(source)
	return id
}

// open reads a file of a layer.
func (shelf *Shelf[S]) open(layer Layer, file string) *S {
	name := layer.file(file)
	text, err := ReadFile(layer.FS, file)
	if err != nil {
		return shelf.kind.broken(fileID(file), layer.Name, name, fmt.Errorf("%s: %w", name, err))
	}
	return shelf.kind.read(layer.Name, name, text)
}

// put adds a source to a list, in the place of one with the same id.
func (shelf *Shelf[S]) put(list []*S, source *S) []*S {
	list = slices.DeleteFunc(list, func(other *S) bool {
		same := shelf.id(other) == shelf.id(source)
		if same && shelf.kind.hides != nil {
			shelf.kind.hides(source, other)
		}
		return same
	})
	return append(list, source)
}
