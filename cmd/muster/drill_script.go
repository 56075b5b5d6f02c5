package main

import (
	"fmt"
	"slices"
	"strings"

	"muster/runbooks"
)

// This file says which commands the script of a rehearsal may have.

// scripted are the commands that a script may have: those that record something in the
// drill and touch nothing else.
var scripted = []string{"step", "note", "input", "service", "role", "severity", "title", "amend", "mark", "retract", "undo", "notice", "check", "clock", "timer", "contact", "sitrep", "status", "drill", "close", "reopen"}

// scriptedDrill are those of muster drill.
var scriptedDrill = []string{"clock", "next", "deliver", "hold", "skip", "add", "ack", "rate", "observe", "status"}

// forbidden are flags that lead out of the rehearsal.
var forbidden = []string{"--state", "--runbooks", "--config", "--as", "--incident", "--file", "--edit", "--output"}

// allowed refuses what leads out of the rehearsal.
func allowed(args []string) error {
	if len(args) == 0 || !slices.Contains(scripted, args[0]) {
		return fmt.Errorf("a script can have the commands %s", strings.Join(scripted, ", "))
	}
	if args[0] == "drill" && (len(args) < 2 || !slices.Contains(scriptedDrill, args[1])) {
		return fmt.Errorf("of muster drill a script can have %s", strings.Join(scriptedDrill, ", "))
	}
	for _, arg := range args {
		flag, _, _ := strings.Cut(arg, "=")
		short := len(arg) > 1 && arg[0] == '-' && arg[1] != '-'
		if slices.Contains(forbidden, flag) || short && strings.ContainsAny(arg, "io") {
			return fmt.Errorf("a script cannot have %s", flag)
		}
	}
	return nil
}

// parseScript reads a script; see [runbooks.ScriptLine].
func parseScript(name string, text []byte) ([]runbooks.ScriptLine, error) {
	return runbooks.ParseScript(name, text, allowed)
}
