package filelog

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"

	"muster/state"
)

// TestSeen: lines that were verified are handed out as they were then, and none of a piece
// that was changed since.
func TestSeen(t *testing.T) {
	var content bytes.Buffer
	for n := 0; content.Len() < 5*pieceSize; n++ {
		fmt.Fprintf(&content, "line %d of the log\n", n)
	}
	verified := newSeen()
	size := int64(content.Len())
	reading := func() reading { return func([]byte, *state.Entry) error { return nil } }
	nothing := func([]byte, *state.Entry, error, int64) error { return nil }
	if err := scanPieces(ctx, bytes.NewReader(content.Bytes()), 0, size, reading, verified, nothing); err != nil || verified.end() != size {
		t.Fatalf("%v, seen up to byte %d of %d", err, verified.end(), size)
	}
	read := func(from []byte) (lines []byte, err error) {
		err = verified.lines(context.Background(), bytes.NewReader(from), func(line []byte) error {
			lines = append(append(lines, line...), '\n')
			return nil
		})
		return lines, err
	}
	if lines, err := read(content.Bytes()); err != nil || !bytes.Equal(lines, content.Bytes()) {
		t.Errorf("%v, and %d bytes of %d", err, len(lines), size)
	}
	for _, at := range []int{5, 3*pieceSize + 7, int(size) - 2} {
		other := bytes.Clone(content.Bytes())
		other[at] ^= 1
		lines, err := read(other)
		if !errors.As(err, new(*state.Damage)) || len(lines) > at || !bytes.HasPrefix(content.Bytes(), lines) {
			t.Errorf("byte %d changed: %v, and %d bytes are handed out", at, err, len(lines))
		}
	}
	if _, err := read(content.Bytes()[:size-9]); !errors.As(err, new(*state.Damage)) {
		t.Errorf("cut off: %v", err)
	}
}
