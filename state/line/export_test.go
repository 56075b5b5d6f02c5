package line

// Keys are the keys of data, each with the part in which a value of it stands.
func (f *Format) Keys(data Data) map[string]func(value string) Part {
	keys := make(map[string]func(string) Part)
	for key, at := range f.layoutOf(data).keys {
		keys[key] = func(value string) Part { return at.of([]byte(value)) }
	}
	return keys
}

// DecodeData reads an object as the data of kind that stands in a part; with words,
// or without.
func (f *Format) DecodeData(kind Kind, part Part, text string, with bool) (Data, error) {
	var parts [partCount]object
	x := exact{b: []byte(text), keep: true}
	if err := x.whole(); err != nil {
		return nil, err
	}
	for i := range x.found { // which are those of the data
		if x.found[i].deep {
			continue
		}
		parts[part].members = append(parts[part].members, x.found[i])
	}
	parts[part].text, parts[part].in = x.b, x.b
	var w *words
	if with {
		w = new(words)
	}
	return f.decodeData(kind, &parts, 0, w)
}
