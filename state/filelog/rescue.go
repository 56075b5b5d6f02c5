package filelog

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"muster/state"
)

// Rescue implements [state.Rescuer]. Whole entries that the medium has behind those
// given are taken along, since some process may have shown them as recorded: what
// others wrote, and perhaps the very entry that was not acknowledged here. To the
// new Log they are news, for Changed and Entries. Evidence stays
// where it is; after a move to dir the new Log finds it there for as long as it is
// open.
func (l *Log) Rescue(ctx context.Context, entries []state.Entry, dir string) (state.Log, error) {
	if err := l.take(ctx); err != nil {
		return nil, err
	}
	defer l.give()
	cause := l.Writable()
	if !errors.Is(cause, state.ErrNotSaved) {
		return nil, fmt.Errorf("only a log that could not be written to is rescued; this one: %w", errors.Join(cause, errNoNeed))
	}
	if len(entries) == 0 {
		return nil, errors.New("there is no entry to rescue")
	}
	r := &rescue{log: l, dir: l.dir, chain: state.Format().Chain()}
	if dir != "" {
		r.dir = filepath.Join(dir, l.id)
	}
	fresh, err := r.run(ctx, entries, cause)
	if err != nil {
		return nil, fmt.Errorf("the log was not rescued: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	l.hint.close()
	l.file.Close()
	return fresh, nil
}

var errNoNeed = errors.New("it needs no rescue")

// A rescue writes a log anew.
type rescue struct {
	log   *Log
	dir   string // where to
	old   *os.File
	chain state.Chain // of what was written
	rest  []byte      // of the old file, behind what was taken over
	at    int64       // where rest stands in it
}

func (r *rescue) run(ctx context.Context, entries []state.Entry, cause error) (*Log, error) {
	// Without the lock, another's append could be acknowledged in the old file
	// after it was read here. A file that cannot even be locked takes no appends.
	err := r.log.store.lock(ctx, r.log.file)
	if err == nil {
		defer unlock(r.log.file)
	} else if r.dir == r.log.dir && (errors.Is(err, ErrBusy) || ctx.Err() != nil) {
		return nil, err
	}
	if same, err := r.log.isCurrent(); err != nil {
		return nil, err
	} else if !same && r.dir == r.log.dir {
		return r.already(ctx, entries)
	}
	fresh, err := r.renew(ctx, entries)
	if err == nil {
		fresh.mended = r.report(cause)
	}
	return fresh, err
}

// already is the log that another process has put in the old one's place.
func (r *rescue) already(ctx context.Context, entries []state.Entry) (*Log, error) {
	last := entries[len(entries)-1]
	fresh, err := r.log.store.open(ctx, r.log.id, r.dir, false, nil)
	if err != nil {
		return nil, err
	}
	if err := fresh.rewind(ctx, state.Head{Seq: last.Seq, Hash: last.Hash}); err != nil {
		fresh.Close()
		return nil, fmt.Errorf("another process has put another file in the log's place; rescue it to another folder: %w", err)
	}
	return fresh, nil
}

// renew makes the new log and opens it.
func (r *rescue) renew(ctx context.Context, entries []state.Entry) (*Log, error) {
	disk := r.log.store.disk
	if err := disk.mkdirs(r.dir); err != nil {
		return nil, err
	}
	if err := r.free(); err != nil {
		return nil, err
	}
	temp := filepath.Join(r.dir, ".rescue.tmp")
	_ = os.Remove(temp) // of a rescue that a crash ended
	if err := r.write(ctx, temp, entries); err != nil {
		_ = os.Remove(temp)
		return nil, err
	}
	if err := disk.rename(temp, filepath.Join(r.dir, logName)); err != nil {
		_ = os.Remove(temp)
		return nil, err
	}
	if err := disk.syncDir(r.dir); err != nil {
		return nil, err
	}
	fresh, err := r.log.store.open(ctx, r.log.id, r.dir, false, nil)
	if err != nil {
		return nil, err
	}
	last := entries[len(entries)-1]
	if err := errors.Join(fresh.Writable(), fresh.rewind(ctx, state.Head{Seq: last.Seq, Hash: last.Hash})); err != nil {
		fresh.Close()
		return nil, err
	}
	if r.dir != r.log.dir {
		fresh.elsewhere = r.log.dir
	}
	return fresh, nil
}

// free refuses to write over another incident's log.
func (r *rescue) free() error {
	if r.dir == r.log.dir {
		return nil
	}
	if _, err := os.Lstat(filepath.Join(r.dir, logName)); err == nil {
		return fmt.Errorf("%s has a log already: %w", r.dir, state.ErrExists)
	}
	return nil
}

// write writes the new file, durably.
func (r *rescue) write(ctx context.Context, temp string, entries []state.Entry) error {
	disk := r.log.store.disk
	file, err := disk.create(temp, os.O_EXCL)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := disk.failing("write", temp); err != nil {
		return err
	}
	old, err := r.reopen()
	if err == nil {
		defer old.Close()
	}
	out := bufio.NewWriterSize(file, 256<<10)
	if err := r.copyEntries(ctx, out, entries); err != nil {
		return err
	}
	r.copyOthers(ctx, out)
	if err := out.Flush(); err != nil {
		return err
	}
	return disk.sync(file)
}

// reopen opens the old file to see what the medium has, not the cache.
func (r *rescue) reopen() (*os.File, error) {
	forget(r.log.file)
	old, err := os.OpenFile(r.log.path(), os.O_RDONLY|noFollow, 0)
	if err != nil {
		return nil, err
	}
	if info, err := old.Stat(); err != nil || !os.SameFile(info, r.log.info) {
		old.Close()
		return nil, state.ErrConflict
	}
	forget(old)
	r.old = old
	return old, nil
}

// copyEntries writes the entries' lines. A line that cannot be made again from the
// entry, because a newer version wrote keys that this one does not know or because
// it is withheld, is taken from the old file.
func (r *rescue) copyEntries(ctx context.Context, out io.Writer, entries []state.Entry) error {
	var missing []uint64
	lines := make(map[uint64][]byte)
	for _, e := range entries {
		if _, ok := sealed(e); !ok {
			missing = append(missing, e.Seq)
		}
	}
	if len(missing) > 0 {
		lines = r.oldLines(ctx, missing)
	}
	for _, e := range entries {
		line, ok := sealed(e)
		if !ok {
			line = lines[e.Seq]
		}
		if err := r.chain.Verify(line); err != nil || r.chain.Head.Hash != e.Hash {
			return fmt.Errorf("entry %d cannot be written again as it was", e.Seq)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if _, err := out.Write(withNewline(line)); err != nil {
			return err
		}
	}
	return nil
}

// sealed is the entry's line, if it can be made again as it was.
func sealed(e state.Entry) ([]byte, bool) {
	if e.Withheld != 0 {
		return nil, false
	}
	again, line, err := state.Seal(e)
	return line.Bytes, err == nil && again.Hash == e.Hash
}

// oldLines reads some lines from the old file.
func (r *rescue) oldLines(ctx context.Context, wanted []uint64) map[uint64][]byte {
	found := make(map[uint64][]byte)
	if r.old == nil {
		return found
	}
	chain := state.Format().Chain()
	_, end := r.log.at()
	_ = scanLines(ctx, r.old, 0, end, func(line []byte, _ int64) error {
		if err := chain.Verify(line); err != nil {
			return err
		}
		if len(wanted) > 0 && chain.Head.Seq == wanted[0] {
			found[chain.Head.Seq] = bytes.Clone(line)
			wanted = wanted[1:]
		}
		return nil
	})
	return found
}

// copyOthers takes along the good lines behind the entries. What is left over is
// kept in rest. A medium that cannot be read any more has nothing to take.
func (r *rescue) copyOthers(ctx context.Context, out io.Writer) {
	if r.old == nil {
		return
	}
	info, err := r.old.Stat()
	if err != nil {
		return
	}
	old := state.Format().Chain()
	last := r.chain.Head
	_ = scanLines(ctx, r.old, 0, info.Size(), func(line []byte, behind int64) error {
		if err := old.Verify(line); err != nil {
			return err
		}
		if old.Head.Seq == last.Seq && old.Head != last {
			return errLacks
		}
		if old.Head.Seq > last.Seq {
			r.chain = old
			_, _ = out.Write(withNewline(line)) // bufio keeps the error for Flush
		}
		r.at = behind
		return nil
	})
	if r.chain.Head.Seq == old.Head.Seq && r.at < info.Size() {
		r.rest, _ = readRest(r.old, r.at, info.Size())
	}
}

// report says what is to be recorded in the new log.
func (r *rescue) report(cause error) *state.Recovered {
	what := &state.Recovered{What: "failed write", Bytes: int64(len(r.rest)), SHA256: state.Sum(r.rest), Detail: reason(cause)}
	if len(r.rest) > 0 && r.dir == r.log.dir {
		if name, err := r.log.keep(r.rest, r.at); err == nil {
			what.Kept = name
		}
	}
	return what
}

// reason is the innermost error's text, which names no path.
func reason(err error) string {
	for {
		switch e := err.(type) {
		case interface{ Unwrap() error }:
			err = e.Unwrap()
		case interface{ Unwrap() []error }:
			all := e.Unwrap()
			err = all[len(all)-1]
		default:
			return err.Error()
		}
	}
}
