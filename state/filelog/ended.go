package filelog

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"muster/state"
)

// Ended reports whether an incident's log says plainly, at a glance and unverified, that
// the incident is closed: so that of many logs only those that may be open have to be
// read. It is false whenever that is not plain.
func (s *Store) Ended(id string) bool {
	_, ended, err := s.glance(id)
	return err == nil && ended
}

// Runs reports whether an incident's log says plainly, at a glance and unverified, that the
// incident was opened, and nothing of a closing: so that one that is going to be opened
// need not be read beforehand. It is false whenever that is not plain.
func (s *Store) Runs(id string) bool {
	first, _, err := s.glance(id)
	return err == nil && first == state.KindIncidentOpened
}

// glance is the kind of a log's first entry, or that of an entry that says something else of
// whether the incident is open; and whether it ended.
func (s *Store) glance(id string) (first state.Kind, ended bool, err error) {
	if !plain(id) {
		return "", false, fmt.Errorf(idRule, id)
	}
	file, err := os.OpenFile(filepath.Join(s.incidents(), id, logName), os.O_RDONLY|noFollow, 0)
	if err != nil {
		return "", false, err
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return "", false, errors.Join(err, errNoLog)
	}
	begun := false
	err = readLines(file, func(text []byte, whole bool) bool {
		kind := kindOf(text)
		if !begun {
			first, begun = kind, true
		}
		switch {
		case !whole: // nobody was told that it is saved
			first, ended = "", false
		case kind == state.KindIncidentClosed:
			first, ended = kind, true
		case kind == state.KindIncidentReopened, kind == state.KindEntryRetracted, kind == state.KindEntryAmended:
			first, ended = kind, false // or perhaps not: the log has to be read
		}
		return true
	})
	return first, ended, err
}

var errNoLog = errors.New("it is no plain file")

// kindOf is the kind that a line's envelope names, which stands before all that people
// write; "" if none does.
func kindOf(text []byte) state.Kind {
	const key = `"kind":"`
	_, rest, found := bytes.Cut(text[:min(len(text), 512)], []byte(key))
	kind, _, ended := bytes.Cut(rest, []byte(`"`))
	if !found || !ended {
		return ""
	}
	return state.Kind(kind)
}
