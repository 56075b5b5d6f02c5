package main

import (
	"context"

	"muster/state"
)

// asItLies is the store as it is, and asLines one of which only the lines of a log are wanted.
func asItLies(store state.Store) state.Store { return store }

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
