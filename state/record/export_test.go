package record

import (
	"reflect"

	"muster/state/line"
)

// Keys are the keys of data, each with the part in which a value of it stands.
func Keys(data line.Data) map[string]func(value string) line.Part {
	keys := make(map[string]func(string) line.Part)
	for key, at := range makeLayout(reflect.TypeOf(data).Elem()).keys {
		keys[key] = func(value string) line.Part { return at.of([]byte(value)) }
	}
	return keys
}

// Decode reads an object as data of a kind, which stands in a part; with a memory, or without.
func Decode(data line.Data, part line.Part, text string, with bool) (line.Data, error) {
	object, err := line.ReadObject([]byte(text))
	if err != nil {
		return nil, err
	}
	c := line.Content{Kind: data.Kind()}
	c.Shares[part] = object
	all := kinds{c.Kind: {typ: reflect.TypeOf(data).Elem()}}
	var memory line.Memory
	if with {
		memory = all.Memory()
	}
	read, _, err := all.Read(c, memory)
	return read, err
}

// Exact reports whether what two parts say of data is sure to be written again as it lies.
func Exact(data line.Data, facts string, part line.Part, apart string) (bool, error) {
	c := line.Content{Kind: data.Kind()}
	for at, text := range map[line.Part]string{line.Facts: facts, part: apart} {
		object, err := line.ReadObject([]byte(text))
		if err != nil {
			return false, err
		}
		c.Shares[at] = object
	}
	_, exact, err := kinds{c.Kind: {typ: reflect.TypeOf(data).Elem()}}.Read(c, nil)
	return exact, err
}
