package main

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"muster/state"
	"muster/state/filelog"
	"muster/state/session"
	"muster/state/statetest"
)

// TestCopyTellsWhatItLacks: while a log is followed, a file that the source does not give is
// named, once; what went wrong is said, and nothing after the end.
func TestCopyTellsWhatItLacks(t *testing.T) {
	var said strings.Builder
	c := &copier{env: &env{settings{process: process{err: &said}}}}
	c.lack(nil)
	c.lack([]string{"aa"})
	c.lack([]string{"aa", "bb"})
	for _, sum := range []string{"aa", "bb"} {
		if strings.Count(said.String(), "sha256 "+sum) != 1 {
			t.Errorf("of %s it says %q", sum, said.String())
		}
	}
	ctx, end := context.WithCancel(t.Context())
	c.warn(ctx, nil)
	c.warn(ctx, errors.New("the disk is full\x1b[2J"))
	end()
	c.warn(ctx, errors.New("gone"))
	if got := said.String(); !strings.Contains(got, "muster: of the copy: the disk is full␛[2J\n") || strings.Contains(got, "gone") {
		t.Errorf("it says %q", got)
	}
}

// A setClock shows the time that it is set to.
type setClock struct {
	session.Clock
	now *time.Time
}

func (c setClock) Now() time.Time { return *c.now }

// TestCopyHeardLast: a source that is there and has nothing new was heard, and the copy says
// so, from time to time.
func TestCopyHeardLast(t *testing.T) {
	store := filelog.Open(t.TempDir())
	line := statetest.Opening("2026-11-24-amber-heron")
	source := func(yield func([]byte, error) bool) { yield(line.Bytes, nil) }
	began := time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	id, _, err := store.Follow(t.Context(), "", state.Copy{Source: "there", Heard: began}, source, true, nil)
	if err != nil {
		t.Fatal(err)
	}
	now := began
	c := &copier{env: &env{settings{process: process{clock: setClock{now: &now}}}}, store: store, noted: began}
	for after, want := range map[time.Duration]time.Duration{time.Second: 0, copySilence: copySilence} {
		now = began.Add(after)
		c.unchanged(t.Context(), id)
		if got, is := store.Copy(id); !is || !got.Heard.Equal(began.Add(want)) || !c.heard.Equal(now) || got.Source != "there" {
			t.Errorf("after %s the copy says %+v", after, got)
		}
		c.noted = began
		if err := store.SetCopy(id, state.Copy{Source: "there", Heard: began}); err != nil {
			t.Fatal(err)
		}
	}
}
