package main

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"muster/state"
	"muster/state/filelog"
	"muster/state/list"
)

// This file is the only one that names a concrete store.

// A fileStore is the store of incidents as a folder of files, with what only that can do.
type fileStore = filelog.Store

// followed is how far a copy has come.
type followed = filelog.Followed

// A strayedError says that the log that a copy follows is another one by now.
type strayedError = filelog.StrayedError

// store is the store of incidents.
func (e *env) store() (state.Store, error) { return e.files() }

// files is the store of incidents, with what only a folder of files can do.
func (e *env) files() (*fileStore, error) {
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

// logIn is the log file in an incident's folder; "" if there is none.
func logIn(dir string) string { return filelog.In(dir) }

// isIncidents reports whether a folder is that of an incident in a store.
func isIncidents(dir string) bool { return filelog.IsIncidents(dir) }

// reading is storeOf a file that a person named. From then on nothing is written over it.
func (e *env) reading(path string) (state.Store, error) {
	e.sources = append(e.sources, path)
	return storeOf(path)
}

// storeOf is the store of one log file, to be read; an error if it is none.
func storeOf(path string) (state.Store, error) {
	file := filelog.File(path)
	return file, notLog(path, file.Foreign())
}

// incidents are the incidents of the store, as lists show them.
func (e *env) incidents(store state.Store) list.List {
	l := list.List{Store: store, Program: version(), Now: e.now}
	if dir, err := e.stateDir(); err == nil {
		l.Dir, l.Mark, l.Copy = dir, filelog.Open(dir).Mark, filelog.Open(dir).Copy
	}
	return l
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

// readEntries reads the good entries of the log file at path in full.
func readEntries(ctx context.Context, path string) iter.Seq2[state.Entry, error] {
	return filelog.Entries(ctx, path)
}

// hasEvidence reports whether there is a folder of evidence beside the log file at path.
func hasEvidence(path string) bool { return filelog.HasEvidence(path) }

// checkEvidence says how a file of the evidence beside the log file at path is not as it
// was recorded: changed, or missing; "" if it is.
func checkEvidence(ctx context.Context, path string, sum state.Hash, size int64) (string, error) {
	beside, err := filelog.CheckEvidence(ctx, path, sum, size)
	switch beside {
	case filelog.Gone:
		return "missing", err
	case filelog.Changed:
		return "changed", err
	}
	return "", err
}

// readEvidence reads a file of the evidence beside the log file at path; nil if it is not
// there as it was recorded.
func readEvidence(path string, sum state.Hash, size int64) []byte {
	return filelog.ReadEvidence(path, sum, size)
}

// evidencePath is where a file of the evidence lies beside the log file at path.
func evidencePath(ctx context.Context, path string, sum state.Hash) string {
	return filelog.EvidencePath(ctx, path, sum)
}

// notLog adds to an error what should be given in place of a file that is no log.
func notLog(path string, err error) error {
	if errors.As(err, new(*filelog.NotLogError)) {
		return hint(fmt.Errorf("%s: %w", path, err), giveALog)
	}
	return err
}

const giveALog = "Give an incident, or the file of a log: muster export --format jsonl writes one."

// notAFile says that a folder is no log, and which file in it is one.
func notAFile(dir string) error {
	err := fmt.Errorf("%s: this is no muster log: it is a folder", dir)
	if path := filelog.In(dir); path != "" {
		return hint(err, "The log in it is %s.", path)
	}
	return hint(err, giveALog)
}
