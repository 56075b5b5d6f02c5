package state

import (
	"slices"
	"strings"

	"muster/runbooks"
)

// Lacks is what a copy of a log lacks, as far as a conclusion could rest on it: the
// last of the entries that count and may have said it. All is zero in a log from
// which nothing is withheld.
//
// What may stand in what is missing is not known. It is never taken for empty or for
// not so, nor two names for one or for two.
type Lacks struct {
	Parts    Parts  // withheld from some entry
	All      bool   // some entry is withheld whole; its parts are not in Parts
	Runbook  bool   // the text of a runbook: what is in it is not known
	First    bool   // that of the first one
	Services uint64 // withheld whole, and may have changed what is known of services
	Sent     uint64 // withheld whole, and may have said something to somebody
	Whole    uint64 // withheld whole, and may hold any answer
	Inputs   uint64 // whose notes may hold answers to inputs
	Asks     uint64 // whose notes may hold answers to what a step asks; see also [Step]
	Ending   uint64 // the last closing or reopening, if it is withheld whole; else 0
}

// String says what is withheld from some of the entries, in plain words: names, notes.
// It is empty if nothing is.
func (l *Lacks) String() string {
	what := l.Parts.Names()
	if l.All {
		what = append(what, "all of some entries")
	}
	return strings.Join(what, ", ")
}

// Answers reports whether answers may be among what is withheld.
func (l *Lacks) Answers() bool { return l.Whole|l.Inputs|l.Asks != 0 }

// miss takes in what an entry that counts may have said in what is withheld of it.
func miss(inc *Incident, e *Entry) {
	l := &inc.Lacks
	if e.Withheld.Has(Procedure) && is(e.Kind, long) {
		l.Runbook, l.First = true, l.First || e.Seq == 1
	}
	if e.Data == nil {
		l.All = true
		missAll(inc, e)
		return
	}
	l.Parts |= e.Withheld
	if e.Withheld.Has(Notes) {
		missNotes(inc, e)
	}
}

// missNotes takes in which answers the notes of an entry may have held.
func missNotes(inc *Incident, e *Entry) {
	l := &inc.Lacks
	switch e.Kind {
	case KindOpened, KindInputsAnswered:
		l.Inputs = e.Seq
	case KindStepDone, KindStepAnswered:
		s := inc.Step(inc.StepOf(*e))
		asks := s != nil && len(s.Def.Ask) > 0
		if asks {
			s.hidden = e.Seq
		}
		if asks || s == nil && l.Runbook {
			l.Asks = e.Seq
		}
	}
}

// missAll takes in what an entry that is withheld whole may have said, by its kind. A
// retraction may have taken back anything.
func missAll(inc *Incident, e *Entry) {
	l := &inc.Lacks
	if is(e.Kind, mayAnswer) {
		l.Whole = e.Seq
	}
	if is(e.Kind, mayMove) {
		l.Services = e.Seq
	}
	if is(e.Kind, maySay) {
		l.Sent = e.Seq
	}
	switch e.Kind {
	case KindIncidentClosed:
		inc.Closed = &Closing{When: e.Recorded, By: WithheldText, Summary: WithheldText, Seq: e.Seq}
		l.Ending = e.Seq
	case KindIncidentReopened:
		inc.Closed, l.Ending = nil, e.Seq
	}
}

// Knows reports whether this copy of the log tells in which state a service is. If
// not, another state may be in what is withheld.
func (inc *Incident) Knows(service string) bool {
	s := inc.Service(service)
	if s == nil {
		return !inc.Lacks.Runbook
	}
	return s.Seq >= inc.Lacks.Services
}

// Unseen reports whether an answer may be in what is withheld, given later than the
// one that [Incident.Answer] has of this id. What was decided is never withheld alone.
func (inc *Incident) Unseen(id string) bool {
	l, seq := &inc.Lacks, inc.answers[id].Seq
	switch {
	case *l == Lacks{}:
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
	answer, _ := inc.AskAnswer(s, ask)
	return max(s.hidden, inc.Lacks.Whole) > answer.Seq
}

// Unseen reports whether a clock that has not started, or still runs, may have
// been started or stopped by an answer that is withheld.
func (c *Clock) Unseen(inc *Incident) bool {
	event := c.starts
	if !c.Started.IsZero() {
		event = c.stops
	}
	return c.Ended.IsZero() && event.Kind == runbooks.AnswerGiven && inc.Lacks.Answers()
}
