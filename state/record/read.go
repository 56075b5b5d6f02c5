package record

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"

	"muster/state/line"
)

// Read implements [line.Kinds].
func (k kinds) Read(c line.Content, memory line.Memory) (line.Data, bool, error) {
	w, _ := memory.(*words)
	of := k[c.Kind]
	data, exact := w.data(of), true
	r := dataReader{layout: of.layout(), into: reflect.ValueOf(data).Elem(), words: w}
	for part := range c.Shares {
		share := &c.Shares[part]
		if share.Text == nil {
			continue
		}
		r.part = line.Part(part)
		whole, err := false, error(nil)
		if !c.Whole { // else nothing stands apart
			whole, err = r.read(share)
			exact = exact && whole && !r.odd
		}
		if err == nil && !whole {
			if err = json.Unmarshal(share.Text, data); err != nil {
				err = fmt.Errorf("the data of its kind %s cannot be read: %v", c.Kind, err)
			}
		}
		if err != nil {
			return nil, false, err
		}
	}
	exact = exact && r.complete()
	for part := line.Names; part <= line.Procedure; part++ {
		if c.Withheld.Has(part) {
			r.layout.fill(r.into, part, c.Shares[line.Facts].Text)
		}
	}
	return data, exact, nil
}

// A dataReader reads objects as they lie in a line into data. encoding/json
// takes five times as long and leaves much to collect, so it is left what is rare:
// lists, maps, times, and all that does not fit its field.
type dataReader struct {
	layout *layout
	into   reflect.Value
	part   line.Part
	words  *words
	odd    bool            // a key is not known, empty, or not in its place
	inner  map[*layout]int // how many keys of objects inside were read, in all parts
}

// read checks that the keys of an object belong in the part, and reads what they
// say. whole is false if that is not all that it says.
func (r *dataReader) read(share *line.Object) (whole bool, err error) {
	whole = true
	var before []int
	for i := range share.Len() {
		key, value := share.Member(i)
		at, known := r.layout.keys[string(key)]
		r.odd = r.odd || !known || isEmpty(value) || slices.Compare(before, at.index) >= 0
		before = at.index
		switch {
		case !known:
		case at.inner != nil && value[0] == '{':
			all, err := r.inside(at, value)
			if err != nil {
				return false, err
			}
			whole = whole && all
		case at.of(value) != r.part:
			return false, misplaced(key, r.part, at.of(value))
		case !r.set(r.into.FieldByIndex(at.index), value):
			whole = false
		}
	}
	return whole, nil
}

// inside is read for an object in the object, such as a runbook with its long text.
func (r *dataReader) inside(at place, value []byte) (whole bool, err error) {
	if at.inner.itself {
		return false, at.inner.check(value, r.part)
	}
	object, err := line.ReadObject(value)
	if err != nil {
		return false, err
	}
	in := dataReader{layout: at.inner, into: r.into.FieldByIndex(at.index), part: r.part, words: r.words}
	whole, err = in.read(&object)
	r.odd = r.odd || in.odd || !in.complete()
	if r.inner == nil {
		r.inner = make(map[*layout]int)
	}
	r.inner[at.inner] += object.Len()
	return whole, err
}

// complete reports whether the objects inside have all their keys: which of them may be left
// out is not known here.
func (r *dataReader) complete() bool {
	for l, read := range r.inner {
		if read != len(l.keys) {
			return false
		}
	}
	return true
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
	hash, ok := field.Addr().Interface().(*line.Hash)
	return ok && value[0] == '"' && hash.UnmarshalText(value[1:len(value)-1]) == nil
}

// text is a string of the part: facts and names say the same again and again, and
// what people write does not.
func (r *dataReader) text(text []byte) string {
	if r.part == line.Facts || r.part == line.Names {
		return r.words.Word(text)
	}
	return r.words.text(text)
}
