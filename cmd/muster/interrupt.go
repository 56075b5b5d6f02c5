package main

import (
	"context"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"
)

// lent is the editor to which the screens have lent the terminal; nil if they have not.
var lent atomic.Pointer[borrower]

// A ctrl+c reaches muster on another way than the end of the editor that it ended, and may
// come after it: for so long it is still the editor's. The screens read ctrl+c as a key, so
// that nobody's is lost by it.
const lateInterrupt = time.Second

// lend says that an editor has the terminal, which end ends, until back is called.
func lend(end func()) (back func()) {
	b := &borrower{end: end}
	lent.Store(b)
	return func() { time.AfterFunc(lateInterrupt, func() { lent.CompareAndSwap(b, nil) }) }
}

// A borrower is an editor that has the terminal. What ignores ctrl+c, and hangs, would have
// it for ever: a person who presses it many times in a row means it.
type borrower struct {
	end     func() // ends the editor
	presses []time.Time
}

// A borrower is ended by so many ctrl+c within such a time: nobody who edits does that.
const (
	manyPresses = 5
	inARow      = 3 * time.Second
)

// pressed takes a ctrl+c, and ends the editor if it was one of many in a row.
func (b *borrower) pressed(at time.Time) {
	b.presses = append(b.presses, at)
	if over := len(b.presses) - manyPresses; over >= 0 && at.Sub(b.presses[over]) <= inARow {
		b.presses = nil
		b.end()
	}
}

// interruptible ends when somebody interrupts muster. Another ctrl+c then ends what hangs,
// as it ends any program. In an editor to which the screens have lent the terminal ctrl+c is
// for the editor, as it is where a shell has started one.
func interruptible() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, manyPresses)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		for s := range signals {
			if editor := lent.Load(); s == os.Interrupt && editor != nil {
				editor.pressed(time.Now())
				continue
			}
			signal.Stop(signals)
			cancel()
			return
		}
	}()
	return ctx
}
