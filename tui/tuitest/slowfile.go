package tuitest

import (
	"context"
	"os"
	"path/filepath"

	"muster/state"
	"muster/state/guard"
)

// A slowFile is a file that stands still for a while.
type slowFile struct {
	done, all int64
	more      chan struct{} // closed to let the rest come
}

// HoldFile makes files that are attached from now on stand still after done of all
// bytes, until ReleaseFile.
func (d *Desk) HoldFile(done, all int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.file = &slowFile{done, all, make(chan struct{})}
}

// ReleaseFile lets the rest of them come.
func (d *Desk) ReleaseFile() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.file != nil {
		close(d.file.more)
		d.file = nil
	}
}

// Files are the words that are names of files, if there are several.
func (s *Session) Files(_ context.Context, given string) []string {
	if several := guard.Several(given); several != nil {
		return several
	}
	return []string{given}
}

// Keep reads a file and keeps nothing of it.
func (s *Session) Keep(ctx context.Context, path string, tell func(done, all int64)) (state.AddEvidence, error) {
	s.desk.mu.Lock()
	slow := s.desk.file
	s.desk.mu.Unlock()
	if slow != nil {
		tell(slow.done, slow.all)
		select {
		case <-slow.more:
		case <-ctx.Done():
			return state.AddEvidence{}, ctx.Err()
		}
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return state.AddEvidence{}, err
	}
	return state.AddEvidence{Name: filepath.Base(path), SHA256: state.Sum(content), Size: int64(len(content))}, nil
}
