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
	x := exact{b: []byte(text), keep: true}
	if err := x.whole(); err != nil {
		return nil, err
	}
	c := content{format: f, version: formatVersion}
	c.pieces[part].data = object{x.b, x.found}
	if with {
		c.words = new(words)
	}
	return c.data(&Entry{Frame: &Frame{Kind: kind}})
}

// Resume is a chain that goes on after head, for an incident of mode.
func (f *Format) Resume(head Head, mode Mode) Chain {
	return Chain{Head: head, Mode: mode, line: int(head.Seq), format: f}
}
