package runbooks

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"time"
)

// A decoder fills structs from the parser's values, by their tags.
type decoder struct {
	file     string
	problems Problems
	shapes   map[reflect.Type]*shape // of the structs seen so far
}

// A shape is what of a struct a table fills.
type shape struct {
	fields []field
	at     map[string]int // in fields, by key
	places []int          // the fields that are told where the table stands
}

// A field is a field of a struct that a key fills.
type field struct {
	key   string
	index []int // as [reflect.Value.FieldByIndex] takes it
}

func (d *decoder) shapeOf(t reflect.Type) *shape {
	if s := d.shapes[t]; s != nil {
		return s
	}
	s := &shape{at: map[string]int{}}
	for _, f := range reflect.VisibleFields(t) {
		if key := f.Tag.Get("toml"); key != "" {
			s.at[key] = len(s.fields)
			s.fields = append(s.fields, field{key, f.Index})
		}
	}
	for i := range t.NumField() {
		if t.Field(i).Type == reflect.TypeFor[Place]() {
			s.places = append(s.places, i)
		}
	}
	d.shapes[t] = s
	return s
}

// table fills a struct, in the order of its fields: it has many more than a table has keys.
func (d *decoder) table(into reflect.Value, at Place) {
	s := d.shapeOf(into.Type())
	var room [16]int
	found := room[:0]
	for _, m := range at.node.members() {
		if i, ok := s.at[m.name]; ok {
			found = append(found, i)
		}
	}
	slices.Sort(found)
	for _, i := range found {
		f := &s.fields[i]
		d.value(into.FieldByIndex(f.index), at, f.key, at.node.key(f.key))
	}
	for _, i := range s.places {
		into.Field(i).Set(reflect.ValueOf(at))
	}
	if len(found) < len(at.node.members()) {
		d.unknown(s.fields, at)
	}
}

// unknown reports the keys that are not fields.
func (d *decoder) unknown(fields []field, at Place) {
	keys := make([]string, len(fields))
	for i, f := range fields {
		keys[i] = f.key
	}
	for _, key := range at.node.names() {
		if len(d.problems) > maxProblems || slices.Contains(keys, key) {
			continue
		}
		d.add(at.Problem(key, "unknown key "+quote(key), didYouMean(key, keys, "known keys are "+listWords(keys))))
	}
}

func (d *decoder) add(p Problem) {
	if len(d.problems) <= maxProblems {
		d.problems = append(d.problems, p)
	}
}

// value fills a field, or one value of a slice, that a key names. It leaves alone
// what it cannot fill, and reports whether it could.
func (d *decoder) value(into reflect.Value, at Place, key string, n *node) bool {
	switch into.Type() {
	case reflect.TypeFor[time.Time]():
		return d.day(into, at, key, n)
	case reflect.TypeFor[Span]():
		return d.span(into, at, key, n)
	}
	switch into.Kind() {
	case reflect.Pointer:
		to := reflect.New(into.Type().Elem())
		ok := d.value(to.Elem(), at, key, n)
		if ok {
			into.Set(to)
		}
		return ok
	case reflect.Struct:
		if n.form != table {
			return d.wrong(at, key, n, "a table")
		}
		d.table(into, at.within(n, key, alone))
		return true
	case reflect.Slice:
		return d.slice(into, at, key, n)
	case reflect.Map:
		return d.mapOf(into, at, key, n)
	}
	return d.scalar(into, at, key, n)
}

// scalar fills a string, number or bool.
func (d *decoder) scalar(into reflect.Value, at Place, key string, n *node) bool {
	kind, v := into.Kind(), n.value
	if whole, ok := v.(int64); ok && kind == reflect.Float64 {
		v = float64(whole)
	}
	switch v := v.(type) {
	case string:
		if kind == reflect.String {
			into.SetString(v)
			return true
		}
	case int64:
		if kind == reflect.Int {
			into.SetInt(v)
			return true
		}
	case float64:
		if kind == reflect.Float64 {
			into.SetFloat(v)
			return true
		}
	case bool:
		if kind == reflect.Bool {
			into.SetBool(v)
			return true
		}
	}
	return d.wrong(at, key, n, wantWord(kind))
}

func wantWord(k reflect.Kind) string {
	switch k {
	case reflect.String:
		return "text"
	case reflect.Int:
		return "a whole number"
	case reflect.Float64:
		return "a number"
	}
	return "true or false"
}

// slice fills a slice, leaving out what is of the wrong type.
func (d *decoder) slice(into reflect.Value, at Place, key string, n *node) bool {
	tables := into.Type().Elem().Kind() == reflect.Struct
	if n.form != list {
		if tables {
			return d.wrong(at, key, n, "a list of tables, each under [["+key+"]]")
		}
		return d.wrong(at, key, n, "a list in [brackets]")
	}
	all := reflect.MakeSlice(into.Type(), len(n.items()), len(n.items()))
	good := 0
	for i, item := range n.items() {
		elem := all.Index(good)
		if item.form == table && tables {
			d.table(elem, at.within(item, key, i))
			good++
		} else if d.value(elem, at, key, item) {
			good++
		}
	}
	into.Set(all.Slice(0, good))
	return true
}

// mapOf fills a map from string.
func (d *decoder) mapOf(into reflect.Value, at Place, key string, n *node) bool {
	if n.form != table {
		return d.wrong(at, key, n, "a table")
	}
	into.Set(reflect.MakeMap(into.Type()))
	for _, k := range n.names() {
		elem := reflect.New(into.Type().Elem()).Elem()
		if d.value(elem, at.within(n, key, nameless), k, n.key(k)) {
			into.SetMapIndex(reflect.ValueOf(k), elem)
		}
	}
	return true
}

// day fills a day, at midnight UTC.
func (d *decoder) day(into reflect.Value, at Place, key string, n *node) bool {
	switch v := n.value.(type) {
	case time.Time:
		// The parser has no type for a date: only its zone has a name of its own.
		if name, _ := v.Zone(); name == "date-local" {
			y, m, day := v.Date()
			into.Set(reflect.ValueOf(time.Date(y, m, day, 0, 0, 0, 0, time.UTC)))
			return true
		}
	case string:
		if t, err := time.Parse(time.DateOnly, v); err == nil {
			into.Set(reflect.ValueOf(t))
			return true
		}
	}
	return d.wrong(at, key, n, "a day such as 2026-11-01")
}

// span fills a length of time.
func (d *decoder) span(into reflect.Value, at Place, key string, n *node) bool {
	text, ok := n.value.(string)
	if !ok {
		return d.wrong(at, key, n, `a length of time such as "10m"`)
	}
	span, err := ParseSpan(text)
	if err != nil {
		what := quote(text) + " is not a length of time"
		d.add(d.at(at, key, n, what, `write it as "10m", "72h", "14d", "4 business days" or "1 month"`))
		return false
	}
	into.Set(reflect.ValueOf(span))
	return true
}

// wrong reports a value of the wrong type.
func (d *decoder) wrong(at Place, key string, n *node, want string) bool {
	d.add(d.at(at, key, n, fmt.Sprintf("%s is %s", quote(key), gotWord(n)), "it must be "+want))
	return false
}

func (d *decoder) at(at Place, key string, n *node, what, hint string) Problem {
	p := at.Problem(key, what, hint)
	if n != nil {
		p.Line = n.lineOf()
	}
	return p
}

func gotWord(n *node) string {
	if n.form == list {
		return "a list"
	}
	switch v := n.value.(type) {
	case string:
		return "the text " + quote(v)
	case int64:
		return "the number " + strconv.FormatInt(v, 10)
	case float64:
		return "the number " + strconv.FormatFloat(v, 'g', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case time.Time:
		return "a time"
	}
	return "a table"
}
