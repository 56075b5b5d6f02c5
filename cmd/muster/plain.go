package main

import (
	"errors"
	"runtime"
)

// This file is the screens line by line.

// byLine reports whether they are wanted so, or can be had in no other way.
func (s *settings) byLine() bool {
	return s.flags.plain || s.config.Plain || s.getenv("MUSTER_PLAIN") == "1" || s.terminal && movesNoCursor(s.getenv)
}

// movesNoCursor reports whether the terminal is one of which nothing is known, by its name: it
// may have no screen. On Windows no terminal has a name.
func movesNoCursor(getenv func(string) string) bool {
	switch getenv("TERM") {
	case "dumb", "unknown", "network", "dialup":
		return true
	case "":
		return runtime.GOOS != "windows"
	}
	return false
}

// needTerminal refuses to show screens where there is no terminal.
func (s *settings) needTerminal(instead string) error {
	if s.terminal || s.byLine() {
		return nil
	}
	p := &s.process
	if p.visit != nil {
		instead = "Have ssh bring one: ssh -t. " + instead
	}
	return usage(hint(errors.New("this needs a terminal, and there is none"), "%s Or have it line by line: --plain.", instead))
}
