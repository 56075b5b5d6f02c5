package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"muster/runbooks"
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

// findSeverity is the severity that is meant: SEV2, or its number.
func findSeverity(ref string) (runbooks.Severity, error) {
	if len(strings.TrimSpace(ref)) == 1 {
		ref = "SEV" + strings.TrimSpace(ref)
	}
	return state.FindWord(state.NounSeverity, ref, runbooks.Severities())
}

// findInputs gives answers to the inputs that are meant, each under its id.
func findInputs(given map[string]string, all []state.Named) (map[string]string, error) {
	return findKeys(state.NounInput, given, func(ref string) (string, error) { return state.FindAmong(state.NounInput, ref, all) })
}

// findKeys gives values to what is meant, each under the id that find knows.
func findKeys(noun state.Noun, given map[string]string, find func(ref string) (string, error)) (map[string]string, error) {
	found := make(map[string]string, len(given))
	for _, ref := range slices.Sorted(maps.Keys(given)) {
		id, err := find(ref)
		if err != nil {
			return nil, err
		}
		if _, twice := found[id]; twice {
			return nil, usagef("the %s %s is given twice", noun, id)
		}
		found[id] = given[ref]
	}
	return found, nil
}

// findAnswers are the answers given as ID=VALUE, each under the id of the question of the
// step that is meant; nil for none.
func findAnswers(given []string, step *state.Step) (map[string]string, error) {
	if len(given) == 0 {
		return nil, nil
	}
	values, err := pairs(given)
	if err != nil {
		return nil, err
	}
	return findKeys(state.NounQuestion, values, step.FindAsk)
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

// findAbout is what a note is about: a step, service, notice or contact, by its id or a
// part of its name, with its noun before it where that is not plain.
func findAbout(inc *state.Incident, ref string) (state.Noun, string, error) {
	nouns := []state.Noun{state.NounService, state.NounNotice, state.NounContact}
	if noun, rest, ok := strings.Cut(ref, ":"); ok && slices.Contains(append(nouns, state.NounStep), state.Noun(noun)) {
		nouns, ref = []state.Noun{state.Noun(noun)}, rest
	}
	var first error
	for _, noun := range nouns {
		id, err := state.Find(inc, noun, ref)
		if err == nil {
			return noun, id, nil
		}
		if first == nil {
			first = err
		}
	}
	if len(nouns) > 1 {
		first = hint(fmt.Errorf("no service, notice or contact is %q", ref), "muster service, muster notice and muster contact list them; a step is --step.")
	}
	return "", "", first
}
