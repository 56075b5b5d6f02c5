package filelog

import (
	"context"
	"errors"
	"io"

	"muster/state"
)

// Verify reads a log of size bytes, wherever it lies, to its end: an export, say.
// It changes nothing and takes no lock. see is given each good entry in order, as
// [state.Check] reads it; nil for no one.
//
// It returns the head of what is good; how many bytes stand behind it that look
// like a write that was never acknowledged, 0 in a whole log; and a *[state.Damage],
// or what reading failed with.
func Verify(ctx context.Context, file io.ReaderAt, size int64, see func(state.Entry)) (head state.Head, torn int64, err error) {
	chain := state.Format().Chain()
	end := int64(0)
	err = scan(ctx, file, 0, size, checking, func(e *state.Entry, err error, behind int64) error {
		if err := chain.Link(*e, err); err != nil {
			return err
		}
		end = behind
		if see != nil {
			see(*e)
		}
		return nil
	})
	var damage *state.Damage
	switch {
	case err != nil && !errors.As(err, &damage):
		return chain.Head, 0, err
	case size == 0:
		return chain.Head, 0, errEmpty()
	case end == size:
		return chain.Head, 0, nil
	}
	rest, err := readRest(file, end, size)
	if err != nil {
		return chain.Head, 0, err
	}
	if damage := judge(chain, rest, end); damage != nil {
		return chain.Head, 0, damage
	}
	return chain.Head, size - end, nil
}

func errEmpty() *state.Damage {
	return &state.Damage{Line: 1, Seq: 1, What: "the log is empty, without even the entry that opens its incident"}
}

// readRest reads what is behind end, as far as it can matter.
func readRest(file io.ReaderAt, end, size int64) ([]byte, error) {
	rest := make([]byte, min(size-end, state.MaxRunbookLine+2))
	n, err := file.ReadAt(rest, end)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return rest[:n], err
}
