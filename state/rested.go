package state

import (
	"slices"
	"strings"

	"muster/runbooks"
)

// RestedOn reports whether something that was sent rests on an entry: it is the sending, or tells how a
// service stood of which the statement spoke, or gave an answer that stands in it.
func RestedOn(inc *Incident, seq uint64) bool {
	if seq == 0 || seq > uint64(len(inc.Log)) {
		return false
	}
	e := &inc.Log[seq-1]
	service, answers := movedBy(inc, seq), answeredIn(inc, e)
	return anySending(inc, func(n *Notice, s *Sending) bool {
		if s.Seq < seq {
			return false
		}
		of := func(c ClaimKnown) bool { return service != "" && c.Service == service }
		if slices.ContainsFunc(s.Claims, of) || slices.ContainsFunc(s.Rest, of) {
			return true
		}
		for i := range n.Versions {
			for id := range n.Versions[i].Basis {
				if n.Versions[i].Number == s.Version && slices.Contains(answers, inc.Books[n.Book].IDOf(NounQuestion, id)) {
					return true
				}
			}
		}
		return false
	}) || e.Kind == KindNoticeSent
}

// answeredIn are the questions that an entry answers, as it was written.
func answeredIn(inc *Incident, e *Entry) (ids []string) {
	step, values := answersIn(e)
	if data, ok := e.Data.(*InputsAnswered); ok {
		values = data.Values
	}
	s := inc.Step(step)
	if s != nil {
		ids = append(ids, s.answerKey(inc))
	}
	for id := range values {
		if s != nil {
			id = s.askKey(inc, id)
		}
		ids = append(ids, oneID(inc, NounQuestion, id))
	}
	return ids
}

// Answered are the entries by which the answer that starts a clock came to be given, or ceased to be.
func (c *Clock) Answered(inc *Incident) (seqs []uint64) {
	for _, t := range c.triggers() {
		for _, event := range []runbooks.Event{t.starts, t.outer} {
			if event.Value != "" && t.book >= 0 {
				seqs = append(seqs, turnsOf(inc, inc.Books[t.book].IDOf(NounQuestion, event.ID), event.Value)...)
			}
		}
	}
	return seqs
}

// turnsOf are the entries by which a question came to have an answer, and another one again.
func turnsOf(inc *Incident, id, value string) (seqs []uint64) {
	for key, now := range inc.answers {
		if root, _, _ := strings.Cut(key, "/"); root != id || inc.Unseen(key) {
			continue
		}
		held := false
		for _, a := range append(slices.Clip(now.was), now) {
			if a.Value == value || held {
				seqs = append(seqs, a.since)
			}
			held = a.Value == value
		}
	}
	return seqs
}
