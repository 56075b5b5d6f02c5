package response

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/big"

	"muster/state"
	"muster/state/clean"
	"muster/state/tsp"
)

// A Stamper asks time-stamping authorities. Of a drill's incident nothing may leave.
type Stamper interface {
	Stamp(ctx context.Context, inc *state.Incident, authority string, request []byte) ([]byte, error)
}

// StampRequest is the request for a stamp over the incident's head, with a nonce from
// random. It says nothing of the incident but that hash.
func StampRequest(inc *state.Incident, random io.Reader) (tsp.Request, error) {
	nonce := make([]byte, 8)
	if _, err := io.ReadFull(random, nonce); err != nil {
		return tsp.Request{}, err
	}
	nonce[0] |= 0x40 // else its encoding would have another length now and then
	nonce[0] &= 0x7f
	return tsp.Request{Hash: inc.Head.Hash[:], Nonce: new(big.Int).SetBytes(nonce)}, nil
}

// ErrOtherStamp says that an answer is not to what was asked.
var ErrOtherStamp = errors.New("the answer is not to this request: it has another hash or another number in it")

// ReadStamp reads an authority's answer: the command that will record it lacks only the
// file. Asked is the request that it answers; nil if that is not known. The error is
// [ErrOtherStamp], a *[tsp.RefusedError], a *[state.Refusal], or says that it is no answer.
func ReadStamp(inc *state.Incident, answer []byte, asked *tsp.Request) (state.RecordStamp, *tsp.Stamp, error) {
	stamp, err := tsp.Parse(answer)
	if err != nil {
		return state.RecordStamp{}, nil, err
	}
	if asked != nil && !stamp.Answers(*asked) {
		return state.RecordStamp{}, nil, ErrOtherStamp
	}
	record := state.RecordStamp{Head: state.Hash(stamp.Hash), Time: stamp.Time, Authority: clean.Line(clean.Bounded(stamp.Authority, state.MaxTitle-8))}
	if _, ok := HeadOf(inc, record.Head); !ok {
		return record, nil, &state.Refusal{Reason: state.NotFound, Text: fmt.Sprintf("The stamp is over %s, which is no head of this log.", record.Head.Code()),
			Hint: "It is of another incident, or entries were cut off or changed since: verify the log with that head."}
	}
	return record, stamp, nil
}

// HeadOf is the head whose hash is given; false if the log never had it.
func HeadOf(inc *state.Incident, hash state.Hash) (state.Head, bool) {
	for i := len(inc.Log) - 1; i >= 0; i-- {
		if e := &inc.Log[i]; e.Hash == hash {
			return state.Head{Seq: e.Seq, Hash: e.Hash}, true
		}
	}
	return state.Head{}, false
}
