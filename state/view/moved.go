package view

import (
	"time"

	"muster/state"
)

// A MovedAnswer is an answer that was given otherwise before.
type MovedAnswer struct {
	ID       string  `json:"id"`
	Question string  `json:"question"`
	Given    []Given `json:"given" doc:"the first at the front; the last counts"`

	Says string `json:"-"` // that it was moved, how often and why, in words
}

// A Given is one answer to a question that has had several.
type Given struct {
	Value Words     `json:"value" doc:"as it was typed"`
	By    string    `json:"by"`
	At    time.Time `json:"at"`
	Seq   uint64    `json:"seq"`
	Why   string    `json:"why,omitempty"`
}

func movedAnswer(inc *state.Incident, m *state.MovedAnswer) *MovedAnswer {
	out := &MovedAnswer{ID: m.ID, Question: state.Question(inc, m.ID), Says: m.Says(inc)}
	for _, list := range [][]state.Answer{m.Was, {m.Now}} {
		for _, a := range list {
			out.Given = append(out.Given, Given{Value: Words{Text: a.Value, Known: true}, By: a.By, At: a.When.UTC(), Seq: a.Seq, Why: a.Why})
		}
	}
	return out
}

// AnsweredAnew are all the answers that were given otherwise before, the first to be so at the front.
func AnsweredAnew(inc *state.Incident) (list []*MovedAnswer) {
	for _, m := range state.AnsweredAnew(inc) {
		list = append(list, movedAnswer(inc, &m))
	}
	return list
}
