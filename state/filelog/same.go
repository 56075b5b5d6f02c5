package filelog

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"muster/state"
)

// This file sees that the log's file is still what was read from it. Whoever changes
// it without the lock can do so at any moment, so that there are three looks, each for
// what the one before cannot see:
//
//   - before each write, under the lock: the file is the one at its name, has the size
//     and times it was left with, and ends with the very line that the next one names;
//   - after each write, before it is acknowledged: that line and the new one stand
//     there, and nothing behind them;
//   - from time to time, and whenever a time is not the one it was left with: all of it.

// A stamp is how a file looks from outside.
type stamp struct {
	size    int64 // in bytes
	written int64 // when its content was changed, in nanoseconds since 1970
	changed int64 // when anything of it was changed, likewise; 0 where that is not told
}

func stampOf(info os.FileInfo) stamp {
	return stamp{info.Size(), info.ModTime().UnixNano(), changeTime(info)}
}

// A checkup is what is known of the last time that the whole file was verified.
type checkup struct {
	of    stamp // how the file looked when that began
	fresh bool  // so soon after the last change that a next one can bear the same time
	ended time.Time
	took  time.Duration
}

const (
	// tick is within what time two changes of a file may bear the same time, on any
	// file system that logs are kept on, and well over.
	tick = 2 * time.Second
	// anyway is after what time the whole file is verified though it looks the same.
	anyway = time.Minute
	// share is what part of the time may be spent on verifying: one in so many.
	share = 6
)

// due reports whether the file, which looks like this now, is to be verified as a whole.
func (c *checkup) due(now stamp, at time.Time) bool {
	since := at.Sub(c.ended)
	if since < (share-1)*c.took {
		return false
	}
	return now != c.of || c.fresh || since >= anyway
}

// A changedError says that the log's file is not any more what was read from it. It is
// both [state.ErrChanged] and [state.ErrNotSaved], and often a *[state.Damage].
type changedError struct{ why error }

func (e *changedError) Error() string {
	if errors.Is(e.why, state.ErrUnreachable) {
		return e.why.Error()
	}
	return "the log's file was changed by something else while it was open: " + e.why.Error()
}

func (e *changedError) Unwrap() error { return e.why }

func (e *changedError) Is(target error) bool {
	return target == state.ErrChanged || target == state.ErrNotSaved
}

// changed says of what was found in an open log that it was not so before. A line of a
// newer version is no such change.
func changed(why error) error {
	var damage *state.Damage
	if errors.Is(why, state.ErrChanged) || errors.As(why, &damage) && damage.Newer {
		return why
	}
	return &changedError{why}
}

// unseen says why there is nothing at the log's name: it is not there, or nobody may look.
func unseen(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("it is not in its place any more: %w", err)
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err // the reason comes first where there is little room
	}
	return fmt.Errorf("%w: %w", state.ErrUnreachable, err)
}

// checkLast sees that the file ends with the last entry's line, and returns that line
// with its newline. It is valid until the next call. The caller has the turn and the
// lock.
func (l *Log) checkLast(file Handle) ([]byte, error) {
	l.mu.Lock()
	head, from, end := l.chain.Head, l.last, l.end
	l.mu.Unlock()
	line, more, err := l.preadEnd(file, from, end)
	if err != nil {
		return nil, err
	}
	if more {
		return nil, &state.Damage{Line: int(head.Seq) + 1, Seq: head.Seq + 1, What: "something else was written behind the last entry"}
	}
	if l.of == head.Hash && bytes.Equal(line, l.ended) {
		return l.ended, nil
	}
	text, ended := bytes.CutSuffix(line, []byte("\n"))
	e, err := state.Check(text)
	if err != nil || !ended || e.Hash != head.Hash || e.Seq != head.Seq {
		return nil, &state.Damage{Line: int(head.Seq), Seq: head.Seq, What: "another line stands where it was"}
	}
	l.endsWith(line, head.Hash)
	return l.ended, nil
}

// endsWith remembers a line of an entry that was verified. The caller has the turn.
func (l *Log) endsWith(line []byte, of state.Hash) {
	l.ended, l.of = append(l.ended[:0], line...), of
}

// pread reads a stretch of the file. What it returns is valid until the next call.
func (l *Log) pread(file Handle, from, to int64) ([]byte, error) {
	data, _, err := l.preadEnd(file, from, to)
	return data, err
}

// preadEnd is pread, and reports whether there is more behind it. Both are seen by one
// call, so that nothing can come in between.
func (l *Log) preadEnd(file Handle, from, to int64) (data []byte, more bool, err error) {
	size := int(to - from)
	if cap(l.buffer) < size+1 {
		l.buffer = make([]byte, size+1+size/2)
	}
	n, err := file.ReadAt(l.buffer[:size+1], from)
	if n < size {
		return nil, false, fmt.Errorf("it cannot be read back: %w", err)
	}
	return l.buffer[:size], n > size, nil
}

// readBack sees that what was written stands behind the line that was last, and that
// nothing is behind it. before is that line.
func (l *Log) readBack(file Handle, before, line []byte) (stamp, error) {
	_, end := l.at()
	info, err := file.Stat()
	if err != nil {
		return stamp{}, err
	}
	to := end + int64(len(line))
	if info.Size() != to {
		return stamp{}, fmt.Errorf("it should have %d bytes after the write, and has %d", to, info.Size())
	}
	now, err := l.pread(file, end-int64(len(before)), to)
	if err == nil && (!bytes.Equal(now[:len(before)], before) || !bytes.Equal(now[len(before):], line)) {
		err = errors.New("what stands at its end is not what was written")
	}
	return stampOf(info), err
}

// Recheck implements [state.Rechecker]. A log of a few thousand entries is verified some
// times after each change and once a minute; a long one less often, so that this takes
// a sixth of the time at most.
func (l *Log) Recheck(ctx context.Context) error {
	l.mu.Lock()
	if l.closed || l.stopped() && !wasDamaged(l.broken) {
		defer l.mu.Unlock()
		return nil
	}
	file := l.file
	info, err := file.Stat()
	isDue := err == nil && l.whole.due(stampOf(info), l.store.now())
	l.mu.Unlock()
	if err != nil || !isDue {
		return err
	}
	return l.verifyAll(ctx, file)
}

// verifyAll verifies the file from its first line up to the last one that is known. It
// needs no lock: nothing of that is ever changed in this file.
func (l *Log) verifyAll(ctx context.Context, file Handle) error {
	info, err := file.Stat()
	if err != nil {
		return err
	}
	l.mu.Lock()
	r := &reader{file: file, chain: state.Format().Chain(), to: l.end, known: mark{l.chain.Head, l.end}}
	l.mu.Unlock()
	looks, began := stampOf(info), l.store.now()
	err = scan(ctx, file, 0, r.to, checking, r.next)
	if err == nil && r.at < r.to {
		err = &state.Damage{Line: int(r.chain.Head.Seq) + 1, Seq: r.chain.Head.Seq + 1, What: "it breaks off"}
	}
	var damage *state.Damage
	switch {
	case errors.As(err, &damage):
		return l.setBroken(changed(damage))
	case errors.Is(err, os.ErrClosed):
		return nil // the log has gone over to another file, and that one was verified
	case err != nil:
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file != file {
		return nil
	}
	now := l.store.now()
	l.whole = checkup{of: looks, fresh: began.Sub(info.ModTime()).Abs() < tick, ended: now, took: now.Sub(began)}
	if looks.size == l.end {
		l.seen = looks
	}
	return nil
}
