package main

import (
	"context"
	"fmt"
	"slices"

	"charm.land/ssh"

	"muster/state/serve"
)

// This file is one visit over SSH: the whole program, as somebody sees it who sits
// elsewhere.

// serveVisit is what one visit does; it returns the exit code.
func serveVisit(ctx context.Context, host *env, v *serve.Visit, run wholeRun) int {
	e := visitEnv(host, v)
	if len(v.Args) > 0 && slices.Contains([]string{"scp", "rsync", "sftp", "sftp-server"}, v.Args[0]) { // else its flags are what is told to be wrong
		fmt.Fprintln(e.err, sayError(hint(fmt.Errorf("%s copies no files here", v.Args[0]), "By command they come and go: evidence get SHA > FILE, evidence --name NAME < FILE, export --format html > FILE.")))
		return exitUsage
	}
	return run(ctx, e, v.Args)
}

// visitEnv is the program around one visit: the host's incidents and configuration, the
// visitor's terminal and name.
func visitEnv(host *env, v *serve.Visit) *env {
	p := host.process
	p.in, p.out, p.err = v.In, v.Out, v.Err
	if v.Terminal {
		p.out, p.err = ssh.NewPtyWriter(v.Out), ssh.NewPtyWriter(v.Err)
	}
	p.terminal, p.watched, p.hasTerminal = v.Terminal, v.Terminal, false
	state, _ := host.stateDir()
	p.getenv = func(name string) string {
		switch name {
		case "MUSTER_STATE":
			return state
		case "HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME":
			return host.getenv(name)
		}
		return v.Environ[name]
	}
	e := &env{settings{process: p}}
	e.visit = &visiting{Visit: v}
	e.flags.config, e.flags.runbooks, e.flags.anyDisk = host.flags.config, host.flags.runbooks, host.flags.anyDisk
	return e
}
