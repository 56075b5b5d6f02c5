package main

import (
	"context"
	"errors"
	"fmt"

	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/state/session"
)

// This file opens the incident that find.go finds, and says what is wrong with its log.

// open opens the incident that is meant. With watch nothing is written, and a log
// file can be named instead.
func (e *env) open(ctx context.Context, part string, watch bool) (*session.Session, error) {
	return e.openAs(ctx, part, watch, asItLies)
}

// openAs is open, with the log loaded as by what is made of its store.
func (e *env) openAs(ctx context.Context, part string, watch bool, as func(state.Store) state.Store) (*session.Session, error) {
	if is, err := e.isFile(part); watch && is || err != nil {
		return e.openFile(ctx, part, as, err)
	}
	store, err := e.store()
	if err != nil {
		return nil, err
	}
	find := e.find
	if watch || part != "" {
		find = e.findLog
	}
	id, err := find(ctx, store, part)
	if err != nil {
		return nil, err
	}
	if !watch && e.reads() {
		return nil, errObserves
	}
	s, err := session.Open(ctx, as(store), id, watch, e.session())
	if err != nil {
		return nil, fmt.Errorf("incident %s: %w", id, err)
	}
	e.warn(s)
	if err := e.playerMay(s.Incident()); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	if !watch {
		if err := e.who(s); err != nil {
			return nil, errors.Join(err, s.Close())
		}
		if err := recordMissed(ctx, e, s); err != nil {
			return nil, errors.Join(fmt.Errorf("incident %s: %w", id, err), s.Close())
		}
	}
	return s, nil
}

// openFile opens a log file, to be read.
func (e *env) openFile(ctx context.Context, path string, as func(state.Store) state.Store, err error) (*session.Session, error) {
	if err != nil {
		return nil, err
	}
	store, err := e.reading(path)
	if err != nil {
		return nil, err
	}
	s, err := session.Open(ctx, as(store), path, true, e.sessionOf("nobody"))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	e.warn(s)
	return s, nil
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

// recordMissed records of each clock whose time has passed that it did. If the log is
// not writable, that is others' to say.
func recordMissed(ctx context.Context, e *env, s *session.Session) error {
	if s.Writable() != nil {
		return nil
	}
	return response.RecordMissed(ctx, s, e.now())
}

// lookAt opens the incident that is meant, to read it.
func lookAt(ctx context.Context, e *env, id string, show func(*state.Incident) error) error {
	s, err := e.open(ctx, id, true)
	if err != nil {
		return err
	}
	defer s.Close()
	return show(s.Incident())
}
