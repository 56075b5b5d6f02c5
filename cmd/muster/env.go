package main

import "context"

// An env is what a command is given of one run of the program: the process around it
// and, once read, the configuration. What it opens is in library.go, session.go and
// wire.go, what it prints in print.go. It knows no command.
type env struct {
	settings
}

func newEnv() *env { return &env{settings{process: newProcess()}} }

// A wholeRun is the whole program: it does what the arguments say and returns the exit
// code. A rehearsal is given it, to play the lines of its script.
type wholeRun func(ctx context.Context, e *env, args []string) int
