package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"

	"muster/state/clean"
	"muster/state/guard"
)

// This file writes the files that a person names, and nothing where incidents lie.

// writeFile writes all of data or nothing; see writeFileBy.
func writeFile(e *env, path string, data []byte, force bool) error {
	return writeFileBy(e, path, force, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// writeFileBy writes all that write does or nothing, to a file that a person named; see
// [guard.Target].
func writeFileBy(e *env, path string, force bool, write func(io.Writer) error) error {
	if err := e.away(); err != nil {
		return err
	}
	err := target(e, force).Write(path, write)
	if err == nil {
		e.wrote = append(e.wrote, path)
	}
	return sayGuard(err)
}

// sayWritten adds to an error of standard output which files were written all the same.
func (e *env) sayWritten(err error) error {
	var path *fs.PathError
	if len(e.wrote) == 0 || errors.As(err, new(hintError)) || !errors.As(err, &path) || path.Path != os.Stdout.Name() {
		return err
	}
	return hint(err, "Written all the same: %s", clean.Line(strings.Join(e.wrote, ", ")))
}

// makeFolder makes a folder for a file that a person named.
func makeFolder(e *env, dir string) error {
	if err := e.away(); err != nil {
		return err
	}
	return sayGuard(target(e, false).Folder(dir))
}

// target is what may be written: nothing where the incidents are.
func target(e *env, force bool) guard.Target {
	t := guard.Target{Replace: force, Sources: e.sources, Store: isIncidents}
	if dir, err := e.stateDir(); err == nil {
		t.Keep = []string{dir}
	}
	return t
}

// sayGuard adds to an error of package guard what to do.
func sayGuard(err error) error {
	switch {
	case errors.Is(err, guard.ErrThere):
		return hint(err, "Choose another name, or replace it with --force.")
	case errors.Is(err, guard.ErrKept), errors.Is(err, guard.ErrSource), errors.Is(err, guard.ErrLink), errors.Is(err, guard.ErrNotPlain):
		return hint(err, "Choose another name.")
	}
	return err
}
