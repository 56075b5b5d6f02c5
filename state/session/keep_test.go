package session_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"muster/state"
	"muster/state/statetest"
)

// A stalled store's logs take evidence only when they are let.
type stalled struct {
	state.Store
	begun, let chan struct{}
}

func (s stalled) Create(ctx context.Context, id string, first state.Line) (state.Log, error) {
	log, err := s.Store.Create(ctx, id, first)
	return stalledLog{log, s}, err
}

type stalledLog struct {
	state.Log
	of stalled
}

func (l stalledLog) PutEvidence(ctx context.Context, content io.Reader) (state.Hash, int64, error) {
	l.of.begun <- struct{}{}
	<-l.of.let
	return l.Log.PutEvidence(ctx, content)
}

// TestCopyingHoldsNobodyUp: while a file is copied that does not answer, notes are
// recorded; the copying can be ended at once, and nothing is attached then.
func TestCopyingHoldsNobodyUp(t *testing.T) {
	store := stalled{statetest.NewMem(), make(chan struct{}), make(chan struct{})}
	s := start(t, store, newHand())
	photo := filepath.Join(t.TempDir(), "photo.txt")
	must(t, os.WriteFile(photo, []byte("a picture"), 0o600))
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { _, err := s.Keep(ctx, photo, nil); ended <- err }()
	<-store.begun
	note(t, s, "recorded meanwhile")
	end()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("ended, it says %v", err)
	}
	// Left alone, it comes to its end, and tells how far it is.
	far := int64(0)
	go func() {
		_, err := s.Keep(t.Context(), photo, func(done, all int64) { far = done * 100 / all })
		ended <- err
	}()
	<-store.begun
	close(store.let)
	if err := <-ended; err != nil || far != 100 {
		t.Errorf("at the end: %d %%, %v", far, err)
	}
}
