package tsp

import (
	"encoding/asn1"
	"errors"
	"math/big"

	"golang.org/x/crypto/cryptobyte"
	der "golang.org/x/crypto/cryptobyte/asn1"
)

// The types of HTTP bodies (RFC 3161, 3.4).
const (
	QueryType = "application/timestamp-query"
	ReplyType = "application/timestamp-reply"
)

// MaxAnswer bounds an answer, in bytes. Usual ones have 1 to 8 KB.
const MaxAnswer = 64 << 10

// MaxRequest bounds a request that is read, in bytes.
const MaxRequest = 4 << 10

var oidSHA256 = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}

// A Request asks for a stamp over a hash.
type Request struct {
	Hash  []byte   // SHA-256
	Nonce *big.Int // which the answer repeats; nil for none
}

// DER is the request as it is sent. It asks for the authority's certificates too.
func (r Request) DER() ([]byte, error) {
	if len(r.Hash) != 32 {
		return nil, errors.New("the hash of a request is one of SHA-256")
	}
	var b cryptobyte.Builder
	b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Int64(1)
		b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(der.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1ObjectIdentifier(oidSHA256)
				b.AddASN1NULL()
			})
			b.AddASN1OctetString(r.Hash)
		})
		if r.Nonce != nil {
			b.AddASN1BigInt(r.Nonce)
		}
		b.AddASN1Boolean(true)
	})
	return b.Bytes()
}

var errNoRequest = errors.New("it is no time-stamp request over a SHA-256 hash")

// ParseRequest reads a request, ours or another program's.
func ParseRequest(text []byte) (Request, error) {
	if len(text) > MaxRequest {
		return Request{}, errNoRequest
	}
	whole := readerOf(text)
	body := whole.in(der.SEQUENCE)
	whole.end()
	version := body.number()
	r := Request{Hash: body.imprint()}
	body.skip(der.OBJECT_IDENTIFIER)
	if body.has(der.INTEGER) {
		r.Nonce = body.big()
	}
	if *whole.bad || version != 1 {
		return Request{}, errNoRequest
	}
	return r, nil
}
