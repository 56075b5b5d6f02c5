package main

import (
	"fmt"
	"strings"

	"muster/state"
)

// This file finds what a person names of an incident.

// findPhase is the id of a phase by number or id; of the phase that is under way
// for "".
func findPhase(inc *state.Incident, ref string) (string, error) {
	if ref == "" {
		if next := inc.Next(); next != nil {
			return inc.Phases[next.Phase].ID, nil
		}
		if n := len(inc.Phases); n > 0 {
			return inc.Phases[n-1].ID, nil
		}
	}
	return state.Find(inc, state.NounPhase, ref)
}

// stepID is the id of the step that is meant; "" for "".
func stepID(inc *state.Incident, ref string) (string, error) {
	if ref == "" {
		return "", nil
	}
	step, err := inc.FindStep(ref)
	if err != nil {
		return "", err
	}
	return step.ID, nil
}

// findNotice is the notice that is meant.
func findNotice(inc *state.Incident, ref string) (*state.Notice, error) {
	id, err := state.Find(inc, state.NounNotice, ref)
	if err != nil {
		return nil, err
	}
	return inc.Notice(id), nil
}

func joinStates() string {
	var words []string
	for _, s := range state.ServiceStates() {
		words = append(words, string(s))
	}
	return strings.Join(words, ", ")
}

// normalHeads reads what witnesses were told.
func normalHeads(given []string) ([]string, error) {
	var wanted []string
	for _, text := range given {
		if hash, ok := state.NormalHash(text); ok {
			wanted = append(wanted, hash)
			continue
		}
		code, ok := state.NormalCode(text)
		if !ok {
			return nil, usage(hint(fmt.Errorf("%q is no head", text), "It is a code such as 7K3M-Q9XA-02FH-TTZ4, or the whole hash: 64 hexadecimal digits, in groups or not."))
		}
		wanted = append(wanted, code)
	}
	return wanted, nil
}
