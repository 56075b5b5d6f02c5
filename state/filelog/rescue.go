package filelog

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"

	"muster/state"
)

// Rescue implements [state.Rescuer]. Whole entries that the medium has behind those
// given are taken along, since some process may have shown them as recorded: what
// others wrote, and perhaps the very entry that was not acknowledged here. To the
// new Log they are news, for Changed and Entries. Evidence stays where it is; after a
// move to dir the new Log finds it there for as long as it is open.
//
// In place, a file that was changed or put there by something else is kept beside the
// new one, under the name that Mended says. A file with entries that are not among
// those given and do not follow from them is left alone: somebody has gone on in it,
// and to go on here too takes another folder. If somebody has rescued the log before,
// here or to dir, and all of entries are in it, the new Log is that one.
func (l *Log) Rescue(ctx context.Context, entries []state.Entry, dir string) (state.Log, error) {
	if err := l.take(ctx); err != nil {
		return nil, err
	}
	defer l.give()
	cause, err := l.inspected(ctx)
	if err != nil {
		return nil, err
	}
	if err := needed(cause, dir); err != nil {
		return nil, err
	}
	if len(entries) == 0 {
		return nil, errors.New("there is no entry to rescue")
	}
	r := &rescue{log: l, id: l.id, store: l.store, dir: l.dir, chain: state.Format().Chain(), changed: errors.Is(cause, state.ErrChanged)}
	if dir != "" {
		if data, ok := entries[0].Data.(*state.IncidentOpened); ok && !plain(r.id) {
			r.id = data.ID // of a file that was only read
		}
		if !plain(r.id) {
			return nil, fmt.Errorf(idRule, r.id)
		}
		r.store = l.store.at(dir)
		r.dir = filepath.Join(r.store.incidents(), r.id)
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

// at is the store below another state directory.
func (s *Store) at(dir string) *Store {
	other := *s
	other.dir = dir
	return &other
}

// A rescue writes a log anew.
type rescue struct {
	log     *Log
	id      string      // the incident's
	store   *Store      // where to
	dir     string      // the incident's folder there
	changed bool        // the old file is not to be trusted, line by line
	old     Handle      // what is at the log's name; nil if there is nothing to read
	chain   state.Chain // of what was written
	rest    []byte      // of the old file, behind what was taken over
	at      int64       // where rest stands in it
	kept    *keptFile   // the old file, under its new name
}

func (r *rescue) moves() bool { return r.dir != r.log.dir }

func (r *rescue) run(ctx context.Context, entries []state.Entry, cause error) (*Log, error) {
	// Without the lock, another's append could be acknowledged in the old file
	// after it was read here. A file that cannot even be locked takes no appends.
	unlock, err := r.lock(ctx)
	defer unlock()
	if !r.moves() && (errors.Is(err, ErrBusy) || ctx.Err() != nil) {
		return nil, err
	}
	if same, err := r.log.isCurrent(); err != nil {
		return nil, err
	} else if r.moves() || !same || r.log.putRight() {
		fresh, err := r.already(ctx, entries)
		switch {
		case err == nil && r.moves():
			fresh.elsewhere = r.log.dir
			return fresh, nil
		case !errors.Is(err, errEntryMissing) && !r.moves():
			return fresh, err
		}
		r.changed = r.changed || !r.moves()
	}
	fresh, err := r.renew(ctx, entries)
	if r.old != nil {
		defer r.old.Close()
	}
	if err == nil {
		fresh.mended = r.report(cause)
	}
	return fresh, err
}

// lock takes the lock on the log's file, and on the one that is at its name by now.
func (r *rescue) lock(ctx context.Context) (give func(), err error) {
	var held []Handle
	give = func() {
		for _, file := range held {
			file.Unlock()
		}
	}
	if err = r.store.lock(ctx, r.log.file); err == nil {
		held = append(held, r.log.file)
	}
	other, openErr := r.store.disk.Open(r.log.path(), os.O_RDONLY)
	if openErr != nil {
		return give, err
	}
	if info, statErr := other.Stat(); statErr != nil || r.store.disk.Same(info, r.log.info) || !info.Mode().IsRegular() {
		other.Close()
		return give, err
	}
	err = errors.Join(err, r.store.lock(ctx, other))
	first := give
	return func() { first(); other.Close() }, err
}

// already is the log that another process has put in the old one's place. The error
// is errEntryMissing if it has not all of entries.
func (r *rescue) already(ctx context.Context, entries []state.Entry) (*Log, error) {
	last := entries[len(entries)-1]
	fresh, err := r.store.open(ctx, r.id, r.dir, true, nil)
	if err != nil {
		return nil, errors.Join(errEntryMissing, err)
	}
	defer fresh.Close()
	// What stands behind its last line was not put right. To mend it here would take the
	// lock, which this rescue has.
	if info, err := fresh.file.Stat(); err != nil || info.Size() > fresh.end {
		return nil, errors.Join(errEntryMissing, err)
	}
	if err := fresh.rewind(ctx, state.Head{Seq: last.Seq, Hash: last.Hash}); err != nil {
		return nil, err
	}
	return r.reread(ctx, last)
}

// reread opens the log that is there now, for writing.
func (r *rescue) reread(ctx context.Context, last state.Entry) (*Log, error) {
	fresh, err := r.store.open(ctx, r.id, r.dir, false, nil)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(fresh.Writable(), fresh.rewind(ctx, state.Head{Seq: last.Seq, Hash: last.Hash})); err != nil {
		fresh.Close()
		return nil, err
	}
	return fresh, nil
}

// renew makes the new log and opens it.
func (r *rescue) renew(ctx context.Context, entries []state.Entry) (*Log, error) {
	disk := r.store.disk
	if err := disk.mkdirs(r.dir); err != nil {
		return nil, err
	}
	if err := r.free(); err != nil {
		return nil, err
	}
	temp := filepath.Join(r.dir, ".rescue.tmp")
	_ = disk.Remove(temp) // of a rescue that a crash ended
	if err := r.write(ctx, temp, entries); err != nil {
		_ = disk.Remove(temp)
		return nil, err
	}
	if err := r.setAside(); err != nil {
		_ = disk.Remove(temp)
		return nil, err
	}
	if err := disk.rename(temp, filepath.Join(r.dir, logName)); err != nil {
		_ = disk.Remove(temp)
		return nil, err
	}
	if err := disk.syncDir(r.dir); err != nil {
		return nil, err
	}
	fresh, err := r.reread(ctx, entries[len(entries)-1])
	if err == nil && r.moves() {
		fresh.elsewhere = r.log.dir
	}
	return fresh, err
}

// free refuses to write over another incident's log.
func (r *rescue) free() error {
	if !r.moves() {
		return nil
	}
	if _, err := r.store.disk.Lstat(filepath.Join(r.dir, logName)); err == nil {
		return fmt.Errorf("%s has a log already, in which entries of this one are missing: %w", r.dir, state.ErrExists)
	}
	return nil
}

// write writes the new file, durably.
func (r *rescue) write(ctx context.Context, temp string, entries []state.Entry) error {
	disk := r.store.disk
	file, err := disk.create(temp, os.O_EXCL)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := disk.failing("write", temp); err != nil {
		return err
	}
	r.reopen()
	return r.fill(ctx, file, entries)
}

// fill writes the entries into the new file, and what follows from them.
func (r *rescue) fill(ctx context.Context, file Handle, entries []state.Entry) error {
	disk := r.store.disk
	out := bufio.NewWriterSize(file, 256<<10)
	if err := r.copyEntries(ctx, out, entries); err != nil {
		return err
	}
	if r.changed {
		if err := r.copyNews(ctx, out, entries); err != nil {
			return err
		}
	} else {
		r.copyOthers(ctx, out)
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return disk.sync(file)
}

// reopen opens the old file to see what the medium has, not the cache. One that cannot
// be read any more has nothing to take.
func (r *rescue) reopen() {
	r.log.file.Forget()
	old, err := r.store.disk.Open(r.log.path(), os.O_RDONLY)
	if err != nil {
		return
	}
	info, err := old.Stat()
	if err != nil || !info.Mode().IsRegular() || !r.changed && !r.store.disk.Same(info, r.log.info) {
		old.Close()
		return
	}
	old.Forget()
	r.old = old
}

// copyEntries writes the entries' lines. A line that cannot be made again from an entry
// that was not decoded from one is taken from the old file.
func (r *rescue) copyEntries(ctx context.Context, out io.Writer, entries []state.Entry) error {
	missing := make(map[uint64]state.Hash)
	lines := make(map[uint64][]byte)
	for _, e := range entries {
		if _, ok := sealed(e); !ok {
			missing[e.Seq] = e.Hash
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
	if e.Verbatim != "" {
		return []byte(e.Verbatim), true
	}
	if e.Withheld != 0 {
		return nil, false
	}
	again, line, err := state.Seal(e)
	return line.Bytes, err == nil && again.Hash == e.Hash
}

// oldLines reads some lines from the old file, or from the one that was open.
func (r *rescue) oldLines(ctx context.Context, wanted map[uint64]state.Hash) map[uint64][]byte {
	found := make(map[uint64][]byte)
	for _, file := range []Handle{r.old, r.log.file} {
		if file == nil {
			continue
		}
		eachLine(ctx, file, func(line []byte) error {
			e, err := state.Check(line)
			if hash, ok := wanted[e.Seq]; err == nil && ok && hash == e.Hash {
				found[e.Seq] = bytes.Clone(line)
			}
			return nil
		})
	}
	return found
}

// eachLine gives take each line of a file, good or not, as far as it can be read.
func eachLine(ctx context.Context, file Handle, take func(line []byte) error) error {
	info, err := file.Stat()
	if err != nil {
		return nil // there is nothing to read
	}
	var failed error
	_ = readLines(io.NewSectionReader(file, 0, info.Size()), func(text []byte, _ bool) bool {
		if failed = ctx.Err(); failed == nil {
			failed = take(text)
		}
		return failed == nil
	})
	return failed
}

// copyNews takes along the lines of a changed file that follow from the entries, and
// sees that no others of theirs stand in it: those would be out of the log. A move
// elsewhere leaves them where they are.
func (r *rescue) copyNews(ctx context.Context, out io.Writer, entries []state.Entry) error {
	if r.old == nil {
		return nil
	}
	return eachLine(ctx, r.old, func(line []byte) error {
		e, err := state.Check(line)
		switch {
		case err != nil:
			return nil
		case e.Seq <= uint64(len(entries)) && entries[e.Seq-1].Hash == e.Hash:
			return nil
		case r.chain.Link(e, nil) == nil:
			_, err := out.Write(withNewline(line))
			return err
		case r.moves():
			return nil
		}
		return fmt.Errorf("entry %d in the file that is in the log's place is not known here: somebody has gone on in it. Rescue to another folder", e.Seq)
	})
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
			return errEntryMissing
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

// A keptFile is a file that was in the log's place.
type keptFile struct {
	name string
	size int64 // in bytes
	sum  state.Hash
}

// setAside gives the changed file in the log's place a second name, that it keeps. Its
// name says what it is, so that doing it twice does no harm.
func (r *rescue) setAside() error {
	if !r.changed || r.moves() || r.old == nil {
		return nil
	}
	hashed := sha256.New()
	size, err := io.Copy(hashed, io.NewSectionReader(r.old, 0, math.MaxInt64))
	if err != nil {
		return err
	}
	sum := state.Hash(hashed.Sum(nil))
	r.kept = &keptFile{fmt.Sprintf("changed-%.16s.jsonl", sum), size, sum}
	if err := r.store.disk.Link(r.log.path(), filepath.Join(r.dir, r.kept.name)); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("the changed file cannot be kept beside the log: %w", err)
	}
	return nil
}

// report says what is to be recorded in the new log.
func (r *rescue) report(cause error) *state.Recovered {
	what := &state.Recovered{What: "failed write", Bytes: int64(len(r.rest)), SHA256: state.Sum(r.rest), Detail: reason(cause)}
	switch {
	case r.kept != nil:
		what.What, what.Bytes, what.SHA256, what.Kept = "changed file", r.kept.size, r.kept.sum, r.kept.name
	case r.changed:
		what.What = "changed file"
	case len(r.rest) > 0 && !r.moves():
		if name, err := r.log.keep(r.rest, r.at); err == nil {
			what.Kept = name
		}
	case len(r.rest) == 0 && !errors.Is(cause, state.ErrNotSaved): // nothing failed: somebody asked
		what.What = "moved"
		if r.log.name != logName || !plain(r.log.id) {
			what.What = "read from a file"
		}
	}
	if r.moves() {
		if dir, err := filepath.Abs(r.store.dir); err == nil {
			what.Detail = "the log goes on in another folder: " + dir
		}
		if errors.Is(cause, state.ErrNotSaved) {
			what.Detail += "; " + reason(cause)
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
