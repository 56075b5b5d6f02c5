package filelog

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"muster/state"
	"muster/state/guard"
)

// A Single is a [state.Store] of one log file, wherever it lies: an export, or a
// copy that somebody was given. It can only be read. Evidence is looked for beside
// it, where it lies beside an incident's log.
type Single struct{ path string }

var _ state.Loader = (*Single)(nil)

// File is the store of the log file at path.
func File(path string) *Single { return &Single{path} }

// Foreign says why the file cannot be read as a log, before anybody tries: it cannot
// be opened, or is no log at all, which is a *[NotLogError].
func (s *Single) Foreign() error {
	file, _, err := s.open()
	if err != nil {
		return err
	}
	return file.Close()
}

// Verify reads the file to its end, as [Store.Verify] does an incident. A whole last line
// counts, though no newline ends it. The error is as in Foreign, or what reading failed with.
func (s *Single) Verify(ctx context.Context, see func(state.Entry)) (Report, error) {
	file, size, err := s.open()
	if err != nil {
		return Report{Path: s.path}, err
	}
	defer file.Close()
	report, chain, err := verifyFile(ctx, file, size, see)
	if err == nil {
		err = report.lastLine(chain, file, size, see)
	}
	return report, err
}

// open opens the file, if it may be a log. size is in bytes.
func (s *Single) open() (file *os.File, size int64, err error) {
	if file, err = guard.OpenItself(s.path); err != nil {
		return nil, 0, fmt.Errorf("the log cannot be read: %w", err)
	}
	info, err := file.Stat()
	if err == nil {
		size, err = info.Size(), foreign(file, info.Size())
	}
	if err != nil {
		return nil, 0, errors.Join(err, file.Close())
	}
	return file, size, nil
}

// In is the log file in a folder that is an incident's, as [Store] makes them; "" if
// there is none.
func In(dir string) string {
	path := filepath.Join(dir, logName)
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	return path
}

// IsIncidents reports whether a folder is that of an incident in a store, whichever it is:
// only the store writes there.
func IsIncidents(dir string) bool {
	above := filepath.Dir(dir)
	if filepath.Base(above) != "incidents" || In(dir) == "" {
		return false
	}
	info, err := os.Lstat(filepath.Join(filepath.Dir(above), "heads")) // not just somebody's folder of that name
	return err == nil && info.IsDir()
}

// List implements [state.Store]: the one incident is named like its file.
func (s *Single) List(context.Context) ([]string, error) { return []string{s.path}, nil }

// Create implements [state.Store]. It always fails.
func (s *Single) Create(context.Context, string, state.Line) (state.Log, error) {
	return nil, fmt.Errorf("%w: %s is a copy of a log", state.ErrReadOnly, s.path)
}

// Open implements [state.Store].
func (s *Single) Open(ctx context.Context, id string, readOnly bool) (state.Log, error) {
	return s.Load(ctx, id, readOnly, nil)
}

// Load implements [state.Loader]. A *[NotLogError] if the file is no log at all.
func (s *Single) Load(ctx context.Context, id string, _ bool, see func(e *state.Entry, more int)) (state.Log, error) {
	file, _, err := s.open()
	if err != nil {
		return nil, err
	}
	dir, name := filepath.Split(s.path)
	if dir == "" {
		dir = "."
	}
	l, err := Open(dir).newLog(id, filepath.Clean(dir), handle{file})
	if err != nil {
		return nil, err
	}
	l.name, l.watch, l.loading = name, true, true
	l.names = sync.OnceValue(func() map[state.Hash]string { return otherNames(ctx, filepath.Join(dir, "evidence")) })
	defer func() { l.loading = false }()
	l.broken = fmt.Errorf("%w: %s is read where it lies", state.ErrReadOnly, s.path)
	if err := l.load(ctx, see); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return l, nil
}
