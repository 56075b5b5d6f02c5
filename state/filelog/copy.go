package filelog

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"muster/state"
)

// A copy is an incident's folder with one file more, which says what the log follows. As
// long as that is there, nothing but [Store.Follow] adds to the log.

// copyName is the name of that file.
const copyName = "copy.json"

// maxCopyFile bounds it, in bytes.
const maxCopyFile = 16 << 10

// Copy says what an incident's log follows; false if it is no copy.
func (s *Store) Copy(id string) (state.Copy, bool) {
	if !plain(id) {
		return state.Copy{}, false
	}
	return s.readCopy(filepath.Join(s.incidents(), id))
}

// readCopy reads the file. One that cannot be read still says that this is a copy: nothing
// is added to a log of which that is not known.
func (s *Store) readCopy(dir string) (c state.Copy, is bool) {
	file, err := s.disk.Open(filepath.Join(dir, copyName), os.O_RDONLY)
	if errors.Is(err, fs.ErrNotExist) {
		return c, false
	}
	if err != nil {
		return state.Copy{Source: "(not known)"}, true
	}
	defer file.Close()
	text, err := io.ReadAll(io.NewSectionReader(file, 0, maxCopyFile))
	if err != nil || json.Unmarshal(text, &c) != nil || c.Source == "" {
		return state.Copy{Source: "(not known)"}, true
	}
	return c, true
}

// SetCopy says anew what a copy follows and when that was heard.
func (s *Store) SetCopy(id string, c state.Copy) error {
	dir := filepath.Join(s.incidents(), id)
	if _, is := s.Copy(id); !is {
		return fmt.Errorf("%s is no copy", id)
	}
	return s.writeCopy(dir, c)
}

func (s *Store) writeCopy(dir string, c state.Copy) error {
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	temp := filepath.Join(dir, fmt.Sprintf(".%s-%d", copyName, os.Getpid())) // others may write it too
	_ = s.disk.Remove(temp)
	file, err := s.writeNew(temp, text)
	if err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	return s.disk.rename(temp, filepath.Join(dir, copyName))
}

// Following is the store as whoever follows another log has it, or goes on in the copy: it
// adds to copies.
func (s *Store) Following() *Store {
	other := *s
	other.following = true
	return &other
}

// errCopy says that a log is a copy.
func errCopy(c state.Copy) error {
	return fmt.Errorf("%w: %w of %s", state.ErrReadOnly, state.ErrCopy, c.Source)
}

// Copy says what the log follows; false if it is no copy.
func (l *Log) Copy() (state.Copy, bool) { return l.store.readCopy(l.dir) }

// GoOn implements [state.Brancher].
func (l *Log) GoOn(ctx context.Context) (own state.Log, branched func() error, err error) {
	other, err := l.store.Following().open(ctx, l.id, l.dir, false, nil)
	if err != nil {
		return nil, nil, err
	}
	dir, disk := l.dir, l.store.disk
	return other, func() error {
		if err := disk.Remove(filepath.Join(dir, copyName)); err != nil {
			return err
		}
		return disk.syncDir(dir)
	}, nil
}

// A StrayedError says that the log that a copy follows is not any more the one that was
// copied: it has another entry where the copy has one, or lacks some.
type StrayedError struct {
	Seq  uint64     // from which on it is so
	Lost bool       // it ends before that entry
	Kept string     // the file beside the copy that has what the source has now; "" if that was not kept
	Head state.Head // of the copy
}

// Error says so in plain words.
func (e *StrayedError) Error() string {
	what := fmt.Sprintf("its entry %d is another one than the one that was copied", e.Seq)
	if e.Lost {
		what = fmt.Sprintf("it ends before entry %d, which was copied", e.Seq)
	}
	return "THE SOURCE WAS CHANGED: " + what
}

// A Followed says how far a copy has come.
type Followed struct {
	Head state.Head
	New  int // entries that were added
}

// Follow takes lines of the log that a copy follows: all of them from the first on or, if
// the copy has entries already, from any of those on. Each is verified before it is added;
// those that the copy has must be the same. whole says that the lines are all that the
// source has, so that it lacks what is not among them. The copy is made if it is not there; id
// "" is that of the log.
// An empty line says that no more is there just now: what has come is then added, and told.
// The error is a *[StrayedError], a *[state.Damage], or that of lines.
func (s *Store) Follow(ctx context.Context, id string, source state.Copy, lines iter.Seq2[[]byte, error], whole bool, told func(Followed)) (is string, f Followed, err error) {
	w := &follower{store: s.Following(), source: source, id: id}
	defer func() { err = errors.Join(err, w.close()) }()
	for line, lineErr := range lines {
		if lineErr != nil {
			err = lineErr
			break
		}
		if len(line) == 0 { // no more is there just now
			if err = w.flush(ctx); err == nil && told != nil {
				told(w.followed())
			}
		} else {
			err = w.take(ctx, line)
		}
		if err != nil {
			break
		}
	}
	if flushErr := w.flush(ctx); err == nil {
		err = flushErr
	}
	if err == nil && w.log == nil && whole {
		err = errEmpty()
	}
	if err == nil && whole && w.seen < w.log.Head().Seq {
		err = &StrayedError{Seq: w.seen + 1, Lost: true, Head: w.log.Head()}
	}
	return w.id, w.followed(), err
}

// A follower adds to a copy.
type follower struct {
	store  *Store
	source state.Copy
	id     string
	log    state.Log
	hashes []state.Hash // of the entries that the copy had when it was opened
	chain  state.Chain
	seen   uint64 // the last entry that the source was seen to have
	queue  []state.Line
	bytes  int
	added  int
}

// maxQueue is how many bytes of lines are added at once.
const maxQueue = 32 << 20

func (w *follower) followed() Followed {
	if w.log == nil {
		return Followed{}
	}
	return Followed{w.log.Head(), w.added}
}

func (w *follower) close() error {
	if w.log == nil {
		return nil
	}
	return w.log.Close()
}

// take takes one line, which is valid until it returns.
func (w *follower) take(ctx context.Context, line []byte) error {
	e, err := state.Decode(line)
	if err != nil {
		return &state.Damage{Line: int(w.seen) + 1, Seq: w.seen + 1, What: err.Error()}
	}
	if w.log == nil {
		if err := w.open(ctx, &e, line); err != nil {
			return err
		}
	}
	if have := uint64(len(w.hashes)); e.Seq <= have {
		if w.hashes[e.Seq-1] != e.Hash {
			return &StrayedError{Seq: e.Seq, Head: w.log.Head()}
		}
		w.seen = e.Seq
		return nil
	}
	if err := w.chain.Link(e, nil); err != nil {
		return err
	}
	w.seen = e.Seq
	w.queue = append(w.queue, state.Line{Seq: e.Seq, Kind: e.Kind, Prev: e.Prev, Hash: e.Hash, Bytes: append([]byte(nil), line...)})
	if w.bytes += len(line); w.bytes >= maxQueue {
		return w.flush(ctx)
	}
	return nil
}

// open opens the copy, or makes it.
func (w *follower) open(ctx context.Context, first *state.Entry, line []byte) error {
	if w.id == "" {
		opened, ok := first.Data.(*state.IncidentOpened)
		if first.Seq != 1 || !ok {
			return errors.New("the first line is not the entry that opens an incident, so that nobody knows whose log this is")
		}
		w.id = opened.ID
	}
	log, err := w.store.Open(ctx, w.id, false)
	if errors.Is(err, state.ErrNotFound) {
		log, err = w.store.createCopy(ctx, w.id, state.Line{Seq: first.Seq, Kind: first.Kind, Prev: first.Prev, Hash: first.Hash, Bytes: line}, w.source)
		if w.added++; errors.Is(err, state.ErrExists) { // another made it just now
			w.added--
			log, err = w.store.Open(ctx, w.id, false)
		}
	}
	if err != nil {
		return err
	}
	w.log = log
	if _, is := w.store.Copy(w.id); !is {
		return fmt.Errorf("%s is there, and is no copy", w.id)
	}
	if err := log.Writable(); err != nil {
		return err
	}
	w.chain = state.Format().Chain()
	for e, err := range log.Entries(ctx, 0) {
		if err == nil {
			err = w.chain.Link(e, nil)
		}
		if err != nil {
			return err
		}
		w.hashes = append(w.hashes, e.Hash)
	}
	return nil
}

// flush adds what is queued, durably.
func (w *follower) flush(ctx context.Context) (err error) {
	switch few := len(w.queue) <= 8; {
	case len(w.queue) == 0:
		return nil
	case few:
		for i := 0; i < len(w.queue) && err == nil; i++ {
			err = w.log.Append(ctx, w.queue[i])
		}
	default:
		err = w.log.(state.Batcher).AppendAll(ctx, w.queue)
	}
	if err == nil {
		w.added += len(w.queue)
	}
	w.queue, w.bytes = nil, 0
	return err
}

// createCopy makes a copy with its first line.
func (s *Store) createCopy(ctx context.Context, id string, first state.Line, source state.Copy) (state.Log, error) {
	text, err := json.Marshal(source)
	if err != nil {
		return nil, err
	}
	return s.create(ctx, id, first, map[string][]byte{copyName: text})
}

// KeepStrayed keeps the lines that the source of a copy has now beside the copy, durably, and
// says in which file.
func (s *Store) KeepStrayed(ctx context.Context, id string, lines iter.Seq2[[]byte, error]) (path string, err error) {
	if !plain(id) {
		return "", fmt.Errorf(idRule, id)
	}
	dir := filepath.Join(s.incidents(), id)
	file, err := s.disk.Temp(dir, ".strayed-*")
	if err != nil {
		return "", err
	}
	temp := file.Name()
	defer func() {
		if err != nil {
			_ = s.disk.Remove(temp)
		}
	}()
	sum := sha256.New()
	out := bufio.NewWriter(io.MultiWriter(file, sum))
	for line, lineErr := range lines {
		if err = errors.Join(lineErr, ctx.Err()); err != nil {
			break
		}
		out.Write(line)
		out.WriteByte('\n')
	}
	if flushErr := out.Flush(); err == nil {
		err = flushErr
	}
	if err == nil {
		err = s.disk.sync(file)
	}
	err = errors.Join(err, file.Close())
	if err != nil {
		return "", err
	}
	path = filepath.Join(dir, fmt.Sprintf("source-%.16x.jsonl", sum.Sum(nil)[:8]))
	if err = s.disk.rename(temp, path); err == nil {
		err = s.disk.syncDir(dir)
	}
	return path, err
}
