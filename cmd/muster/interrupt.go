package main

import (
	"context"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
)

// lent is whether the screens have lent the terminal to an editor.
var lent atomic.Bool

// interruptible ends when somebody interrupts muster. Another ctrl+c then ends what hangs,
// as it ends any program. In an editor to which the screens have lent the terminal ctrl+c is
// for the editor, as it is where a shell has started one.
func interruptible() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		for s := range signals {
			if s != os.Interrupt || !lent.Load() {
				signal.Stop(signals)
				cancel()
				return
			}
		}
	}()
	return ctx
}
