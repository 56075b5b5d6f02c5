package line

import (
	"reflect"
	"sync"
)

// A Format is the log's format with the kinds of entry that its reader knows. The
// format itself knows none: what entries record is given to it, and an entry of any
// other kind is [Unknown]. A Format may be used by several goroutines at once.
type Format struct {
	kinds map[Kind]*Spec
	opens Kind
	// layouts keeps what layoutOf has found out, of reflect.Type to *layout: looking
	// through a type's tags takes longer than reading many entries.
	layouts sync.Map
}

// A Spec is what the format has to know of one kind of entry.
type Spec struct {
	// Data is a pointer, which may be nil, to the struct that holds what an entry of
	// the kind records. Its Kind is the kind. The struct's json tags name its keys,
	// which are plain and in lower case, and its part tags say in which part each
	// stands; see [Part].
	Data Data
	// Opens: a log begins with an entry of this kind. Only one kind does so.
	Opens bool
	// Long: its entries carry a runbook's text, and have up to MaxRunbookLine bytes.
	Long bool
	// Vouches: it says whose log this is, whom to ask about it, or which files belong to it, so that
	// [Format.Check] reads it in full.
	Vouches bool
	// Digests: its names have a hash over texts of all parts, and its notes may have those
	// texts. Who withholds any part withholds both, so that nothing can be guessed from it.
	Digests bool

	kind Kind
	typ  reflect.Type // of the struct
}

// NewFormat is the format with some kinds.
func NewFormat(specs ...Spec) *Format {
	f := &Format{kinds: make(map[Kind]*Spec, len(specs))}
	for _, spec := range specs {
		spec.kind, spec.typ = spec.Data.Kind(), reflect.TypeOf(spec.Data).Elem()
		f.kinds[spec.kind] = &spec
		if spec.Opens {
			f.opens = spec.kind
		}
	}
	return f
}

// New makes an empty value to read what an entry of kind records into; nil if the
// kind is not known.
func (f *Format) New(kind Kind) Data {
	spec := f.kinds[kind]
	if spec == nil {
		return nil
	}
	return reflect.New(spec.typ).Interface().(Data)
}

// MaxLine is how many bytes a line of kind may have, its newline not counted.
func (f *Format) MaxLine(kind Kind) int { return f.kinds[kind].maxLine() }

// maxLine is that of a kind that is not known, if s is nil.
func (s *Spec) maxLine() int {
	if s != nil && s.Long {
		return MaxRunbookLine
	}
	return MaxLine
}
