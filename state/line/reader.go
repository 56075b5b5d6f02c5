package line

import "unicode/utf8"

// A reader reads the members of a piece, which were found before, in the one order in
// which they can stand.
type reader struct {
	values
	piece
	inner []member // of the value that was read last, if it is an object
	at    int      // behind that value
}

// An object is a share of an entry's data.
type object struct {
	text    []byte // nil if there is none
	members []member
	in      []byte // the piece that the members are of
}

// reader is a reader of a piece that is there.
func (c *content) reader(part Part) reader {
	r := reader{values: values{words: c.words}, piece: c.pieces[part], at: c.pieces[part].from}
	if r.wide && !utf8.Valid(r.raw) {
		r.failed = errNotUTF8
	}
	return r
}

// optional is the value of a key, if it comes next; else nil. The key is given as it
// stands there, with what is before it and its colon.
func (r *reader) optional(key string) []byte {
	n := 0 // members of the value, which come first
	for n < len(r.members) && r.members[n].deep {
		n++
	}
	if r.failed != nil || n == len(r.members) || string(r.members[n].key.of(r.raw)) != key[len(`,"`):len(key)-len(`":`)] {
		return nil
	}
	value := r.members[n].value
	r.inner, r.members, r.at = r.members[:n], r.members[n+1:], int(value.to)
	return value.of(r.raw)
}

// want is the value of a key, which must come next.
func (r *reader) want(key string) []byte {
	value := r.optional(key)
	if value == nil {
		r.fail("%s should stand where it has %s", key, excerpt(r.raw[r.at:]))
	}
	return value
}

// object is the value that was read last, as an entry's data.
func (r *reader) object(value []byte) object { return object{value, r.inner, r.raw} }

// end is what failed, if only that something else follows.
func (r *reader) end() error {
	if len(r.members) > 0 {
		r.fail("} should stand where it has %s", excerpt(r.raw[r.at:]))
	}
	return r.failed
}
