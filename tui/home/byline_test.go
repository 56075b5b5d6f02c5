package home_test

import (
	"testing"

	"muster/tui/tuitest"
)

// TestHomeIsSaid: line by line, incidents stand before runbooks, each with what stands at
// its right; a number goes to one, and “open” and a number opens it.
func TestHomeIsSaid(t *testing.T) {
	tuitest.Sayings(t, tuitest.IMO, []tuitest.Saying{
		{Name: "the list", Lines: "back", Want: []string{"Screen: home: 1 incident, 1 runbook.\n", "Open incidents\n1. incident amber-heron  Website down; SEV1, 0/4, just now (you are here)\n",
			"Runbooks\n2. runbook Attack on a shipping organisation, imo; SEV1, built in\n", "2026-11-24-amber-heron: Website down. Runbook: Attack on a shipping organisation. Opened 2026-11-24 02:31, 1 entry, 0 of 4 steps done."}},
		{Name: "a runbook", Lines: "back|2", Want: []string{"On: runbook Attack on a shipping organisation, imo; SEV1, built in.\n"}},
		{Name: "opened", Lines: "back|open 1", Want: []string{"LIVE 2026-11-24-amber-heron; SEV1; Website down; open for 00:00:00; nobody commands; ", "Screen: run: the steps.\n"}},
	})
	tuitest.Sayings(t, tuitest.Home, []tuitest.Saying{
		{Name: "no organisation", Before: func(d *tuitest.Desk) { d.Unset = true }, Lines: "back", Want: []string{"the command \"muster init\" sets down your services"}},
		{Name: "a broken runbook", Lines: "back", Want: []string{"runbook broken.toml, broken; BROKEN\n", "runbook Evil ␛[2J␛]0;owned␇ title<U+202E>, hostile; "}},
	})
}
