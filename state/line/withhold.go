package line

// Withhold takes parts out of a line, which is given without its newline: null
// stands in their place. The line keeps its hash, and verifies as before. The
// facts cannot be withheld without all other parts: the whole content goes then.
// So it does in a line of format version 1, which has no parts.
//
// It says which parts are missing from the line that it returns. The error is that
// of [Format.Check] if the line is not good.
func (f *Format) Withhold(line []byte, parts Parts) ([]byte, Parts, error) {
	e := Entry{Frame: new(Frame), Sealing: new(Sealing)}
	c := content{format: f}
	if err := c.line(line, &e); err != nil {
		return nil, 0, err
	}
	if c.spec != nil && c.spec.Digests && parts != 0 {
		parts |= PartsOf(Names, Notes)
	}
	switch {
	case e.Withheld.Has(Facts) || parts == 0:
		return line, e.Withheld, nil
	case c.version == 1:
		return append(c.before(line), `,"d":null}`...), AllParts, nil
	case parts.Has(Facts):
		return append(c.before(line), `,"d":null,"p":null}`...), AllParts, nil
	}
	out := append(append(c.before(line), `,"d":`...), c.pieces[Facts].raw...)
	out = append(out, `,"p":{`...)
	some := false
	for part := range withholdable {
		text := c.pieces[part].raw
		if text == nil && !e.Withheld.Has(part) {
			continue
		}
		if text == nil || parts.Has(part) {
			text = []byte("null")
			e.Withheld |= PartsOf(part)
		}
		if some {
			out = append(out, ',')
		}
		out = append(append(append(append(out, '"'), part.String()...), `":`...), text...)
		some = true
	}
	return append(out, "}}"...), e.Withheld, nil
}

// before is a copy of the line up to its content.
func (c *content) before(line []byte) []byte {
	return append(make([]byte, 0, len(line)), line[:c.at-len(`,"d":`)]...)
}
