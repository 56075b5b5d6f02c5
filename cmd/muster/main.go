// Command muster walks responders through an incident, step by step, and keeps the
// incident log. See the README for how to use it, and package muster/state for
// what it keeps.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second ctrl+c ends what hangs
	os.Exit(run(ctx, newEnv(), os.Args[1:]))
}
