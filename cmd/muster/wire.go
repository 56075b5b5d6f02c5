package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/filelog"
	"muster/state/session"
)

// This file is the only one that names a concrete store.

// store is the store of incidents.
func (e *env) store() (state.Store, error) {
	dir, err := e.stateDir()
	if err != nil {
		return nil, err
	}
	store := filelog.Open(dir)
	if e.flags.anyDisk || e.config.AnyDisk {
		store.OnAny()
	}
	return store, nil
}

// storeAt is the store of incidents below another folder.
func storeAt(dir string) state.Store { return filelog.Open(dir) }

// storeOf is the store of one log file, to be read; an error if it is none.
func storeOf(path string) (state.Store, error) {
	file := filelog.File(path)
	return file, notLog(path, file.Foreign())
}

// markOf is how an incident's log looks; zeros if it cannot be seen.
func (e *env) markOf(id string) (mark logMark) {
	if dir, err := e.stateDir(); err == nil {
		mark.Size, mark.Changed = filelog.Open(dir).Mark(id)
	}
	return mark
}

// verifyLog reads a log to its end: that of an incident, by its id, or a file.
func (e *env) verifyLog(ctx context.Context, id, file string, see func(state.Entry)) (filelog.Report, error) {
	if file != "" {
		report, err := filelog.File(file).Verify(ctx, see)
		return report, notLog(file, err)
	}
	dir, err := e.stateDir()
	if err != nil {
		return filelog.Report{}, err
	}
	return filelog.Open(dir).Verify(ctx, id, see)
}

// notLog adds to an error what should be given in place of a file that is no log.
func notLog(path string, err error) error {
	if errors.As(err, new(*filelog.NotLogError)) {
		return hint(fmt.Errorf("%s: %w", path, err), giveALog)
	}
	return err
}

const giveALog = "Give an incident, or the file of a log: muster export --format jsonl writes one."

// findLog is find where a file may be meant. What names no incident, but a folder, is
// said to be one.
func (e *env) findLog(ctx context.Context, store state.Store, what string) (string, error) {
	id, err := e.find(ctx, store, what)
	if err != nil && what != "" {
		switch info, statErr := os.Stat(what); {
		case statErr == nil && info.IsDir():
			return "", notAFile(what)
		case statErr == nil:
			return "", hint(err, "If you mean the file of that name here, give it as a path: .%c%s", filepath.Separator, what)
		}
	}
	return id, err
}

// notAFile says that a folder is no log, and which file in it is one.
func notAFile(dir string) error {
	err := fmt.Errorf("%s: this is no muster log: it is a folder", dir)
	if path := filelog.In(dir); path != "" {
		return hint(err, "The log in it is %s.", path)
	}
	return hint(err, giveALog)
}

// library is the layered library: built in, the person's own, --runbooks.
func (e *env) library() *runbooks.Library {
	layers := []runbooks.Layer{runbooks.Builtin()}
	own := e.config.Runbooks
	if own == "" && e.configDir() != "" {
		own = filepath.Join(e.configDir(), "runbooks")
	}
	if own != "" {
		layers = append(layers, runbooks.Layer{Name: "yours", FS: os.DirFS(own), Dir: own})
	}
	if dir := e.flags.runbooks; dir != "" {
		layers = append(layers, runbooks.Layer{Name: dir, FS: os.DirFS(dir), Dir: dir})
	}
	return runbooks.Open(layers...)
}

// find is the id of the incident that is meant: by argument, --incident,
// MUSTER_INCIDENT, or the only one that is open.
func (e *env) find(ctx context.Context, store state.Store, part string) (string, error) {
	for _, given := range []string{e.flags.incident, e.getenv("MUSTER_INCIDENT")} {
		if part == "" {
			part = given
		}
	}
	ids, err := store.List(ctx)
	if err != nil {
		return "", err
	}
	if len(ids) == 0 {
		return "", hint(errors.New("there is no incident"), "Start one: muster start RUNBOOK; muster runbook list shows them.")
	}
	if part == "" {
		return e.onlyOpen(ctx, store, ids)
	}
	all := make([]state.Named, len(ids))
	for i, id := range ids { // the newest first, if not all are listed
		all[len(ids)-1-i] = state.Named{ID: id}
	}
	return state.FindAmong(state.NounIncident, part, all)
}

// onlyOpen is the id of the only open incident. One that cannot be read at all may
// be the one that is meant, so that it is never passed over in silence.
func (e *env) onlyOpen(ctx context.Context, store state.Store, ids []string) (string, error) {
	var found, unread []string
	// The logs themselves say which incidents are open: what a list has kept decides
	// nothing that is written.
	maybe := slices.Clone(ids)
	if logs, ok := store.(interface{ Ended(id string) bool }); ok {
		maybe = slices.DeleteFunc(maybe, logs.Ended)
	}
	heads := make([]listed, len(maybe))
	each(len(maybe), func(i int) {
		if ctx.Err() == nil {
			heads[i] = incidentHead(ctx, store, maybe[i])
		}
	})
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	for _, head := range heads {
		switch {
		case head.Head == nil:
			unread = append(unread, fmt.Sprintf("%s cannot be read: %v", head.ID, head.err))
		case head.Closed == nil:
			found = append(found, head.ID)
		}
	}
	for _, problem := range unread {
		fmt.Fprintln(e.err, "muster: "+clean.Line(problem))
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", hint(errors.New("no incident is open"), "Name a closed one: %s.", strings.Join(ids[max(0, len(ids)-5):], ", "))
	}
	return "", hint(fmt.Errorf("%d incidents are open: %s", len(found), strings.Join(found, ", ")), "Name one, with any part of its id, or set MUSTER_INCIDENT.")
}

// read is an incident as far as its log can be read; nil if no entry can.
func read(ctx context.Context, store state.Store, id string) (*state.Incident, error) {
	log, incident, err := state.Load(ctx, store, id, true)
	if log == nil {
		return nil, err
	}
	defer log.Close()
	if len(incident.Log) > 0 {
		return incident, err
	}
	if err == nil {
		err = errors.New("its log is empty")
	}
	return nil, err
}

// open opens the incident that is meant. With watch nothing is written, and a log
// file can be named instead.
func (e *env) open(ctx context.Context, part string, watch bool) (*session.Session, error) {
	if is, err := isFile(part); watch && is || err != nil {
		return e.openFile(ctx, part, err)
	}
	store, err := e.store()
	if err != nil {
		return nil, err
	}
	id, err := e.findLog(ctx, store, part)
	if err != nil {
		return nil, err
	}
	config := e.sessionOf("nobody")
	if !watch {
		if config, err = e.session(); err != nil {
			return nil, err
		}
	}
	s, err := session.Open(ctx, store, id, watch, config)
	if err != nil {
		return nil, fmt.Errorf("incident %s: %w", id, err)
	}
	e.warn(s)
	if !watch {
		if err := recordMissed(ctx, e, s); err != nil {
			return nil, errors.Join(fmt.Errorf("incident %s: %w", id, err), s.Close())
		}
	}
	return s, nil
}

// openFile opens a log file, to be read.
func (e *env) openFile(ctx context.Context, path string, err error) (*session.Session, error) {
	if err != nil {
		return nil, err
	}
	store, err := storeOf(path)
	if err != nil {
		return nil, err
	}
	s, err := session.Open(ctx, store, path, true, e.sessionOf("nobody"))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	e.warn(s)
	return s, nil
}

// isFile reports whether what names a file, and not a part of an incident's id: a path
// has a separator or a dot, which no id has. The error says why it is none.
func isFile(what string) (bool, error) {
	if !strings.ContainsRune(what, filepath.Separator) && !strings.ContainsAny(what, "./") {
		return false, nil
	}
	switch info, err := os.Stat(what); {
	case err != nil:
		return false, err
	case info.IsDir():
		return false, notAFile(what)
	case !info.Mode().IsRegular():
		return false, fmt.Errorf("%s is not a plain file", what)
	}
	return true, nil
}

// warn says on standard error what is wrong with a log that was opened.
func (e *env) warn(s *session.Session) {
	var damage *state.Damage
	if errors.As(s.Writable(), &damage) {
		word := "is damaged"
		if damage.Newer {
			word = "goes on in a newer form"
		}
		fmt.Fprintf(e.err, "muster: the log of %s %s at line %d: %s\n  What stands before it is shown; nothing can be recorded. See muster verify.\n",
			clean.Line(s.Incident().ID), word, damage.Line, clean.Line(damage.What))
		return
	}
	if mended := s.Mended(); mended != nil {
		fmt.Fprintf(e.err, "muster: the log ended in a write that was never acknowledged: %d bytes, kept in %s\n", mended.Bytes, clean.Line(mended.Kept))
	}
	if head, kept := s.Hint(); !kept {
		fmt.Fprintf(e.err, "muster: ENTRIES ARE MISSING: the log of %s once went up to entry %d, head %s\n", clean.Line(s.Incident().ID), head.Seq, head.Hash.Code())
	}
}

// source is the runbook that is meant: an id of the library, or a file.
func (e *env) source(id string) (*runbooks.Source, error) {
	if strings.HasSuffix(id, ".toml") || strings.ContainsRune(id, filepath.Separator) {
		return readRunbook(id)
	}
	source, _, err := e.library().Load(id)
	return source, err
}
