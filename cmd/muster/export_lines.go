package main

import (
	"context"
	"runtime/debug"

	"muster/state"
	"muster/state/export"
)

// asItLies is the store as it is, and asLines one of which only the lines of a log are wanted.
func asItLies(store state.Store) state.Store { return store }

// manyEntries is from how many on a log is so large that what is written of it should not take
// as much memory again.
const manyEntries = 100_000

// sparing has garbage collected early while a long log is written out: it is all in memory, and
// what writing it leaves is little against it. A csv leaves least, and may leave more of it. It
// returns what ends that.
func sparing(format export.Format, entries int) func() {
	if entries < manyEntries {
		return func() {}
	}
	percent := 4
	if format == export.CSV {
		percent = 8
	}
	percent = debug.SetGCPercent(percent)
	return func() { debug.SetGCPercent(percent) }
}

// asRead is one whose logs nobody writes again: what only their lines need is not kept.
func asRead(store state.Store) state.Store {
	if loader, can := store.(state.Loader); can {
		return readOnce{store, loader}
	}
	return store
}

type readOnce struct {
	state.Store
	loader state.Loader
}

var _ state.Loader = readOnce{}

// Load implements [state.Loader].
func (s readOnce) Load(ctx context.Context, id string, readOnly bool, see func(e *state.Entry, more int)) (state.Log, error) {
	var read state.Entry
	return s.loader.Load(ctx, id, readOnly, func(e *state.Entry, more int) {
		read = *e
		read.Sealing = nil
		see(&read, more)
	})
}

func asLines(store state.Store) state.Store {
	if loader, can := store.(state.Loader); can {
		return openingOnly{store, loader}
	}
	return store
}

// openingOnly is a store whose logs are verified to their end as they are loaded, and of
// which only the first entry is read.
type openingOnly struct {
	state.Store
	loader state.Loader
}

var _ state.Loader = openingOnly{}

// Load implements [state.Loader].
func (s openingOnly) Load(ctx context.Context, id string, readOnly bool, see func(e *state.Entry, more int)) (state.Log, error) {
	log, err := s.loader.Load(ctx, id, readOnly, nil)
	if err != nil {
		return log, err
	}
	for e, err := range log.Entries(ctx, 0) {
		if err == nil {
			see(&e, 0)
		}
		break // what is wrong with the log, it says itself
	}
	return log, nil
}
