package filelog

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"sync"

	"muster/state"
)

// A Log is one incident's log file, open. It is a [state.Log] and a
// [state.Rescuer].
type Log struct {
	store     *Store
	id        string
	dir       string // the incident's folder
	name      string // the log's name there
	elsewhere string // the folder it was rescued from, for evidence; may be ""

	// names are the files of the evidence that are called otherwise than by their hash, as
	// in a bundle; nil for a log of a store, which has none.
	names func() map[state.Hash]string

	// turn holds one token. Who has it may write, mend, follow, rescue or close;
	// it is given back only when that is over. Unlike mu it is held through
	// system calls that may hang.
	turn   chan struct{}
	buffer []byte     // for who has the turn
	ended  []byte     // likewise; a line that was last, with its newline
	of     state.Hash // the entry that ended is of

	mu    sync.Mutex // guards what follows
	file  Handle
	info  os.FileInfo // of file: tells it from another at its name
	end   int64       // bytes; behind the last good line
	last  int64       // bytes; where the last good line begins
	seen  stamp       // of file, when it ended at end
	whole checkup     // of file, from its first byte to end
	// verified is which bytes were, when it was opened; nil if that was not remembered.
	verified *seen
	chain    state.Chain // after the last good line
	broken   error       // why it takes no entries; nil if it does
	beside   os.FileInfo // what was at its name when it was found changed; nil for nothing
	watch    bool        // it was opened to be read only
	loading  bool        // it is just being opened
	mended   *state.Recovered
	closed   bool
	hint     hint
}

var (
	_ state.Log     = (*Log)(nil)
	_ state.Rescuer = (*Log)(nil)
)

var errClosed = errors.New("the log has been closed")

func (s *Store) newLog(id, dir string, file Handle) (*Log, error) {
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s is not a plain file", file.Name())
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return &Log{store: s, id: id, dir: dir, name: logName, turn: make(chan struct{}, 1), file: file, info: info, chain: state.Format().Chain()}, nil
}

func (l *Log) path() string { return filepath.Join(l.dir, l.name) }

// take waits for the turn.
func (l *Log) take(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case l.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (l *Log) give() { <-l.turn }

// at is the place behind the last good line.
func (l *Log) at() (state.Chain, int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.chain, l.end
}

// Head implements [state.Log].
func (l *Log) Head() state.Head {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.chain.Head
}

// Writable implements [state.Log].
func (l *Log) Writable() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return errClosed
	}
	return l.broken
}

// Mended implements [state.Log]. It becomes another value whenever a tail that
// another process left torn is mended while the log is open, in Entries or Append.
func (l *Log) Mended() *state.Recovered {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.mended
}

// Changed implements [state.Log]: one lstat. A change that leaves the size as it is, is
// found by Recheck.
func (l *Log) Changed(ctx context.Context) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	info, err := l.store.disk.Lstat(l.path())
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.closed:
		return false, errClosed
	case errors.Is(l.broken, state.ErrChanged):
		return !l.store.disk.looksLike(info, l.beside), nil // perhaps it has been put right
	case err != nil:
		return !l.stopped() || wasDamaged(l.broken), nil // Entries says what is wrong
	case !l.store.disk.Same(info, l.info):
		return true, nil
	case l.stopped():
		return false, nil
	}
	return info.Size() != l.end, nil
}

// stopped reports whether nothing behind end is looked at any more.
func (l *Log) stopped() bool {
	var damage *state.Damage
	return errors.Is(l.broken, state.ErrNotSaved) || errors.As(l.broken, &damage)
}

// wasDamaged reports whether a log is one that was damaged when it was opened. What is good
// of it, before the damage, must stay as it was as in any other.
func wasDamaged(broken error) bool {
	var damage *state.Damage
	return errors.As(broken, &damage) && !errors.Is(broken, state.ErrNotSaved)
}

// setBroken records why the log takes no entries from now on, unless it is so
// already, and returns it.
func (l *Log) setBroken(err error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.broken == nil || errors.Is(l.broken, state.ErrReadOnly) || wasDamaged(l.broken) && errors.Is(err, state.ErrChanged) {
		l.broken = err
		if errors.Is(err, state.ErrChanged) {
			l.beside, _ = l.store.disk.Lstat(l.path())
		}
	}
	return err
}

// looksLike reports whether a file, as os.Lstat tells of it, is another one unchanged.
func (d *disk) looksLike(one, other os.FileInfo) bool {
	if one == nil || other == nil {
		return one == nil && other == nil
	}
	return d.Same(one, other) && stampOf(one) == stampOf(other)
}

// Close implements [state.Log]. It does not wait for an append that is going on,
// which may hang on a dying disk: that one goes on, and says how it ended.
func (l *Log) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil
	}
	l.closed = true
	l.hint.close()
	select {
	case l.turn <- struct{}{}:
		defer l.give()
		return l.file.Close()
	default:
		return nil // os.File closes itself once nobody has it any more
	}
}

// Entries implements [state.Log]. Read on from the head, it reads only what is
// new. It verifies all it reads, and that it is still the log it was.
func (l *Log) Entries(ctx context.Context, after uint64) iter.Seq2[state.Entry, error] {
	return func(yield func(state.Entry, error) bool) {
		err := l.entries(ctx, after, func(e state.Entry) bool { return yield(e, nil) })
		if err != nil && !errors.Is(err, errEnough) {
			yield(state.Entry{}, err)
		}
	}
}

var errEnough = errors.New("no more is wanted")

func (l *Log) entries(ctx context.Context, after uint64, yield func(state.Entry) bool) error {
	r, err := l.reader(ctx, after)
	if err != nil {
		return err
	}
	err = scan(ctx, r.file, r.at, r.to, decoding, func(e *state.Entry, err error, behind int64) error {
		if err := r.next(e, err, behind); err != nil {
			return err
		}
		if e.Seq > after && !yield(e.Kept()) {
			return errEnough
		}
		return nil
	})
	var damage *state.Damage
	isDamage := errors.As(err, &damage)
	if err == nil || isDamage {
		l.adopt(r) // else the caller may have to read the same again
	}
	switch {
	case isDamage && r.at < r.known.end:
		return l.setBroken(changed(err)) // what was good before is not any more
	case isDamage, err == nil && r.at < r.to:
		return l.settle(ctx, false)
	case err == nil:
		return r.damage
	}
	return err
}

// A mark is a place in the file: the head there, and the bytes up to it.
type mark struct {
	head state.Head
	end  int64
}

// A reader reads a stretch of the file while the Log may move on.
type reader struct {
	file   Handle
	chain  state.Chain
	at, to int64 // bytes
	last   int64 // bytes; where the line before at begins
	looks  stamp // of the file when reading began
	known  mark  // the Log's end when reading began
	damage error // what stands at the end; nil for nothing
}

// next takes the next line. At the mark it must find the head that was there.
func (r *reader) next(e *state.Entry, err error, behind int64) error {
	if err := r.chain.Link(*e, err); err != nil {
		return err
	}
	if r.at < r.known.end && behind >= r.known.end && (mark{r.chain.Head, behind}) != r.known {
		return &state.Damage{Line: int(e.Seq), Seq: e.Seq, What: "it was changed, with all that depends on it, while the log was open"}
	}
	r.last, r.at = r.at, behind
	return nil
}

// reader prepares to read what is behind entry after. What others wrote is synced
// first: nothing is shown that a power cut could take back.
func (l *Log) reader(ctx context.Context, after uint64) (*reader, error) {
	if err := l.follow(ctx); err != nil {
		return nil, err
	}
	r, fresh, err := l.place(after)
	if err != nil || !fresh {
		return r, err
	}
	// The kernel tells a failed fsync once. With the turn, no append gets to
	// believe in its own because this one was told.
	if err := l.take(ctx); err != nil {
		return nil, err
	}
	defer l.give()
	if r, fresh, err = l.place(after); err != nil || !fresh {
		return r, err
	}
	if err := l.store.disk.syncData(r.file); err != nil {
		return nil, l.setBroken(notSaved(err))
	}
	return r, nil
}

// place says from where to read, and whether there is something that this
// process has to sync.
func (l *Log) place(after uint64) (r *reader, fresh bool, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil, false, errClosed
	}
	info, err := l.file.Stat()
	if err != nil {
		return nil, false, err
	}
	if info.Size() < l.end && !l.stopped() {
		l.broken = changed(l.cutOff(info.Size()))
		l.beside, _ = l.store.disk.Lstat(l.path())
	}
	r = &reader{file: l.file, chain: state.Format().Chain(), to: info.Size(), looks: stampOf(info), known: mark{l.chain.Head, l.end}}
	if l.stopped() {
		r.to = l.end
		if !errors.Is(l.broken, state.ErrNotSaved) || errors.Is(l.broken, state.ErrChanged) {
			r.damage = l.broken
		}
	}
	if after >= l.chain.Head.Seq {
		r.chain, r.at = l.chain, l.end
	}
	return r, l.broken == nil && r.to > l.end, nil
}

func (l *Log) cutOff(size int64) *state.Damage {
	return &state.Damage{
		Line: int(l.chain.Head.Seq), Seq: l.chain.Head.Seq,
		What: fmt.Sprintf("the log had %d bytes up to here and was cut to %d while it was open", l.end, size),
	}
}

// adopt moves the log's end to where r has read.
func (l *Log) adopt(r *reader) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == r.file && r.at > l.end {
		l.last, l.end, l.chain = r.last, r.at, r.chain
		l.seen = r.looks
	}
}

// follow opens the file that is at the log's name by now, if that is another one:
// some other process has rescued the log, or put right what was changed.
func (l *Log) follow(ctx context.Context) error {
	same, err := l.isCurrent()
	if err != nil || same && !l.putRight() {
		return err
	}
	if err := l.take(ctx); err != nil {
		return err
	}
	defer l.give()
	return l.change(ctx)
}

// putRight reports whether there is another file at the log's name, or the same in
// another state, than when the log was found changed.
func (l *Log) putRight() bool {
	info, _ := l.store.disk.Lstat(l.path())
	l.mu.Lock()
	defer l.mu.Unlock()
	return errors.Is(l.broken, state.ErrChanged) && info != nil && !l.store.disk.looksLike(info, l.beside)
}

// isCurrent reports whether the open file is the one at its name. If there is
// none, it still is, and can be read; but an entry would be lost in it.
func (l *Log) isCurrent() (bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return false, errClosed
	}
	info, err := l.store.disk.Lstat(l.path())
	if err != nil && (l.broken == nil || errors.Is(l.broken, state.ErrReadOnly) || wasDamaged(l.broken)) {
		l.broken, l.beside = changed(unseen(err)), nil
	}
	return err != nil || l.store.disk.Same(info, l.info), nil
}

// change goes over to the file at the log's name, which must have all that this
// Log knows of. The caller has the turn.
func (l *Log) change(ctx context.Context) error {
	if same, err := l.isCurrent(); err != nil || same && !l.putRight() {
		return err
	}
	beside, _ := l.store.disk.Lstat(l.path())
	fresh, err := l.successor(ctx)
	switch {
	case errors.Is(err, state.ErrChanged):
		_ = l.setBroken(err)
		l.mu.Lock()
		defer l.mu.Unlock()
		l.beside = beside // if it changes again it is looked at again
		return l.broken
	case err != nil:
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.file.Close()
	l.hint.close()
	l.file, l.info = fresh.file, fresh.info
	l.last, l.end, l.chain, l.seen, l.whole = fresh.last, fresh.end, fresh.chain, fresh.seen, fresh.whole
	l.broken, l.hint, l.verified = fresh.broken, fresh.hint, fresh.verified
	if fresh.mended != nil {
		l.mended = fresh.mended
	}
	return nil
}

// successor is the log that is at this one's name by now. The error is
// [state.ErrChanged] if it has not all that this one knows of.
func (l *Log) successor(ctx context.Context) (*Log, error) {
	was := l.Head()
	if l.name != logName {
		return nil, changed(errors.New("another file was put in its place"))
	}
	fresh, err := l.store.open(ctx, l.id, l.dir, l.watch, nil)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, ErrBusy):
		return nil, err
	case err != nil:
		return nil, changed(err)
	}
	switch err := fresh.rewind(ctx, was); {
	case errors.Is(err, errEntryMissing):
		fresh.Close()
		return nil, changed(&state.Damage{Line: int(was.Seq), Seq: was.Seq, What: "the log's file was replaced by one that lacks it"})
	case err != nil:
		fresh.Close()
		return nil, err
	}
	return fresh, nil
}

var errEntryMissing = errors.New("the log lacks an entry that was acknowledged")

// rewind moves the log's end, as this Log sees it, back behind an entry. What comes
// after it is news then, for Changed and Entries.
func (l *Log) rewind(ctx context.Context, to state.Head) error {
	found, last := errEntryMissing, int64(0)
	chain := state.Format().Chain()
	err := scan(ctx, l.file, 0, l.end, checking, func(e *state.Entry, err error, behind int64) error {
		if err := chain.Link(*e, err); err != nil {
			return err
		}
		if chain.Head == to {
			l.chain, l.last, l.end, found = chain, last, behind, nil
			return errEnough
		}
		last = behind
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	return found
}
