package filelog

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"muster/state"
)

// A Single is a [state.Store] of one log file, wherever it lies: an export, or a
// copy that somebody was given. It can only be read. Evidence is looked for beside
// it, where it lies beside an incident's log.
type Single struct{ path string }

var _ state.Loader = (*Single)(nil)

// File is the store of the log file at path.
func File(path string) *Single { return &Single{path} }

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

// Load implements [state.Loader].
func (s *Single) Load(ctx context.Context, id string, _ bool, see func(e *state.Entry, more int)) (state.Log, error) {
	file, err := os.Open(s.path)
	if err != nil {
		return nil, fmt.Errorf("the log cannot be read: %w", err)
	}
	dir, name := filepath.Split(s.path)
	if dir == "" {
		dir = "."
	}
	l, err := Open(dir).newLog(id, filepath.Clean(dir), file)
	if err != nil {
		return nil, err
	}
	l.name, l.watch, l.loading = name, true, true
	defer func() { l.loading = false }()
	l.broken = fmt.Errorf("%w: %s is read where it lies", state.ErrReadOnly, s.path)
	if err := l.load(ctx, see); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return l, nil
}
