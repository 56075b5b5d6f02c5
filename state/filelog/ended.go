package filelog

import (
	"bytes"
	"os"
	"path/filepath"

	"muster/state"
)

// Ended reports whether an incident's log says plainly, at a glance and unverified, that
// the incident is closed: so that of many logs only those that may be open have to be
// read. It is false whenever that is not plain.
func (s *Store) Ended(id string) bool {
	if !plain(id) {
		return false
	}
	file, err := os.OpenFile(filepath.Join(s.incidents(), id, logName), os.O_RDONLY|noFollow, 0)
	if err != nil {
		return false
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
		return false
	}
	closed := false
	err = readLines(file, func(text []byte, ended bool) bool {
		switch kind := kindOf(text); {
		case !ended: // nobody was told that it is saved
			closed = false
		case kind == state.KindIncidentClosed:
			closed = true
		case kind == state.KindIncidentReopened, kind == state.KindEntryRetracted, kind == state.KindEntryAmended:
			closed = false // or perhaps not: the log has to be read
		}
		return true
	})
	return err == nil && closed
}

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
