package state

import (
	"slices"
	"time"

	"muster/runbooks"
	"muster/state/sorted"
)

// PlayerEntries lists what the players did after entry seq, oldest first: neither
// what muster itself and the facilitator record, nor what only corrects. That a
// clock's time passed is no player's, under whatever name an old log has it.
func (inc *Incident) PlayerEntries(seq uint64) []Entry {
	return sorted.Without(inc.EntriesSince(seq), func(e Entry) bool { return kinds.is(e.Kind, noAct|facilitators|ofProgram) || e.Data == nil })
}

// A Response is what became of a delivered inject before the drill was closed.
type Response struct {
	*Delivery
	Acked *Ack // the first that says no more than that it has come; nil if none does
	// Answer is what somebody linked as the answer: of several the one that was first.
	// Seq 0 if there is none.
	Answer Entry
	Link   *Ack // who linked it; nil if nobody did
	// NextAct is the first act after it of whom it was to, whatever it is about; see
	// [Incident.Responses]. Seq 0 if there is none. It is no answer because it came after.
	NextAct       Entry
	AckedAfter    time.Duration // on the exercise clock, as [Exercise.Elapsed] counts
	AnsweredAfter time.Duration // likewise
	NextAfter     time.Duration // likewise
	NextBy        NextBy        // whose act is meant
	// Untold: there is no such act here, but one may be among what is withheld.
	Untold bool
}

// NextBy is whose next act is meant: it ends "next act of".
type NextBy string

// Whose next act it may be.
const (
	NextOfRole   NextBy = "that role"
	NextOfAny    NextBy = "any player" // the inject was to all
	NextOfNobody NextBy = "any player: nobody held the role"
)

// nextBy is whose act is meant after an inject. Who took the role over since, and laid it down
// again, held it.
func nextBy(inc *Incident, d *Delivery) NextBy {
	switch role := inc.Role(d.To); {
	case role == nil:
		return NextOfAny
	case role.Person == "" && role.Seq <= d.Seq:
		return NextOfNobody
	}
	return NextOfRole
}

// Silent reports whether nothing that may be an answer is known: nobody acknowledged
// it, no answer was linked, and nobody it was to recorded anything after it.
func (r *Response) Silent() bool { return r.Acked == nil && r.Link == nil && r.NextAct.Seq == 0 }

// Responses sets what the players did beside every inject that was delivered. The next
// act is the first that is made in the role that the inject was to, or on a step of
// that role; for one that was to all, or to a role that nobody held, any player's.
// What was recorded after the drill was closed is none of it, but for a link to what
// was recorded before.
func (inc *Incident) Responses() []Response {
	list := make([]Response, 0, len(inc.Exercise.Delivered))
	if len(inc.Exercise.Delivered) == 0 {
		return list
	}
	end := inc.Head.Seq + 1
	if inc.Closed != nil {
		end = inc.Closed.Seq
	}
	done := sorted.Without(inc.PlayerEntries(inc.Exercise.Delivered[0].Seq), func(e Entry) bool { return e.Seq >= end || e.Kind == KindInjectAcknowledged })
	missed := lastMissed(inc, end)
	for i := range inc.Exercise.Delivered {
		d := &inc.Exercise.Delivered[i]
		r := Response{Delivery: d, NextBy: nextBy(inc, d)}
		r.acked(inc, end)
		roleless := inc.Redacted.Runbook && inc.Role(d.To) == nil && d.To != runbooks.Everybody
		next := slices.IndexFunc(done, func(e Entry) bool {
			return !roleless && e.Seq > d.Seq && !e.When().Before(d.When) && answeredBy(inc, &r, e)
		})
		if next >= 0 {
			r.NextAct, r.NextAfter = done[next], inc.Exercise.Elapsed(d.When, done[next].When())
		}
		r.Untold = next < 0 && (roleless || missed > d.Seq)
		list = append(list, r)
	}
	return list
}

// acked finds the first word that the inject has come, and the first answer that was
// linked to it, among what was recorded before end.
func (r *Response) acked(inc *Incident, end uint64) {
	for i := range r.Acks {
		ack := &r.Acks[i]
		if ack.Entry == 0 {
			if r.Acked == nil && ack.Seq < end {
				r.Acked, r.AckedAfter = ack, inc.Exercise.Elapsed(r.When, ack.When)
			}
			continue
		}
		e, ok := inc.Entry(ack.Entry)
		if ok && ack.Entry < end && inc.retracted[ack.Entry] == 0 && (r.Link == nil || e.When().Before(r.Answer.When())) {
			r.Link, r.Answer, r.AnsweredAfter = ack, e, inc.Exercise.Elapsed(r.When, e.When())
		}
	}
}

// lastMissed is the last entry before end that is withheld whole and may be a player's;
// 0 if there is none.
func lastMissed(inc *Incident, end uint64) uint64 {
	for i := len(inc.Log) - 1; i >= 0; i-- {
		if e := &inc.Log[i]; e.Seq < end && e.Data == nil && !kinds.is(e.Kind, noAct|facilitators|ofProgram) && inc.retracted[e.Seq] == 0 {
			return e.Seq
		}
	}
	return 0
}

// answeredBy reports whether a player's entry is by whom the inject was to.
func answeredBy(inc *Incident, r *Response, e Entry) bool {
	if r.NextBy != NextOfRole || e.By.Role == r.To {
		return true
	}
	s := inc.Step(inc.StepOf(e))
	return s != nil && s.Def.Role == r.To
}
