// Package record is how what entries record lies in the lines of a log: each kind of
// entry is a Go struct, whose tags say which key stands in which part of a line. Its
// [Spec] is given to package line, which knows of no kind.
package record

import (
	"reflect"
	"sync"

	"muster/state/line"
)

// A Spec is what there is to know of one kind of entry.
type Spec struct {
	// Data is a pointer, which may be nil, to the struct that holds what an entry of
	// the kind records. Its Kind is the kind. The struct's json tags name its keys,
	// which are plain and in lower case, and its part tags say in which part each
	// stands; see [line.Part].
	Data line.Data
	// The others are those of [line.Spec].
	Opens, Long, Vouches, Digests bool
}

// NewFormat is the format of a log with some kinds.
func NewFormat(specs ...Spec) *line.Format {
	all, list := make(kinds, len(specs)), make([]line.Spec, len(specs))
	for i, spec := range specs {
		typ, name := reflect.TypeOf(spec.Data).Elem(), spec.Data.Kind()
		all[name] = &kind{typ: typ}
		list[i] = line.Spec{Kind: name, Opens: spec.Opens, Long: spec.Long, Vouches: spec.Vouches, Digests: spec.Digests}
	}
	return line.NewFormat(all, list...)
}

// kinds are those that are known. They implement [line.Kinds].
type kinds map[line.Kind]*kind

// A kind is what an entry of a kind records, and how it lies in a line.
type kind struct {
	typ  reflect.Type // a struct
	once sync.Once
	made *layout
}

// layout is made when it is first asked for: few kinds are met in one log, and to look
// through a type's tags takes longer than to read many entries.
func (k *kind) layout() *layout {
	k.once.Do(func() { k.made = makeLayout(k.typ) })
	return k.made
}

// empty is a value to read what an entry records into.
func (k *kind) empty() line.Data { return reflect.New(k.typ).Interface().(line.Data) }

// Memory implements [line.Kinds].
func (kinds) Memory() line.Memory { return new(words) }

// Write implements [line.Kinds].
func (k kinds) Write(data line.Data) (shares line.Shares, err error) {
	text, err := line.JSON(data)
	if err != nil {
		return shares, err
	}
	l := k[data.Kind()].layout()
	for part := range shares {
		if picked, some := l.pick(text, line.Part(part)); some || part == int(line.Facts) {
			shares[part] = picked
		}
	}
	return shares, nil
}
