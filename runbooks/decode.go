package runbooks

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
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
	index int
}

func (d *decoder) fieldsOf(t reflect.Type) []field {
	if fields, ok := d.fields[t]; ok {
		return fields
	}
	var fields []field
	for i := range t.NumField() {
		if key := t.Field(i).Tag.Get("toml"); key != "" {
			fields = append(fields, field{key, i})
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
			d.value(into.Field(f.index), v, at, f.key, at.node.key(f.key))
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

func (d *decoder) add(p Problem) { d.problems = append(d.problems, p) }

// value fills a field, or one value of a slice, that a key names.
func (d *decoder) value(into reflect.Value, v any, at Place, key string, n *node) {
	switch into.Type() {
	case reflect.TypeFor[time.Time]():
		d.day(into, v, at, key, n)
		return
	case reflect.TypeFor[Span]():
		d.span(into, v, at, key, n)
		return
	}
	switch into.Kind() {
	case reflect.Pointer:
		into.Set(reflect.New(into.Type().Elem()))
		d.value(into.Elem(), v, at, key, n)
	case reflect.Struct:
		if table, ok := v.(map[string]any); ok {
			d.table(into, table, at.within(n, name(key, table, -1)))
			return
		}
		d.wrong(at, key, n, "a table", v)
	case reflect.Slice:
		d.slice(into, v, at, key, n)
	case reflect.Map:
		d.mapOf(into, v, at, key, n)
	default:
		d.scalar(into, v, at, key, n)
	}
}

// scalar fills a string, number or bool.
func (d *decoder) scalar(into reflect.Value, v any, at Place, key string, n *node) {
	switch v := v.(type) {
	case string:
		if into.Kind() == reflect.String {
			into.SetString(v)
			return
		}
	case int64:
		if into.Kind() == reflect.Int {
			into.SetInt(v)
			return
		}
		if into.Kind() == reflect.Float64 {
			into.SetFloat(float64(v))
			return
		}
	case float64:
		if into.Kind() == reflect.Float64 {
			into.SetFloat(v)
			return
		}
	case bool:
		if into.Kind() == reflect.Bool {
			into.SetBool(v)
			return
		}
	}
	d.wrong(at, key, n, wantWord(into.Kind()), v)
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

// slice fills a slice: the parser has two types of array.
func (d *decoder) slice(into reflect.Value, v any, at Place, key string, n *node) {
	var values []any
	switch v := v.(type) {
	case []any:
		values = v
	case []map[string]any:
		for _, t := range v {
			values = append(values, t)
		}
	default:
		d.wrong(at, key, n, "a list", v)
		return
	}
	list := reflect.MakeSlice(into.Type(), len(values), len(values))
	for i, v := range values {
		table, ok := v.(map[string]any)
		if list.Index(i).Kind() == reflect.Struct && ok {
			d.table(list.Index(i), table, at.within(n.item(i), name(key, table, i)))
			continue
		}
		d.value(list.Index(i), v, at, key, n.item(i))
	}
	into.Set(list)
}

// mapOf fills a map from string.
func (d *decoder) mapOf(into reflect.Value, v any, at Place, key string, n *node) {
	table, ok := v.(map[string]any)
	if !ok {
		d.wrong(at, key, n, "a table", v)
		return
	}
	into.Set(reflect.MakeMap(into.Type()))
	for _, k := range slices.Sorted(maps.Keys(table)) {
		elem := reflect.New(into.Type().Elem()).Elem()
		d.value(elem, table[k], at.within(n, key), k, n.key(k))
		into.SetMapIndex(reflect.ValueOf(k), elem)
	}
}

// day fills a day, at midnight UTC.
func (d *decoder) day(into reflect.Value, v any, at Place, key string, n *node) {
	switch v := v.(type) {
	case time.Time:
		// The parser has no type for a date: only its zone has a name of its own.
		if name, _ := v.Zone(); name == "date-local" {
			y, m, day := v.Date()
			into.Set(reflect.ValueOf(time.Date(y, m, day, 0, 0, 0, 0, time.UTC)))
			return
		}
	case string:
		if t, err := time.Parse(time.DateOnly, v); err == nil {
			into.Set(reflect.ValueOf(t))
			return
		}
	}
	d.wrong(at, key, n, "a day such as 2026-11-01", v)
}

// span fills a length of time.
func (d *decoder) span(into reflect.Value, v any, at Place, key string, n *node) {
	text, ok := v.(string)
	if !ok {
		d.wrong(at, key, n, `a length of time such as "10m"`, v)
		return
	}
	span, err := ParseSpan(text)
	if err != nil {
		what := quote(text) + " is not a length of time"
		d.add(d.at(at, key, n, what, `write it as "10m", "72h", "14d", "4 business days" or "1 month"`))
		return
	}
	into.Set(reflect.ValueOf(span))
}

// wrong reports a value of the wrong type.
func (d *decoder) wrong(at Place, key string, n *node, want string, got any) {
	d.add(d.at(at, key, n, fmt.Sprintf("%s is %s", quote(key), gotWord(got)), "it must be "+want))
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
