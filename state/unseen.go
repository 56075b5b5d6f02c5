package state

import (
	"slices"

	"muster/runbooks"
)

// Knows reports whether this copy of the log tells in which state a service is. If
// not, another state may be in what is withheld.
func (inc *Incident) Knows(service string) bool {
	s := inc.Service(service)
	if s == nil {
		return !inc.Redacted.Runbook
	}
	return s.Seq >= inc.Redacted.Services
}

// Unseen reports whether an answer may be in what is withheld, given later than the
// one that [Incident.Answer] has of this id. What was decided is never withheld alone.
func (inc *Incident) Unseen(id string) bool {
	id = oneID(inc, NounQuestion, id)
	l, seq := &inc.Redacted, inc.answers[id].Seq
	switch {
	case *l == Redacted{}:
		return false
	case l.Whole > seq:
		return true
	case inc.Step(id) != nil:
		return false
	case inc.Input(id) != nil:
		return l.Inputs > seq
	}
	asked := false
	for i := range inc.Steps {
		if s := &inc.Steps[i]; slices.ContainsFunc(s.Def.Ask, func(a runbooks.Ask) bool { return s.askKey(inc, a.ID) == id }) {
			asked = true
			if s.hidden > seq {
				return true
			}
		}
	}
	return !asked && l.Runbook
}

// AskUnseen is [Incident.Unseen] of what a step asks.
func (inc *Incident) AskUnseen(s *Step, ask string) bool {
	if len(inc.twins) > 0 {
		return inc.Unseen(s.askKey(inc, ask)) // another step may ask it too
	}
	answer, _ := inc.AskAnswer(s, ask)
	return max(s.hidden, inc.Redacted.Whole) > answer.Seq
}
