package runbooks

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A decoder fills structs from the parser's values, by their tags.
type decoder struct {
	file     string
	problems Problems
	fields   map[reflect.Type][]field // of the structs seen so far
}

// A field is a field of a struct that a key fills.
type field struct {
	key   string
	index []int // as [reflect.Value.FieldByIndex] takes it
}

func (d *decoder) fieldsOf(t reflect.Type) []field {
	if fields, ok := d.fields[t]; ok {
		return fields
	}
	var fields []field
	for _, f := range reflect.VisibleFields(t) {
		if key := f.Tag.Get("toml"); key != "" {
			fields = append(fields, field{key, f.Index})
		}
	}
	d.fields[t] = fields
	return fields
}

// table fills a struct.
func (d *decoder) table(into reflect.Value, values map[string]any, at Place) {
	fields := d.fieldsOf(into.Type())
	known := 0
	for _, f := range fields {
		if v, ok := values[f.key]; ok {
			known++
			d.value(into.FieldByIndex(f.index), v, at, f.key, at.node.key(f.key))
		}
	}
	for i := range into.NumField() {
		if f := into.Field(i); f.Type() == reflect.TypeFor[Place]() {
			f.Set(reflect.ValueOf(at))
		}
	}
	if known < len(values) {
		d.unknown(fields, values, at)
	}
}

// unknown reports the keys that are not fields.
func (d *decoder) unknown(fields []field, values map[string]any, at Place) {
	keys := make([]string, len(fields))
	for i, f := range fields {
		keys[i] = f.key
	}
	for _, key := range slices.Sorted(maps.Keys(values)) {
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
func (d *decoder) value(into reflect.Value, v any, at Place, key string, n *node) bool {
	switch into.Type() {
	case reflect.TypeFor[time.Time]():
		return d.day(into, v, at, key, n)
	case reflect.TypeFor[Span]():
		return d.span(into, v, at, key, n)
	}
	switch into.Kind() {
	case reflect.Pointer:
		to := reflect.New(into.Type().Elem())
		ok := d.value(to.Elem(), v, at, key, n)
		if ok {
			into.Set(to)
		}
		return ok
	case reflect.Struct:
		table, ok := v.(map[string]any)
		if !ok {
			return d.wrong(at, key, n, "a table", v)
		}
		d.table(into, table, at.within(n, name(key, table, -1)))
		return true
	case reflect.Slice:
		return d.slice(into, v, at, key, n)
	case reflect.Map:
		return d.mapOf(into, v, at, key, n)
	}
	return d.scalar(into, v, at, key, n)
}

// scalar fills a string, number or bool.
func (d *decoder) scalar(into reflect.Value, v any, at Place, key string, n *node) bool {
	kind := into.Kind()
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
	return d.wrong(at, key, n, wantWord(kind), v)
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

// slice fills a slice, leaving out what is of the wrong type. The parser has two
// types of array.
func (d *decoder) slice(into reflect.Value, v any, at Place, key string, n *node) bool {
	tables := into.Type().Elem().Kind() == reflect.Struct
	var values []any
	switch v := v.(type) {
	case []any:
		values = v
	case []map[string]any:
		for _, t := range v {
			values = append(values, t)
		}
	default:
		if tables {
			return d.wrong(at, key, n, "a list of tables, each under [["+key+"]]", v)
		}
		return d.wrong(at, key, n, "a list in [brackets]", v)
	}
	list := reflect.MakeSlice(into.Type(), len(values), len(values))
	good := 0
	for i, v := range values {
		elem := list.Index(good)
		if table, ok := v.(map[string]any); ok && tables {
			d.table(elem, table, at.within(n.item(i), name(key, table, i)))
			good++
		} else if d.value(elem, v, at, key, n.item(i)) {
			good++
		}
	}
	into.Set(list.Slice(0, good))
	return true
}

// mapOf fills a map from string.
func (d *decoder) mapOf(into reflect.Value, v any, at Place, key string, n *node) bool {
	table, ok := v.(map[string]any)
	if !ok {
		return d.wrong(at, key, n, "a table", v)
	}
	into.Set(reflect.MakeMap(into.Type()))
	for _, k := range slices.Sorted(maps.Keys(table)) {
		elem := reflect.New(into.Type().Elem()).Elem()
		if d.value(elem, table[k], at.within(n, key), k, n.key(k)) {
			into.SetMapIndex(reflect.ValueOf(k), elem)
		}
	}
	return true
}

// day fills a day, at midnight UTC.
func (d *decoder) day(into reflect.Value, v any, at Place, key string, n *node) bool {
	switch v := v.(type) {
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
	return d.wrong(at, key, n, "a day such as 2026-11-01", v)
}

// span fills a length of time.
func (d *decoder) span(into reflect.Value, v any, at Place, key string, n *node) bool {
	text, ok := v.(string)
	if !ok {
		return d.wrong(at, key, n, `a length of time such as "10m"`, v)
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
func (d *decoder) wrong(at Place, key string, n *node, want string, got any) bool {
	d.add(d.at(at, key, n, fmt.Sprintf("%s is %s", quote(key), gotWord(got)), "it must be "+want))
	return false
}

func (d *decoder) at(at Place, key string, n *node, what, hint string) Problem {
	p := at.Problem(key, what, hint)
	if n != nil {
		p.Line = n.line
	}
	return p
}

func gotWord(v any) string {
	switch v := v.(type) {
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
	case []any, []map[string]any:
		return "a list"
	}
	return "a table"
}

// name says which table it is: by its id, its title, or its number in a list
// (i from 0, or -1 if it is in none).
func name(key string, table map[string]any, i int) string {
	if !validID(strings.ReplaceAll(key, "_", "-")) { // the key of a map may be anything
		key = quote(key)
	}
	for _, k := range []string{"id", "title"} {
		if s, ok := table[k].(string); ok && s != "" {
			return key + " " + quote(s)
		}
	}
	if i < 0 {
		return key
	}
	return key + " " + strconv.Itoa(i+1)
}
