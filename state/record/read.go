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
	odd    bool // a key is not known, empty, or not in its place
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
