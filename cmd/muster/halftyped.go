package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"muster/state/clean"
	"muster/state/guard"
	"muster/tui"
)

// This file keeps what somebody was typing when the screens were ended from outside: the
// line broke, the machine is shut down. It lies in files of their own below the state
// directory, since nobody said that it is to be recorded, and is shown once when the
// screens are opened again.

// typedDir is the folder of what was being typed.
func typedDir(e *env) (string, error) {
	dir, err := e.stateDir()
	return filepath.Join(dir, "typed"), err
}

// keepTyped keeps texts in a file, and says where; nothing if there are none.
func keepTyped(e *env, texts []string) error {
	if len(texts) == 0 {
		return nil
	}
	text := strings.Join(texts, "\n")
	dir, err := typedDir(e)
	if err == nil {
		err = os.MkdirAll(dir, 0o700)
	}
	var file *os.File
	if err == nil {
		file, err = os.CreateTemp(dir, e.now().UTC().Format("2006-01-02-150405")+"-*.txt") // 0600
	}
	if err == nil {
		_, err = file.WriteString(text + "\n")
		err = errors.Join(err, file.Sync(), file.Close())
	}
	if err != nil {
		return fmt.Errorf("TYPED AND NOT SAVED, copy it from here:\n  %s\nit could not be kept: %w", clean.Text(text), err)
	}
	fmt.Fprintf(e.err, "muster: what was being typed is recorded nowhere. It is kept in %s, and shown when muster is opened again.\n", clean.Line(file.Name()))
	return nil
}

// seenTyped begins the names of files that have been shown.
const seenTyped = "seen-"

// maxTyped is how many bytes of a file are shown.
const maxTyped = 4096

// remindOfTyped has the screens begin with what was being typed when they were ended
// last. The files stay, under another name.
func remindOfTyped(e *env, app *tui.App) {
	dir, err := typedDir(e)
	if err != nil {
		return
	}
	files, _ := filepath.Glob(filepath.Join(dir, "2*.txt"))
	var all []string
	for _, path := range files {
		text, err := guard.Read(path, maxTyped) // a pipe is not waited for
		if err != nil {
			continue
		}
		seen := filepath.Join(dir, seenTyped+filepath.Base(path))
		if os.Rename(path, seen) != nil {
			seen = path
		}
		all = append(all, fmt.Sprintf("%s\n\nIt is kept in %s; delete it there.", strings.TrimSpace(string(text)), seen))
	}
	if len(all) > 0 {
		app.Remind("Typed, and recorded nowhere", strings.Join(all, "\n\n"))
	}
}
