package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"muster/state"
	"muster/state/clean"
	"muster/state/guard"
	"muster/state/list"
)

// This file finds the incident that is meant. session.go opens it.

// A noneOpen is that no incident is open, and which there are.
type noneOpen []string

func (n noneOpen) Error() string { return "no incident is open" }

// findLog is find where a file may be meant. What names no incident, but a folder, is
// said to be one. The only incident there is can be read when it is closed, too: after
// the closing come the report and the check.
func (e *env) findLog(ctx context.Context, store state.Store, what string) (string, error) {
	id, err := e.find(ctx, store, what)
	var closed noneOpen
	if what == "" && errors.As(err, &closed) && len(closed) == 1 {
		return closed[0], nil
	}
	if err != nil && what != "" && e.visit == nil {
		if info, statErr := os.Stat(what); statErr == nil && info.IsDir() {
			return "", notAFile(what)
		}
		return "", e.orFile(err, what)
	}
	return id, err
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
	found, unread, err := list.Open(ctx, store, ids)
	if err != nil {
		return "", err
	}
	for _, row := range unread {
		fmt.Fprintln(e.err, "muster: "+clean.Line(fmt.Sprintf("%s cannot be read: %v", row.ID, row.Err)))
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		if len(unread) > 0 {
			return "", hint(errors.New("no incident that can be read is open"), "It may be one that cannot: see above what is wrong with it, and muster help rescue.")
		}
		return "", hint(noneOpen(ids), "Name a closed one: %s.", strings.Join(ids[max(0, len(ids)-5):], ", "))
	}
	return "", hint(fmt.Errorf("%d incidents are open: %s", len(found), strings.Join(found, ", ")), "Name one, with any part of its id, or set MUSTER_INCIDENT.")
}

// isFile reports whether what names a file, and not a part of an incident's id: a path
// has a separator or a dot, which no id has. The error says why it is none.
func (s *settings) isFile(what string) (bool, error) {
	if !isPath(what) {
		return false, nil
	}
	if err := s.away(); err != nil {
		return false, err
	}
	info, err := os.Stat(what)
	switch {
	case err != nil:
		return false, guard.Say(what, err)
	case info.IsDir():
		return false, notAFile(what)
	}
	file, err := guard.Open(what)
	if err != nil {
		return false, err
	}
	return true, file.Close()
}
