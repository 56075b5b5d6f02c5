package filelog

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"muster/state"
)

// A Store keeps incidents below one state directory. It is a [state.Store], and
// holds nothing open itself.
type Store struct {
	dir      string
	disk     *disk
	patience time.Duration // how long an append waits for the lock
	largest  int64         // bytes; of evidence
	now      func() time.Time
	system   func(path string) (name string, known bool) // the file system there
	any      bool                                        // write on file systems that are not known too
	// following: it adds to copies.
	following bool
}

var _ state.Loader = (*Store)(nil)

// Open is the store below dir, the state directory. Nothing is read or made until
// an incident is created, and no folder need exist.
func Open(dir string) *Store {
	return On(Machine(), dir, time.Now)
}

// On is the store below dir on a file system of the caller's, by a clock of the caller's.
// Evidence, and what is only listed or verified, is looked for on the machine's own.
func On(d Disk, dir string, now func() time.Time) *Store {
	return &Store{dir: dir, disk: &disk{Disk: d}, patience: patience, largest: MaxEvidence, now: now, system: d.Kind}
}

// OnAny has the store write on any file system, known to hold lock and append or not.
// What goes wrong then is the person's risk: [Log.Disk] names the file system, for the
// log to say so.
func (s *Store) OnAny() *Store {
	s.any = true
	return s
}

// unsafe names the file system of path if nothing may be written there; "" if it may.
func (s *Store) unsafe(path string) string {
	if name, known := s.system(path); !known && !s.any {
		return name
	}
	return ""
}

// Disk names the file system that the log lies on, if it is none that is known to hold
// lock and append; "" if it is.
func (l *Log) Disk() string {
	if name, known := l.store.system(l.dir); !known {
		return name
	}
	return ""
}

const logName = "log.jsonl"

func (s *Store) incidents() string { return filepath.Join(s.dir, "incidents") }

// plain reports whether id can name an incident. With nothing but these
// characters it cannot lead out of its folder.
func plain(id string) bool {
	for _, c := range []byte(id) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return 1 <= len(id) && len(id) <= 64
}

const idRule = "%q cannot be an incident's id: use 1 to 64 of a-z, 0-9 and -"

// Create implements [state.Store].
func (s *Store) Create(ctx context.Context, id string, first state.Line) (state.Log, error) {
	return s.create(ctx, id, first, nil)
}

// create is Create, with other files in the folder from the beginning.
func (s *Store) create(ctx context.Context, id string, first state.Line, beside map[string][]byte) (state.Log, error) {
	if !plain(id) {
		return nil, fmt.Errorf(idRule, id)
	}
	chain := state.Format().Chain()
	if err := checkLine(&chain, first); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if !canLock {
		return nil, fmt.Errorf("%w: on this system logs can only be read", state.ErrReadOnly)
	}
	dir := filepath.Join(s.incidents(), id)
	file, err := s.make(dir, first.Bytes, beside)
	if err != nil {
		return nil, err
	}
	l, err := s.newLog(id, dir, file)
	if err != nil {
		return nil, err
	}
	l.chain, l.end, l.seen = chain, int64(len(first.Bytes)+1), stampOf(l.info)
	l.note(chain.Head)
	return l, nil
}

// make makes an incident's folder with its log, in one step for whoever looks.
func (s *Store) make(dir string, first []byte, beside map[string][]byte) (Handle, error) {
	parent := filepath.Dir(dir)
	if err := s.disk.mkdirs(parent); err != nil {
		return nil, notSaved(err)
	}
	if name := s.unsafe(parent); name != "" {
		return nil, fmt.Errorf("%w: %s is on %s, where it is not known that lock and append hold; choose another state directory with --state, or take the risk with --any-filesystem", state.ErrReadOnly, parent, name)
	}
	if _, err := s.disk.Lstat(dir); err == nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(dir), state.ErrExists)
	}
	fresh, err := s.disk.TempDir(parent, ".new-*")
	if err != nil {
		return nil, notSaved(err)
	}
	file, err := s.writeNew(filepath.Join(fresh, logName), first)
	for name, text := range beside {
		if err == nil {
			err = s.writeBeside(filepath.Join(fresh, name), text)
		}
	}
	if err == nil {
		if err = s.disk.rename(fresh, dir); errors.Is(err, fs.ErrExist) {
			err = fmt.Errorf("%s: %w", filepath.Base(dir), state.ErrExists)
		}
	}
	if err != nil {
		_ = s.disk.RemoveAll(fresh) // nobody has seen it
		return nil, notSaved(err)
	}
	if err := s.disk.syncDir(parent); err != nil {
		file.Close() // it may be seen by now, and stays
		return nil, notSaved(err)
	}
	return file, nil
}

// writeBeside makes a file of one line that is not kept open.
func (s *Store) writeBeside(path string, line []byte) error {
	file, err := s.writeNew(path, line)
	if err != nil {
		return err
	}
	return file.Close()
}

// writeNew makes a file of one line, durably.
func (s *Store) writeNew(path string, line []byte) (Handle, error) {
	file, err := s.disk.create(path, os.O_EXCL|os.O_APPEND)
	if err != nil {
		return nil, err
	}
	err = s.disk.write(file, withNewline(line))
	if err == nil {
		err = s.disk.sync(file)
	}
	if err == nil {
		err = s.disk.syncDir(filepath.Dir(path))
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

func withNewline(line []byte) []byte {
	return append(append(make([]byte, 0, len(line)+1), line...), '\n')
}

// notSaved says of an error that what was to be written cannot be relied on.
func notSaved(err error) error {
	if errors.Is(err, state.ErrNotSaved) || errors.Is(err, state.ErrExists) {
		return err
	}
	return fmt.Errorf("%w: %w", state.ErrNotSaved, err)
}

// Open implements [state.Store]. The Log is a *[Log].
func (s *Store) Open(ctx context.Context, id string, readOnly bool) (state.Log, error) {
	return s.Load(ctx, id, readOnly, nil)
}

// Load implements [state.Loader].
func (s *Store) Load(ctx context.Context, id string, readOnly bool, see func(e *state.Entry, more int)) (state.Log, error) {
	if !plain(id) {
		return nil, fmt.Errorf("%w: "+idRule, state.ErrNotFound, id)
	}
	l, err := s.open(ctx, id, filepath.Join(s.incidents(), id), readOnly, see)
	if err != nil {
		return nil, err
	}
	return l, nil
}

func (s *Store) open(ctx context.Context, id, dir string, readOnly bool, see func(e *state.Entry, more int)) (*Log, error) {
	hint := s.readHint(id) // before the log, which can only have grown since
	file, reason, err := s.openFile(dir, readOnly)
	if err != nil {
		return nil, err
	}
	l, err := s.newLog(id, dir, file)
	if err != nil {
		return nil, err
	}
	l.broken, l.hint, l.watch, l.loading = reason, hint, readOnly, true
	defer func() { l.loading = false }()
	if err := l.load(ctx, see); err != nil {
		file.Close()
		return nil, err
	}
	if l.Writable() == nil {
		l.sweep()
	}
	return l, nil
}

// openFile opens the log in dir, to append to it if possible; else reason says
// why not.
func (s *Store) openFile(dir string, readOnly bool) (file Handle, reason, err error) {
	if err := s.disk.noLink(dir); err != nil {
		return nil, nil, err
	}
	path := filepath.Join(dir, logName)
	copied, isCopy := state.Copy{}, false
	if !s.following {
		copied, isCopy = s.readCopy(dir)
	}
	switch name := s.unsafe(dir); {
	case isCopy:
		reason = errCopy(copied)
	case readOnly:
		reason = fmt.Errorf("%w: it was opened for reading", state.ErrReadOnly)
	case name != "":
		reason = fmt.Errorf("%w: %s is on %s, where it is not known that lock and append hold. muster rescue --to FOLDER goes on on a local disk; --any-filesystem takes the risk", state.ErrReadOnly, path, name)
	case !canLock:
		reason = fmt.Errorf("%w: on this system logs can only be read", state.ErrReadOnly)
	default:
		file, err = s.disk.Open(path, os.O_RDWR|os.O_APPEND)
		if err == nil || errors.Is(err, fs.ErrNotExist) || isLink(err) {
			break
		}
		reason = fmt.Errorf("%w: %w", state.ErrReadOnly, &fs.PathError{Op: "write", Path: path, Err: cause(err)})
	}
	if reason != nil {
		file, err = s.disk.Open(path, os.O_RDONLY)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, fmt.Errorf("%s: %w", filepath.Base(dir), state.ErrNotFound)
	case isLink(err):
		return nil, nil, fmt.Errorf("%s is a symbolic link, and a log must be a file: put the file itself there", path)
	case err != nil:
		return nil, nil, fmt.Errorf("the log cannot be read: %w", err)
	}
	return file, reason, nil
}

// cause is what the system said, without the call and the file.
func cause(err error) error {
	if failed := (*fs.PathError)(nil); errors.As(err, &failed) {
		return failed.Err
	}
	return err
}

// noLink refuses a folder that is a symbolic link or no folder.
func (d *disk) noLink(dir string) error {
	info, err := d.Lstat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: %w", filepath.Base(dir), state.ErrNotFound)
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%s is not a folder, and a symbolic link is not followed: put the folder itself there", dir)
	}
	return nil
}

// List implements [state.Store]: the folders that have a log, in whatever state
// it is.
func (s *Store) List(ctx context.Context) ([]string, error) {
	found, err := os.ReadDir(s.incidents())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, entry := range found {
		if !entry.IsDir() || !plain(entry.Name()) {
			continue
		}
		// A folder that may not be looked into may have one.
		if _, err := os.Lstat(filepath.Join(s.incidents(), entry.Name(), logName)); !errors.Is(err, fs.ErrNotExist) {
			ids = append(ids, entry.Name())
		}
	}
	slices.Sort(ids)
	return ids, ctx.Err()
}
