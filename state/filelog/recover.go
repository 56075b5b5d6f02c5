package filelog

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"muster/state"
)

// load verifies the log to its end, mends the end, and syncs what was read. see is
// given the entries, as [state.Loader] says; nil for no one.
func (l *Log) load(ctx context.Context, see func(e *state.Entry, more int)) error {
	info, err := l.file.Stat()
	if err != nil {
		return err
	}
	began := l.store.now()
	hint, how := l.hint.head, checking
	l.hint.lost = hint.Seq > 0
	if see != nil {
		how = decoding
		defer reserve(info.Size())()
	}
	verified := remembering(info.Size())
	err = scanSeen(ctx, l.file, info.Size(), how, verified, func(e *state.Entry, err error, behind int64) error {
		if err := l.chain.Link(*e, err); err != nil {
			return err
		}
		if l.chain.Head == hint {
			l.hint.lost = false
		}
		l.last, l.end = l.end, behind
		if see != nil {
			length := behind / int64(e.Seq) // of a line, on average so far
			see(e, int((info.Size()-behind)/length))
		}
		return nil
	})
	l.seen, l.verified = stampOf(info), verified.upTo(l.end)
	l.whole = checkup{of: l.seen, fresh: began.Sub(info.ModTime()).Abs() < tick, ended: l.store.now(), took: l.store.now().Sub(began)}
	var damage *state.Damage
	switch {
	case err != nil && !errors.As(err, &damage):
		return err
	case info.Size() == 0:
		l.broken = errEmpty()
		return nil
	case l.end < info.Size():
		// A tail that somebody is busy with is left to the next Append.
		if err := l.settle(ctx, true); err != nil && l.broken == nil && !errors.Is(err, ErrBusy) {
			return err
		}
	}
	l.opened()
	return nil
}

// opened ends the loading of a log that can be read.
func (l *Log) opened() {
	if l.end == 0 && (l.broken == nil || errors.Is(l.broken, state.ErrReadOnly)) {
		l.broken = errEmpty() // it was emptied while it was read
	}
	if l.broken == nil {
		if err := l.syncAll(); err != nil {
			l.broken = notSaved(err)
		}
	}
}

// syncAll makes durable what was read, and that it is found at its name: whoever
// wrote it may have been killed before it came to that.
func (l *Log) syncAll() error {
	if err := l.store.disk.syncData(l.file); err != nil {
		return err
	}
	if err := l.store.disk.syncDir(l.dir); err != nil {
		return err
	}
	return l.store.disk.syncDir(filepath.Dir(l.dir))
}

// settle decides what the bytes behind the last good line are, and mends a torn
// tail. If somebody has the lock, they may be just writing it: then it is left,
// unless wait says to wait.
func (l *Log) settle(ctx context.Context, wait bool) error {
	if err := l.take(ctx); err != nil {
		return err
	}
	defer l.give()
	switch err := l.Writable(); {
	case errors.Is(err, state.ErrReadOnly):
		return l.tail()
	case err != nil:
		return err
	}
	file := l.file
	if wait {
		if err := l.store.lock(ctx, file); err != nil {
			return err
		}
	} else if got, err := file.TryLock(); !got {
		return err
	}
	defer file.Unlock()
	return l.tail()
}

// tail looks at the bytes behind the last good line. The caller has the turn,
// and the lock unless the log is read-only.
func (l *Log) tail() error {
	chain, end := l.at()
	rest, err := l.rest(end)
	if err != nil || len(rest) == 0 {
		return err
	}
	next := chain
	line, _, ended := bytes.Cut(rest, []byte("\n"))
	if _, err := next.Next(line); err == nil && ended {
		return nil // a good line, for Entries to read
	}
	if damage := judge(chain, rest, end); damage != nil {
		return l.setBroken(l.since(damage))
	}
	if l.Writable() != nil {
		return nil // perhaps being written at this moment
	}
	if err := l.mend(rest, end); err != nil {
		return l.setBroken(notSaved(fmt.Errorf("the torn end of the log could not be mended: %w", err)))
	}
	return nil
}

// since is damage, which was found behind the last good line, as a change if the log
// was open and whole before.
func (l *Log) since(damage *state.Damage) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.loading {
		return damage
	}
	return changed(damage)
}

// rest reads what is behind end by now.
func (l *Log) rest(end int64) ([]byte, error) {
	info, err := l.file.Stat()
	if err != nil || info.Size() <= end {
		return nil, err
	}
	return readRest(l.file, end, info.Size())
}

// judge says whether rest, which stands at an offset behind the last good line
// and does not begin with another, is damage; nil if it is a torn write, as the
// package comment tells one from the other.
func judge(chain state.Chain, rest []byte, at int64) *state.Damage {
	line, after, ended := bytes.Cut(rest, []byte("\n"))
	damage := &state.Damage{Line: int(chain.Head.Seq) + 1, Seq: chain.Head.Seq + 1}
	_, err := chain.Next(line)
	errors.As(err, &damage)
	switch {
	case at == 0 && !ended:
		damage.What = "it breaks off: its incident was never recorded as opened"
		return damage
	case at == 0, len(rest) > state.MaxRunbookLine+1, hasGood(rest):
		return damage
	case err == nil: // whole, but for its newline
		return nil
	case isGood(line), hasGood(after), ended && !lostSector(rest, at):
		return damage
	case !ended && !lostSector(rest, at) && len(line) > 0 && isGood(line[:len(line)-1]):
		damage.What = "another byte stands where its newline was"
		return damage
	}
	return nil
}

func isGood(line []byte) bool {
	_, err := state.Decode(line)
	return err == nil
}

// hasGood reports whether one of the lines that newlines end is a good one.
func hasGood(lines []byte) bool {
	for {
		line, rest, ended := bytes.Cut(lines, []byte("\n"))
		if !ended {
			return false
		}
		if isGood(line) {
			return true
		}
		lines = rest
	}
}

// sector is the smallest unit, in bytes, that a disk writes whole or not at all.
const sector = 512

// lostSector reports whether a whole sector's part of rest is zeros. No line has a
// zero byte, so that sector was never written. (A single zero byte is no lost
// sector: it may be damage.)
func lostSector(rest []byte, at int64) bool {
	for from := int64(0); from < int64(len(rest)); {
		to := min(from+sector-(at+from)%sector, int64(len(rest)))
		if len(bytes.Trim(rest[from:to], "\x00")) == 0 {
			return true
		}
		from = to
	}
	return false
}

// mend keeps the torn bytes in a file of their own and cuts them off at end.
func (l *Log) mend(rest []byte, end int64) error {
	name, err := l.keep(rest, end)
	if err != nil {
		return err
	}
	if err := l.store.disk.truncate(l.file, end); err != nil {
		return err
	}
	if err := l.store.disk.sync(l.file); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.seen = stamp{} // what the file looks like now is looked at before the next write
	l.mended = &state.Recovered{What: "torn tail", Bytes: int64(len(rest)), SHA256: state.Sum(rest), Kept: name}
	return nil
}

// keep writes bytes of the log's end into a file beside it, durably. Its name
// says from where they are and what they are, so that doing it twice does no harm.
func (l *Log) keep(rest []byte, at int64) (name string, err error) {
	name = fmt.Sprintf("torn-%d-%.8s", at, state.Sum(rest))
	file, err := l.store.disk.create(filepath.Join(l.dir, name), os.O_TRUNC)
	if err != nil {
		return "", err
	}
	defer file.Close()
	err = l.store.disk.write(file, rest)
	if err == nil {
		err = l.store.disk.sync(file)
	}
	if err != nil {
		_ = l.store.disk.Remove(file.Name()) // the log still has those bytes
		return "", err
	}
	return name, l.store.disk.syncDir(l.dir)
}
