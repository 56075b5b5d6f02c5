package main

import (
	"fmt"

	"muster/state"
	"muster/state/clean"
)

// sayDifferent says what is otherwise now than before logs were merged, of what nobody may
// miss: a commander is not to learn by chance that somebody else commands. With --json it is read
// in muster status.
func sayDifferent(e *env, before, after *state.Incident) error {
	if e.flags.json {
		return nil
	}
	for _, line := range different(before, after) {
		if _, err := fmt.Fprintln(e.out, clean.Line("NOW: "+line)); err != nil {
			return err
		}
	}
	return nil
}

// different is what is otherwise in one state of an incident than in another.
func different(before, after *state.Incident) []string {
	var lines []string
	nobody := func(name string) string {
		if name == "" {
			return "nobody"
		}
		return name
	}
	for i := range after.Roles {
		is := &after.Roles[i]
		if was := before.Role(is.Def.ID); was != nil && was.Person != is.Person {
			lines = append(lines, fmt.Sprintf("%s is %s; it was %s", is.Def.Title, nobody(is.Person), nobody(was.Person)))
		}
	}
	if before.Severity != after.Severity {
		lines = append(lines, fmt.Sprintf("the severity is %s; it was %s", after.Severity, before.Severity))
	}
	switch {
	case before.Closed == nil && after.Closed != nil:
		lines = append(lines, "the incident is closed")
	case before.Closed != nil && after.Closed == nil:
		lines = append(lines, "the incident is open again")
	}
	return lines
}
