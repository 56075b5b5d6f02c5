package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"muster/state"
)

// This file opens the log that a copy follows, or that is merged: a file, or the folder of
// an incident, wherever it lies.

// A source is another log, open to be read.
type source struct {
	name string // as the log and the copy will name it
	log  state.Log
	inc  *state.Incident
	// evidence opens a file that lies beside it; state.ErrNoFile if it does not.
	evidence func(ctx context.Context, sum state.Hash) (io.ReadCloser, error)
	close    func() error
}

// pathOf is the file that a person means, who names a file or an incident's folder.
func (e *env) pathOf(what string) (string, error) {
	if err := e.away(); err != nil {
		return "", err
	}
	path, err := filepath.Abs(what)
	if err != nil {
		return "", err
	}
	info, err := os.Lstat(path)
	if err != nil || !info.IsDir() {
		return path, nil // what is wrong with it is said by whoever opens it
	}
	if file := logIn(path); file != "" {
		return file, nil
	}
	return "", hint(fmt.Errorf("%s: there is no log in this folder", what), "Give the folder of an incident, in which log.jsonl lies, or the file of a log.")
}

// openFileSource opens the log at path, by a name.
func openFileSource(ctx context.Context, path, name string) (*source, error) {
	store, err := storeOf(path)
	if err != nil {
		return nil, err
	}
	log, inc, err := state.Load(ctx, store, path, true)
	if err != nil {
		if log != nil {
			err = errors.Join(err, log.Close())
		}
		return nil, sourceDamaged(name, err)
	}
	return &source{name: name, log: log, inc: inc, evidence: log.Evidence, close: log.Close}, nil
}

// sourceDamaged says that a log is not as it was written.
func sourceDamaged(name string, err error) error {
	var damage *state.Damage
	if errors.As(err, &damage) {
		return hint(fmt.Errorf("%s is damaged at line %d: %s", name, damage.Line, damage.What), "See muster verify, and ask for the file as it was.")
	}
	return fmt.Errorf("%s: %w", name, err)
}
