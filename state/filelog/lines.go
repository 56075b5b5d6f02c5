package filelog

import (
	"context"
	"errors"
	"iter"

	"muster/state"
)

var _ state.Liner = (*Log)(nil)

// Lines implements [state.Liner]. It reads the file anew from its first line, and
// verifies each before it is handed out.
func (l *Log) Lines(ctx context.Context, after uint64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		err := l.lines(ctx, after, func(line []byte) bool { return yield(line, nil) })
		if err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
		}
	}
}

func (l *Log) lines(ctx context.Context, after uint64, yield func([]byte) bool) error {
	r, err := l.reader(ctx, 0)
	if err != nil {
		return err
	}
	if after == 0 && r.known.end > 0 && sawAll(l, r) {
		err := l.verified.lines(ctx, r.file, func(line []byte) error {
			if !yield(line) {
				return errEnough
			}
			return nil
		})
		if err != nil {
			return err
		}
		return r.damage
	}
	r.chain, r.at = state.Format().Chain(), 0
	err = scanTexts(ctx, r.file, 0, r.known.end, checking, func(line []byte, e *state.Entry, err error, behind int64) error {
		if err := r.next(e, err, behind); err != nil {
			return err
		}
		if e.Seq > after && !yield(line) {
			return errEnough
		}
		return nil
	})
	if err != nil {
		return err
	}
	return r.damage
}

// sawAll reports whether all that a reader has to read was verified, and which bytes that
// were is remembered.
func sawAll(l *Log, r *reader) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.file == r.file && l.verified.end() == r.known.end
}
