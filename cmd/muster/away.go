package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
)

// This file says what is not done over SSH.

// notOverSSH are the commands that a visitor is refused, each with the way to do it.
var notOverSSH = map[string]string{
	"serve":             "Start it on the machine itself.",
	"rescue":            "It is done on the machine that serves.",
	"init":              "The organisation is set down on the machine that serves.",
	"runbook new":       "Write it at your own machine.",
	"runbook lint":      "Check it at your own machine.",
	"organisation lint": "Check it at your own machine.",
	"form lint":         "Check it at your own machine.",
	"drill lint":        "Check it at your own machine.",
	"drill import":      "Import it at your own machine.",
	"drill rehearse":    "Rehearse it at your own machine.",
	"copy":              "Copy from your own machine: muster copy ssh://HOST/INCIDENT",
	"branch":            "A copy is on your own machine: go on in it there.",
	"merge":             "It is done on the machine that serves; send the branch there by any way.",
	"people remove":     "It is done on the machine that serves: people who are in cannot put each other out.",
}

// foreseeing are the commands that tell what a drill is still to bring.
const foreseeing = "export, copy feed, prove, certify, drill, drill status, drill report, drill run, review"

// scenarioShows are the commands that tell of scenarios, whether they are played yet or not.
const scenarioShows = "drill show, drill list"

// hostFlags are the flags by which a command would reach the machine's own files.
const hostFlags = "state runbooks config any-filesystem key signers signature stamp tsa tsa-ca add request script output out force"

// visitorMay refuses a visitor what is not theirs to do over SSH.
func visitorMay(e *env, cmd *cobra.Command) error {
	if e.visit == nil {
		return nil
	}
	path := wordsOf(cmd)
	e.visit.command = path
	if strings.HasPrefix(path, cobra.ShellCompRequestCmd) { // it takes the flags of what it completes, unseen
		return hint(errors.New("commands are not completed over SSH"), "muster help lists them.")
	}
	if way, is := notOverSSH[path]; is {
		return hint(fmt.Errorf("muster %s is not done over SSH", path), "%s", way)
	}
	if isListed(scenarioShows, path) && !e.foresees() {
		return errScenario
	}
	var wrong error
	cmd.Flags().Visit(func(f *pflag.Flag) {
		switch {
		case wrong != nil:
		case slices.Contains(strings.Fields(hostFlags), f.Name) && f.Value.String() != "-":
			wrong = hint(fmt.Errorf("--%s is not taken over SSH: it means the machine that serves", f.Name), "Leave it out; what is printed can be kept: ssh … > FILE.")
		case f.Name == "as" && !runbooks.SameName(f.Value.String(), e.visit.Person.Name):
			wrong = hint(fmt.Errorf("the key of this connection is %s's", clean.Line(e.visit.Person.Name)), "Everybody connects with a key of their own.")
		case f.Name == "file" && f.Value.String() != "-":
			wrong = errAway
		}
	})
	return wrong
}

// noConfig is for commands that work whatever the configuration says: those one
// mends it by. What a visitor may not do stays so.
func (e *env) noConfig(cmd *cobra.Command, _ []string) error { return visitorMay(e, cmd) }

// playerMay refuses a visitor who plays a drill what tells what is to come.
func (e *env) playerMay(inc *state.Incident) error {
	if !e.plays(inc) {
		return nil
	}
	if isListed(foreseeing, e.visit.command) {
		return errPlays
	}
	return nil
}

// isListed reports whether a command is one of a list.
func isListed(list, command string) bool {
	return slices.Contains(strings.Split(list, ", "), command)
}

// foresees reports whether who asks may know what a drill could bring: whoever sits at the
// machine itself can read its files.
func (p *process) foresees() bool { return p.visit == nil || p.visit.Person.Access.Foresees() }

// plays reports whether a visitor plays this drill, and is not to know what is to come.
func (e *env) plays(inc *state.Incident) bool {
	return !e.foresees() && inc.Mode == state.Drill && inc.Closed == nil
}

var errPlays = hint(errors.New("you play this drill: what it is still to bring is not shown before it is closed"), "muster status and muster log say what has happened.")

var errLeads = hint(errors.New("you play this drill: that is for who leads it"), "A message that came is answered with muster drill ack.")

var errScenario = hint(errors.New("a scenario is not shown to those who may be about to play it"), "It is for facilitators and evaluators: have whoever serves give your key another role.")
