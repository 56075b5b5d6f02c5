package view

import (
	"iter"

	"muster/state"
	"muster/state/clean"
)

// A Contradiction is what an entry says and the log has otherwise.
type Contradiction struct {
	Seq  uint64 `json:"seq"`
	What string `json:"what"`
	Open bool   `json:"open,omitempty" doc:"nothing is wrong with the log: people said two things, and have still to say which holds"`
}

// MaxConsistent is how many entries are held against each other: it takes memory for all
// of them, and no incident that people lived through has so many.
const MaxConsistent = 100_000

// ContradictionsIn holds the entries of a whole log against each other; see
// [state.Contradictions]. The list is not nil.
func ContradictionsIn(entries iter.Seq2[state.Entry, error]) ([]Contradiction, error) {
	found, err := state.Contradictions(entries)
	return contradictionsOf(found), err
}

func contradictionsOf(found []state.Contradiction) []Contradiction {
	list := make([]Contradiction, 0, len(found))
	for _, c := range found {
		list = append(list, Contradiction{Seq: c.Seq, What: clean.Line(c.What), Open: c.Open})
	}
	return list
}
