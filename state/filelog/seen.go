package filelog

import (
	"bytes"
	"context"
	"errors"
	"hash/maphash"
	"io"

	"muster/state"
)

// seen is which bytes of a log have been verified, so that they can be handed out without
// being verified once more: a sum of each piece of it, by a key that nobody else has. A nil
// one remembers nothing.
type seen struct {
	key    maphash.Seed
	pieces []seenPiece
}

type seenPiece struct {
	end int64 // bytes; where it ends in the file
	sum uint64
}

// remembering is what remembers of a log of size bytes what was verified. One that is short
// is as soon verified again.
func remembering(size int64) *seen {
	if size < 4*pieceSize {
		return nil
	}
	return newSeen()
}

func newSeen() *seen { return &seen{key: maphash.MakeSeed()} }

func (s *seen) sum(text []byte) uint64 {
	if s == nil {
		return 0
	}
	return maphash.Bytes(s.key, text)
}

func (s *seen) add(end int64, sum uint64) {
	if s != nil {
		s.pieces = append(s.pieces, seenPiece{end, sum})
	}
}

// end is up to where it goes.
func (s *seen) end() int64 {
	if s == nil || len(s.pieces) == 0 {
		return 0
	}
	return s.pieces[len(s.pieces)-1].end
}

// upTo is s if it ends there, and else nil.
func (s *seen) upTo(end int64) *seen {
	if s.end() != end {
		return nil
	}
	return s
}

// lines gives take the lines of a file, which must be the bytes that were seen. They are valid
// until it returns; nothing is read on after an error.
func (s *seen) lines(ctx context.Context, file io.ReaderAt, take func(line []byte) error) error {
	var piece []byte
	at, read := int64(0), uint64(0)
	for _, p := range s.pieces {
		if err := ctx.Err(); err != nil {
			return err
		}
		if size := int(p.end - at); cap(piece) < size {
			piece = make([]byte, size)
		}
		piece = piece[:p.end-at]
		if n, err := file.ReadAt(piece, at); n < len(piece) && !errors.Is(err, io.EOF) {
			return err
		} else if n < len(piece) || s.sum(piece) != p.sum {
			return &state.Damage{Line: int(read) + 1, Seq: read + 1, What: "it was changed, or one of those behind it was, while the log was open"}
		}
		at = p.end
		for rest := piece; len(rest) > 0; read++ {
			end := bytes.IndexByte(rest, '\n')
			if err := take(rest[:end]); err != nil {
				return err
			}
			rest = rest[end+1:]
		}
	}
	return nil
}
