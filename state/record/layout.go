package record

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"muster/state/line"
)

// A layout says in which part each key of an object belongs. It comes from the
// tags of the type that the object is read into: a field without one is a fact.
type layout struct {
	keys   map[string]place
	has    line.Parts
	itself bool // the type reads or writes JSON itself, or by its own rules
}

// A place is where a key belongs: in a part; or, if its value is an object with a
// layout of its own, where that says.
type place struct {
	part  line.Part
	inner *layout
	index []int // of the field that the value is read into
}

// makeLayout is the layout of a struct.
func makeLayout(t reflect.Type) *layout {
	l := &layout{keys: make(map[string]place)}
	for _, own := range []reflect.Type{reflect.TypeFor[json.Unmarshaler](), reflect.TypeFor[json.Marshaler](), reflect.TypeFor[encoding.TextMarshaler]()} {
		l.itself = l.itself || reflect.PointerTo(t).Implements(own)
	}
	for _, field := range reflect.VisibleFields(t) {
		key, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if field.Anonymous || key == "" {
			continue
		}
		at := place{index: field.Index}
		at.part, _ = line.ParsePart(field.Tag.Get("part"))
		if field.Type.Kind() == reflect.Struct && field.Type.PkgPath() == t.PkgPath() {
			at.inner = makeLayout(field.Type)
			l.has |= at.inner.has
		}
		l.keys[key] = at
		l.has |= line.PartsOf(at.part)
	}
	return l
}

// of is the part of a value at p. An empty text is a fact: it has nothing to
// withhold, and that it is empty may say that a role was laid down.
func (p place) of(value []byte) line.Part {
	if string(value) == `""` {
		return line.Facts
	}
	return p.part
}

// pick makes an object of what belongs in part. some is false if that is nothing.
func (l *layout) pick(object []byte, part line.Part) (picked []byte, some bool) {
	if !l.has.Has(part) {
		return []byte("{}"), false
	}
	picked = append(picked, '{')
	for key, value := range line.Members(object) {
		at := l.keys[string(key)]
		if at.inner != nil {
			inner, some := at.inner.pick(value, part)
			if !some {
				continue
			}
			value = inner
		} else if at.of(value) != part {
			continue
		}
		if len(picked) > 1 {
			picked = append(picked, ',')
		}
		picked = append(append(append(picked, '"'), key...), `":`...)
		picked = append(picked, value...)
	}
	return append(picked, '}'), len(picked) > 1
}

// check reports a key that does not belong in part. Else two parts could each say
// something of one key, and two readers believe different ones. What a newer
// version added is passed over.
func (l *layout) check(object []byte, part line.Part) error {
	for key, value := range line.Members(object) {
		at, known := l.keys[string(key)]
		switch {
		case !known:
		case at.inner != nil && len(value) > 0 && value[0] == '{':
			if err := at.inner.check(value, part); err != nil {
				return err
			}
		case at.of(value) != part:
			return misplaced(key, part, at.of(value))
		}
	}
	return nil
}

func misplaced(key []byte, is, belongs line.Part) error {
	return fmt.Errorf("%s stands with its %s, and not with its %s", key, is, belongs)
}

// fill puts [line.WithheldText] in the place of the texts of part that may have been
// there. The facts say which were empty; those are left so.
func (l *layout) fill(v reflect.Value, part line.Part, facts []byte) {
	if !l.has.Has(part) {
		return
	}
	empty := make(map[string][]byte)
	for key, value := range line.Members(facts) {
		empty[string(key)] = value
	}
	for _, field := range reflect.VisibleFields(v.Type()) {
		key, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		at, known := l.keys[key]
		if field.Anonymous || !known {
			continue
		}
		into := v.FieldByIndex(field.Index)
		switch {
		case at.inner != nil:
			at.inner.fill(into, part, empty[key])
		case at.part == part && empty[key] == nil && into.Kind() == reflect.String:
			into.SetString(line.WithheldText)
		}
	}
}
