package runbooks

import (
	"slices"
	"strings"
)

// IsTLP reports whether the word is a marking of FIRST TLP 2.0.
func IsTLP(word string) bool { return slices.Contains(tlpWords(), word) }

// tlpWords are the labels of FIRST's Traffic Light Protocol 2.0.
func tlpWords() []string { return []string{"RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR"} }

// stateWords are the states that a service can have.
func stateWords() []string {
	return []string{
		"unknown", "unaffected", "suspect", "affected", "shut-down",
		"restoring", "restored", "verified", "regressed",
	}
}

func askTypes() []AskType {
	return []AskType{AskText, AskNumber, AskTime, AskBool, AskChoice}
}

// words turns a list of named strings into plain ones.
func words[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = string(w)
	}
	return out
}

// listWords writes a list as people do: a, b and c. A long one is cut off.
func listWords(list []string) string {
	const most = 24
	switch n := len(list); {
	case n == 0:
		return "none"
	case n == 1:
		return list[0]
	case n > most:
		return strings.Join(list[:most], ", ") + " …"
	}
	last := len(list) - 1
	return strings.Join(list[:last], ", ") + " and " + list[last]
}
