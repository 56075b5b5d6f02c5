package main

import (
	"testing"
	"testing/synctest"
	"time"
)

// TestLateInterruptIsTheEditors: a ctrl+c of which muster hears only after the editor has
// ended by it does not end muster; a later one does.
func TestLateInterruptIsTheEditors(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		back := lend(func() {})
		back()
		if synctest.Wait(); lent.Load() == nil {
			t.Error("the editor's ctrl+c would end muster")
		}
		time.Sleep(lateInterrupt)
		if synctest.Wait(); lent.Load() != nil {
			t.Error("ctrl+c would never end muster again")
		}
	})
}

// TestManyInterruptsEndAnEditor: ctrl+c many times in a row ends an editor, and never one
// now and then.
func TestManyInterruptsEndAnEditor(t *testing.T) {
	for _, c := range []struct {
		every time.Duration
		times int
		ended int
	}{
		{100 * time.Millisecond, manyPresses - 1, 0}, {100 * time.Millisecond, manyPresses, 1}, {100 * time.Millisecond, 2 * manyPresses, 2},
		{time.Second, 100, 0}, {time.Minute, 100, 0},
	} {
		ended, at := 0, time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
		b := borrower{end: func() { ended++ }}
		for range c.times {
			at = at.Add(c.every)
			b.pressed(at)
		}
		if ended != c.ended {
			t.Errorf("%d ctrl+c, one every %v: ended %d times, want %d", c.times, c.every, ended, c.ended)
		}
	}
}
