package response

import (
	"strconv"
	"strings"

	"muster/runbooks"
	"muster/state"
)

// FindContact is the contact of a call list that a person means; see
// [state.FindAmong]. The error is a *state.Refusal.
func FindContact(list []Contact, ref string) (*Contact, error) {
	all := make([]state.Named, len(list))
	for i := range list {
		all[i] = state.Named{ID: list[i].ID, Title: list[i].Title}
	}
	id, err := state.FindAmong(state.NounContact, ref, all)
	for i := range list {
		if err == nil && list[i].ID == id {
			return &list[i], nil
		}
	}
	return nil, err
}

// FindObjective is the objective of a scenario that a person means; see
// [state.FindAmong]. The error is a *state.Refusal.
func FindObjective(scenario *runbooks.Scenario, ref string) (*runbooks.Objective, error) {
	all := make([]state.Named, len(scenario.Objectives))
	for i, o := range scenario.Objectives {
		all[i] = state.Named{ID: o.ID, Title: o.Title}
	}
	id, err := state.FindAmong(state.NounObjective, ref, all)
	return scenario.Objective(id), err
}

// FindInject is the inject of a scenario that a person means, by its number in the
// scenario, with or without #, or as [state.FindAmong] finds it; its title is made of
// its text and would fit too many. The error is a *state.Refusal.
func FindInject(scenario *runbooks.Scenario, ref string) (*runbooks.Inject, error) {
	all := make([]state.Named, len(scenario.Injects))
	for i, in := range scenario.Injects {
		all[i] = state.Named{ID: in.ID, Number: strconv.Itoa(i + 1)}
	}
	if scenario.Inject(ref) == nil {
		ref = strings.TrimPrefix(ref, "#")
	}
	id, err := state.FindAmong(state.NounInject, ref, all)
	return scenario.Inject(id), err
}
