package line

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
)

// data reads an entry's data from its pieces. Keys that this version does not know are
// passed over, so that old programs read new logs.
func (c *content) data(e *Entry) (Data, error) {
	data := c.words.data(c.format, e.Kind)
	if data == nil {
		c.doubt = true
		facts, origin := cutOrigin(c.pieces[Facts].data.text)
		e.Origin = origin
		unknown := &Unknown{Name: e.Kind, Raw: bytes.Clone(facts)}
		for part := range withholdable {
			unknown.Apart[part-1] = bytes.Clone(c.pieces[part].data.text)
		}
		return unknown, nil
	}
	r := dataReader{layout: c.format.layoutOf(data), into: reflect.ValueOf(data).Elem(), words: c.words}
	for part := range c.pieces {
		share := &c.pieces[part].data
		if share.text == nil {
			continue
		}
		r.part = Part(part)
		whole, err := false, error(nil)
		if c.version > 1 { // else nothing stands apart
			whole, err = r.read(share)
			c.doubt = c.doubt || !whole || r.odd
			e.Origin = r.origin
		}
		if err == nil && !whole {
			if err = json.Unmarshal(share.text, data); err != nil {
				err = fmt.Errorf("the data of its kind %s cannot be read: %v", e.Kind, err)
			}
		}
		if err != nil {
			return nil, err
		}
	}
	for part := range withholdable {
		if e.Withheld.Has(part) {
			r.layout.fill(r.into, part, c.pieces[Facts].data.text)
		}
	}
	return data, nil
}

// A dataReader reads objects that [exact] accepts into data. encoding/json
// takes five times as long and leaves much to collect, so it is left what is rare:
// lists, maps, times, and all that does not fit its field.
type dataReader struct {
	layout *layout
	into   reflect.Value
	part   Part
	words  *words
	odd    bool // a key is not known, empty, or not in its place
	origin *Origin
}

// last is behind every field: what stands after an origin is not in its place.
var last = []int{1 << 30}

// read checks that the keys of an object belong in the part, and reads what they
// say. whole is false if that is not all that it says.
func (r *dataReader) read(share *object) (whole bool, err error) {
	whole = true
	var before []int
	for _, m := range share.members {
		key, value := m.key.of(share.text), m.value.of(share.text)
		if string(key) == originKey && r.part == Facts {
			origin, all, err := parseOrigin(value)
			if err != nil {
				return false, err
			}
			r.origin, r.odd, before = origin, r.odd || !all, last
			continue
		}
		at, known := r.layout.keys[string(key)]
		r.odd = r.odd || !known || isEmpty(value) || slices.Compare(before, at.index) >= 0
		before = at.index
		switch {
		case !known:
		case at.inner != nil && value[0] == '{':
			whole = false
			if err := at.inner.check(value, r.part); err != nil {
				return false, err
			}
		case at.of(value) != r.part:
			return false, misplaced(key, r.part, at.of(value))
		case !r.set(r.into.FieldByIndex(at.index), value):
			whole = false
		}
	}
	return whole, nil
}

// isEmpty reports whether a value may be one that Seal leaves out.
func isEmpty(value []byte) bool {
	switch string(value) {
	case `""`, "0", "false", "null", "[]", "{}":
		return true
	}
	return false
}

// set gives a field its value, if both are simple.
func (r *dataReader) set(field reflect.Value, value []byte) bool {
	switch field.Kind() {
	case reflect.String:
		if value[0] != '"' {
			return false
		}
		var room [usual]byte
		field.SetString(r.text(unquote(room[:0], value)))
		return true
	case reflect.Bool:
		yes := value[0] == 't'
		field.SetBool(yes)
		return yes || value[0] == 'f'
	case reflect.Int, reflect.Int64:
		n, err := strconv.ParseInt(string(value), 10, 64)
		field.SetInt(n)
		return err == nil && !field.OverflowInt(n)
	case reflect.Uint64:
		n, err := strconv.ParseUint(string(value), 10, 64)
		field.SetUint(n)
		return err == nil
	}
	hash, ok := field.Addr().Interface().(*Hash)
	return ok && value[0] == '"' && hash.UnmarshalText(value[1:len(value)-1]) == nil
}

// text is a string of the part: facts and names say the same again and again, and
// what people write does not.
func (r *dataReader) text(text []byte) string {
	if r.part == Facts || r.part == Names {
		return r.words.intern(text)
	}
	return r.words.text(text)
}
