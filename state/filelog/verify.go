package filelog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"muster/state"
	"muster/state/guard"
)

// verify reads a log of size bytes to its end. It changes nothing and takes no lock. see
// is given each good entry in order, as [state.Check] reads it; nil for no one.
//
// It returns the chain as of what is good; how many bytes stand behind it that look
// like a write that was never acknowledged, 0 in a whole log; and a *[state.Damage],
// or what reading failed with.
func verify(ctx context.Context, file io.ReaderAt, size int64, see func(state.Entry)) (chain state.Chain, torn int64, err error) {
	chain = state.Format().Chain()
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
		return chain, 0, err
	case size == 0:
		return chain, 0, errEmpty()
	case end == size:
		return chain, 0, nil
	}
	rest, err := readRest(file, end, size)
	if err != nil {
		return chain, 0, err
	}
	if damage := judge(chain, rest, end); damage != nil {
		return chain, 0, damage
	}
	return chain, size - end, nil
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

// Entries reads the good entries of the log file at path in full, in order. The error is
// what reading failed with; a damaged line ends the entries with none.
func Entries(ctx context.Context, path string) iter.Seq2[state.Entry, error] {
	return func(yield func(state.Entry, error) bool) {
		file, err := guard.OpenItself(path)
		if err != nil {
			yield(state.Entry{}, err)
			return
		}
		defer file.Close()
		info, err := file.Stat()
		if err == nil {
			err = eachEntry(ctx, file, info.Size(), yield)
		}
		if err != nil {
			yield(state.Entry{}, err)
		}
	}
}

// errStop ends reading early.
var errStop = errors.New("nobody reads on")

func eachEntry(ctx context.Context, file io.ReaderAt, size int64, yield func(state.Entry, error) bool) error {
	chain := state.Format().Chain()
	err := scan(ctx, file, 0, size, decoding, func(e *state.Entry, err error, _ int64) error {
		if err := chain.Link(*e, err); err != nil {
			return err
		}
		if !yield(e.Kept(), nil) {
			return errStop
		}
		return nil
	})
	if errors.Is(err, errStop) || errors.As(err, new(*state.Damage)) {
		return nil
	}
	return err
}

// A Report is what reading a log to its end showed.
type Report struct {
	Path string     // of the file
	Head state.Head // of what is good
	Torn int64      // bytes behind it that look like a write that was never acknowledged
	// Unended: the file's last line is whole and linked, but no newline ends it. It counts.
	Unended bool
	Damage  *state.Damage // what stands behind it; nil if all is good
	// Once is the head that was noted outside the log, and which the log does not have:
	// entries are missing. Zero if nothing is known to be.
	Once state.Head
}

// Verify reads an incident's log to its end, and holds it against what was noted of it
// elsewhere. It changes nothing and takes no lock. see is given each good entry in order,
// as [state.Check] reads it; nil for no one.
func (s *Store) Verify(ctx context.Context, id string, see func(state.Entry)) (Report, error) {
	noted := s.readHint(id).head // before the log, which can only have grown since
	kept := noted.Seq == 0
	path := s.path(id)
	file, err := guard.OpenItself(path)
	if err != nil {
		return Report{Path: path}, fmt.Errorf("the log cannot be read: %w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return Report{Path: path}, err
	}
	report, _, err := verifyFile(ctx, file, info.Size(), func(e state.Entry) {
		kept = kept || noted == state.Head{Seq: e.Seq, Hash: e.Hash}
		if see != nil {
			see(e)
		}
	})
	if !kept && report.Damage == nil {
		report.Once = noted
	}
	return report, err
}

// verifyFile is what [verify] says of a file, as a report.
func verifyFile(ctx context.Context, file *os.File, size int64, see func(state.Entry)) (r Report, chain state.Chain, err error) {
	r.Path = file.Name()
	chain, r.Torn, err = verify(ctx, file, size, see)
	r.Head = chain.Head
	if errors.As(err, &r.Damage) {
		err = nil
	}
	return r, chain, err
}

// lastLine counts a last line that lacks only its newline, in a file of which nobody knows
// what of it was acknowledged: an editor or a carrier may have lost the newline.
func (r *Report) lastLine(chain state.Chain, file io.ReaderAt, size int64, see func(state.Entry)) error {
	if r.Torn == 0 {
		return nil
	}
	text, err := readRest(file, size-r.Torn, size)
	if err != nil {
		return err
	}
	e, err := chain.Next(text)
	if err != nil {
		return nil // it is torn
	}
	r.Head, r.Torn, r.Unended = chain.Head, 0, true
	if see != nil {
		see(e)
	}
	return nil
}
