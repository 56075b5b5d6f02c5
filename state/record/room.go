package record

import (
	"reflect"
	"strings"

	"muster/state/line"
)

// A room makes room for what many entries record, for several at once: of a long log all of
// it stays in memory.
type room struct {
	shelves map[*kind]*shelf
	texts   strings.Builder
}

// A shelf has room for what entries of one kind record.
type shelf struct {
	made reflect.Value // a slice
	used int           // of it
	next int           // for how many room is made next
}

// maxShelf is for how many at most, and pageSize how many bytes of texts there is room for.
const (
	maxShelf = 64
	pageSize = 8 << 10
)

// data is an empty value to read what an entry of the kind records into.
func (r *room) data(k *kind) line.Data {
	s := r.shelves[k]
	if s == nil {
		if r.shelves == nil {
			r.shelves = make(map[*kind]*shelf)
		}
		s = &shelf{next: 1}
		r.shelves[k] = s
	}
	if !s.made.IsValid() || s.used == s.made.Len() {
		s.made, s.used = reflect.MakeSlice(reflect.SliceOf(k.typ), s.next, s.next), 0
		s.next = min(2*s.next, maxShelf)
	}
	s.used++
	return s.made.Index(s.used - 1).Addr().Interface().(line.Data)
}

// text is a text as a string.
func (r *room) text(text []byte) string {
	if len(text) > pageSize/16 {
		return string(text)
	}
	if r.texts.Cap()-r.texts.Len() < len(text) {
		size := min(max(256, 2*r.texts.Cap()), pageSize)
		r.texts = strings.Builder{}
		r.texts.Grow(max(size, len(text)))
	}
	at := r.texts.Len()
	r.texts.Write(text)
	return r.texts.String()[at:]
}
