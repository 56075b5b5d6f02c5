package filelog

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"muster/state"
)

// A hint is what DIR/heads/ID says: up to where the log was once acknowledged. It
// is not fsynced and proves nothing. It is there because a log whose end was cut
// off cleanly still verifies.
type hint struct {
	head  state.Head // as it stood on opening
	lost  bool       // the log has no such entry
	file  Handle     // open once something was noted; nil before
	tried bool       // to open file
}

// hintForm is fixed in width, so that one write in place replaces the last.
const hintForm = "%016d %s\n"

func (s *Store) readHint(id string) (h hint) {
	file, err := s.disk.Open(s.hintPath(id), os.O_RDONLY)
	if err != nil {
		return h
	}
	defer file.Close()
	var text [128]byte
	n, _ := file.ReadAt(text[:], 0)
	var sum string
	var seq uint64
	if _, err := fmt.Sscanf(string(text[:n]), "%d %64s", &seq, &sum); err != nil {
		return h
	}
	if hash, err := state.ParseHash(sum); err == nil {
		h.head = state.Head{Seq: seq, Hash: hash}
	}
	return h
}

func (s *Store) hintPath(id string) string { return filepath.Join(s.dir, "heads", id) }

// Hint is the last head that was noted for this incident, outside its folder,
// before the log was opened, and whether the log still has that entry. If not,
// acknowledged entries are missing from the log. The zero Head, and true, if
// nothing was noted.
func (l *Log) Hint() (head state.Head, kept bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.hint.head, !l.hint.lost
}

// note writes down an acknowledged head, if that can be done. A hint that the log
// does not bear out is left as it is: it goes on telling what is missing.
func (l *Log) note(head state.Head) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.hint.lost || l.closed {
		return
	}
	if !l.hint.tried {
		l.hint.tried = true
		l.hint.open(l.store.disk, l.store.hintPath(l.id))
	}
	if l.hint.file != nil {
		_, _ = l.hint.file.WriteAt(fmt.Appendf(nil, hintForm, head.Seq, head.Hash), 0)
	}
}

func (h *hint) open(d *disk, path string) {
	if err := d.Mkdir(filepath.Dir(path)); err != nil && !errors.Is(err, fs.ErrExist) {
		return
	}
	if file, err := d.Open(path, os.O_CREATE|os.O_RDWR); err == nil {
		h.file = file
	}
}

func (h *hint) close() {
	if h.file != nil {
		h.file.Close()
	}
	h.file, h.tried = nil, false
}
