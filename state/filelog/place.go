package filelog

import (
	"os"
	"path/filepath"
)

func (s *Store) path(id string) string { return filepath.Join(s.incidents(), id, logName) }

// Mark is how an incident's log looks from outside: its size in bytes, and when it was
// written last, in nanoseconds since 1970. Both are zero if it cannot be seen. A log
// of the same mark has, but for tampering, the same entries.
func (s *Store) Mark(id string) (size, changed int64) {
	info, err := os.Stat(s.path(id))
	if err != nil {
		return 0, 0
	}
	return info.Size(), info.ModTime().UnixNano()
}
