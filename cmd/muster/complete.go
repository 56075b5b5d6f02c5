package main

import (
	"strings"

	"github.com/spf13/cobra"

	"muster/state"
)

// This file offers names where one is asked for.

// completePeople offers who is known in the incident, or else in the organisation, as
// argument number at, 0 for the first. Where there is no incident
// that is meant, or several, only the organisation's are offered.
func completePeople(e *env, at int) func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		if len(args) != at {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return beginning(peopleKnown(cmd, e), typed), cobra.ShellCompDirectiveNoFileComp
	}
}

// peopleKnown are the names that are offered. What cannot be read offers none: a
// completion has nowhere to say why.
func peopleKnown(cmd *cobra.Command, e *env) (names []string) {
	if e.readConfig() != nil {
		return nil
	}
	_ = lookAt(cmd.Context(), e, "", func(inc *state.Incident) error {
		names = state.PeopleOf(inc)
		return nil
	})
	if own, err := ownOrganisation(e); err == nil && names == nil {
		for i := range own.Organisation.People {
			names = append(names, own.Organisation.People[i].Name)
		}
	}
	return names
}

// beginning are the names with a word that begins with what is typed, in any case.
func beginning(names []string, typed string) (some []string) {
	typed = strings.ToLower(typed)
	for _, name := range names {
		if lower := strings.ToLower(name); strings.HasPrefix(lower, typed) || strings.Contains(lower, " "+typed) {
			some = append(some, name)
		}
	}
	return some
}
