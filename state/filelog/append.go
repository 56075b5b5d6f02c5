package filelog

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"muster/state"
)

// Append implements [state.Log], as the package comment says. Besides the errors
// named there it returns [ErrBusy], or ctx's error, if it could not get the lock:
// nothing was written and the log is as good as before. Once the line is being
// written, ctx changes nothing any more.
//
// A tail that another process left torn is mended here too. Append then returns
// [state.ErrConflict], so that Mended can be recorded first.
func (l *Log) Append(ctx context.Context, line state.Line) error {
	if err := l.take(ctx); err != nil {
		return err
	}
	defer l.give()
	if err := l.Writable(); err != nil {
		return err
	}
	file := l.file // only who has the turn changes it
	if err := l.store.lock(ctx, file); err != nil {
		return err
	}
	defer file.Unlock()
	if err := l.ready(ctx); err != nil {
		return err
	}
	next, _ := l.at()
	if line.Prev != next.Head.Hash || line.Seq != next.Head.Seq+1 {
		return fmt.Errorf("%w: it ends with entry %d", state.ErrConflict, next.Head.Seq)
	}
	if err := checkLine(&next, line); err != nil {
		return err
	}
	before, err := l.checkLast(file)
	if err != nil {
		return l.setBroken(changed(err))
	}
	whole := withNewline(line.Bytes)
	looks, err := l.write(file, before, whole)
	if err != nil {
		return l.setBroken(notSaved(err))
	}
	l.endsWith(whole, line.Hash)
	l.advance(file, next, line, looks)
	l.note(next.Head)
	return nil
}

// ready sees, under the lock, that the file is the one at its name and ends where
// this Log thinks.
func (l *Log) ready(ctx context.Context) error {
	same, err := l.isCurrent()
	if err != nil {
		return err
	}
	if err := l.Writable(); err != nil {
		return err
	}
	if !same {
		if err := l.change(ctx); err != nil {
			return err
		}
		return fmt.Errorf("%w: its file was replaced", state.ErrConflict)
	}
	info, err := l.file.Stat()
	if err != nil {
		return err
	}
	l.mu.Lock()
	end, seen := l.end, l.seen
	l.mu.Unlock()
	switch size := info.Size(); {
	case size < end:
		return l.setBroken(changed(l.cutOff(size)))
	case size > end:
		if err := l.tail(); err != nil {
			return err
		}
		return fmt.Errorf("%w: others have written to it", state.ErrConflict)
	case stampOf(info) != seen:
		return l.verifyAll(ctx, l.file)
	}
	return nil
}

// write makes line durable behind before, the one that was last, and says how the file
// looks then.
func (l *Log) write(file Handle, before, line []byte) (stamp, error) {
	if err := l.store.disk.write(file, line); err != nil {
		return stamp{}, err
	}
	if err := l.store.disk.syncData(file); err != nil {
		return stamp{}, err
	}
	looks, err := l.readBack(file, before, line)
	if err != nil {
		err = changed(err)
	}
	return looks, err
}

// advance moves the end behind a line that is durable now, unless Entries has
// read it meanwhile.
func (l *Log) advance(file Handle, next state.Chain, line state.Line, looks stamp) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == file && l.chain.Head.Seq < next.Head.Seq {
		l.chain, l.last = next, l.end
		l.end += int64(len(line.Bytes)) + 1
		l.seen = looks
	}
}

var errNewline = errors.New("the entry was not written: its line has a newline in it")

// checkLine sees that line follows and reads back as what it says it is: a line
// that a reader would refuse must never get into a log.
func checkLine(chain *state.Chain, line state.Line) error {
	if bytes.IndexByte(line.Bytes, '\n') >= 0 {
		return errNewline
	}
	e, err := state.Decode(line.Bytes)
	return linkLine(chain, &e, err, line)
}

// linkLine does so with what reading the line said.
func linkLine(chain *state.Chain, e *state.Entry, err error, line state.Line) error {
	if err := chain.Link(*e, err); err != nil {
		return fmt.Errorf("the entry was not written, since it could not be read back: %w", err)
	}
	if e.Hash != line.Hash || e.Seq != line.Seq || e.Kind != line.Kind {
		return errors.New("the entry was not written: its line is that of another entry")
	}
	return nil
}
