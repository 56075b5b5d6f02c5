package line

import (
	"fmt"
	"iter"
	"reflect"
	"strings"
)

// A Part is a piece of an entry's content. Each but the facts can be withheld from
// a copy of the log by itself; see [Withhold].
type Part uint8

// The parts, in the order in which they stand in a line.
const (
	Facts     Part = iota // what was done to what, when, in which role
	Names                 // who did it, and who is named by it
	Notes                 // what people wrote and said, and what looks from outside showed
	Evidence              // files: their names, sizes and hashes
	Procedure             // the runbook's text
	partCount
)

// withholdable yields every part but the facts.
func withholdable(yield func(Part) bool) {
	for part := Names; part < partCount && yield(part); part++ {
	}
}

// String is the part's key in a line: names, notes, evidence, runbook.
func (p Part) String() string {
	switch p {
	case Facts:
		return "facts"
	case Names:
		return "names"
	case Notes:
		return "notes"
	case Evidence:
		return "evidence"
	case Procedure:
		return "runbook"
	}
	return fmt.Sprintf("part %d", uint8(p))
}

// Parts is a set of parts.
type Parts uint8

// PartsOf is the set of some parts.
func PartsOf(parts ...Part) (set Parts) {
	for _, part := range parts {
		set |= 1 << part
	}
	return set
}

// AllParts is the set of every part.
const AllParts Parts = 1<<partCount - 1

// Has reports whether part is in the set.
func (p Parts) Has(part Part) bool { return p>>part&1 == 1 }

// Names lists the set's parts.
func (p Parts) Names() (names []string) {
	for part := range partCount {
		if p.Has(part) {
			names = append(names, part.String())
		}
	}
	return names
}

// A layout says in which part each key of an object belongs. It comes from the
// tags of the type that the object is read into: a field without one is a fact.
type layout struct {
	keys map[string]place
	has  Parts
}

// A place is where a key belongs: in a part; or, if its value is an object with a
// layout of its own, where that says.
type place struct {
	part  Part
	inner *layout
	index []int // of the field that the value is read into
}

// layoutOf is the layout of data; nil if its kind is unknown.
func (f *Format) layoutOf(data Data) *layout {
	if _, unknown := data.(*Unknown); unknown {
		return nil
	}
	t := reflect.TypeOf(data).Elem()
	known, ok := f.layouts.Load(t)
	if !ok {
		known, _ = f.layouts.LoadOrStore(t, makeLayout(t))
	}
	return known.(*layout)
}

func makeLayout(t reflect.Type) *layout {
	l := &layout{keys: make(map[string]place)}
	for _, field := range reflect.VisibleFields(t) {
		key, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if field.Anonymous || key == "" {
			continue
		}
		at := place{index: field.Index}
		at.part, _ = ParsePart(field.Tag.Get("part"))
		if field.Type.Kind() == reflect.Struct && field.Type.PkgPath() == t.PkgPath() {
			at.inner = makeLayout(field.Type)
			l.has |= at.inner.has
		}
		l.keys[key] = at
		l.has |= PartsOf(at.part)
	}
	return l
}

// ParsePart is the part of that name.
func ParsePart(name string) (Part, bool) {
	for part := range partCount {
		if part.String() == name {
			return part, true
		}
	}
	return Facts, false
}

// of is the part of a value at p. An empty text is a fact: it has nothing to
// withhold, and that it is empty may say that a role was laid down.
func (p place) of(value []byte) Part {
	if string(value) == `""` {
		return Facts
	}
	return p.part
}

// pick makes an object of what belongs in part. some is false if that is nothing.
func (l *layout) pick(object []byte, part Part) (picked []byte, some bool) {
	if !l.has.Has(part) {
		return []byte("{}"), false
	}
	picked = append(picked, '{')
	for key, value := range members(object) {
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
func (l *layout) check(object []byte, part Part) error {
	for key, value := range members(object) {
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

func misplaced(key []byte, is, belongs Part) error {
	return fmt.Errorf("%s stands with its %s, and not with its %s", key, is, belongs)
}

// members yields the keys and values of an object that [exact] accepts.
func members(object []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func(key, value []byte) bool) {
		x := exact{b: object, keep: true}
		if len(object) == 0 || x.whole() != nil {
			return
		}
		for _, m := range x.found {
			if !yield(m.key.of(object), m.value.of(object)) {
				return
			}
		}
	}
}

// WithheldText stands in place of a text that was withheld.
const WithheldText = "(withheld)"

// fill puts [WithheldText] in the place of the texts of part that may have been
// there. The facts say which were empty; those are left so.
func (l *layout) fill(v reflect.Value, part Part, facts []byte) {
	if !l.has.Has(part) {
		return
	}
	empty := make(map[string][]byte)
	for key, value := range members(facts) {
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
			into.SetString(WithheldText)
		}
	}
}
