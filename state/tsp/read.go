package tsp

import (
	"encoding/asn1"
	"math/big"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// A reader reads DER. Once something is not as it should be, all that it gives is empty, and
// bad says so; readers of what lies within share that.
type reader struct {
	left cryptobyte.String
	bad  *bool
}

func readerOf(text []byte) *reader { return &reader{text, new(bool)} }

// tagged is the tag of what stands in a bracket in the specifications.
func tagged(n uint8) der.Tag { return der.Tag(n).ContextSpecific().Constructed() }

func (r *reader) need(ok bool) {
	if !ok {
		*r.bad, r.left = true, nil
	}
}

// in reads what has a tag, to be read further.
func (r *reader) in(tag der.Tag) *reader {
	inner := &reader{bad: r.bad}
	r.need(r.left.ReadASN1(&inner.left, tag))
	return inner
}

// has reports whether what comes next has a tag.
func (r *reader) has(tag der.Tag) bool { return r.left.PeekASN1Tag(tag) }

// skip passes over what may have a tag.
func (r *reader) skip(tag der.Tag) { r.need(r.left.SkipOptionalASN1(tag)) }

// element reads the next thing, with its tag and length.
func (r *reader) element() []byte {
	var one cryptobyte.String
	var tag der.Tag
	r.need(r.left.ReadAnyASN1Element(&one, &tag))
	return one
}

func (r *reader) id() (id asn1.ObjectIdentifier) {
	r.need(r.left.ReadASN1ObjectIdentifier(&id))
	return id
}

func (r *reader) number() (n int) {
	r.need(r.left.ReadASN1Integer(&n))
	return n
}

func (r *reader) big() *big.Int {
	n := new(big.Int)
	r.need(r.left.ReadASN1Integer(n))
	return n
}

// bytes reads what has a tag.
func (r *reader) bytes(tag der.Tag) (text []byte) {
	r.need(r.left.ReadASN1Bytes(&text, tag))
	return text
}

// end needs that nothing is left.
func (r *reader) end() { r.need(r.left.Empty()) }

// imprint reads the hash that a request or a stamp is over.
func (r *reader) imprint() []byte {
	both := r.in(der.SEQUENCE)
	function := both.in(der.SEQUENCE).id()
	hashed := both.bytes(der.OCTET_STRING)
	both.end()
	r.need(function.Equal(oidSHA256) && len(hashed) == 32)
	return hashed
}
