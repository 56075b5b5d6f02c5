package state

import (
	"slices"
	"time"

	"muster/runbooks"
)

// PlayerEntries lists what the players did after entry seq, oldest first: neither
// what muster itself and the facilitator record, nor what only corrects. That a
// clock's time passed is no player's, under whatever name an old log has it.
func (inc *Incident) PlayerEntries(seq uint64) []Entry {
	return slices.DeleteFunc(inc.EntriesSince(seq), func(e Entry) bool { return kinds.is(e.Kind, noAct|facilitators|ofProgram) || e.Data == nil })
}

// A Response is what became of a delivered inject.
type Response struct {
	*Delivery
	Acked *Ack // the first; nil if nobody acknowledged it
	// Acted is the first entry after it by whom it was to; see [Incident.Responses].
	// Seq 0 if there is none.
	Acted      Entry
	AckedAfter time.Duration // on the exercise clock, as [Exercise.Elapsed] counts
	ActedAfter time.Duration // likewise
	// Untold: no such entry is known, but one may be among what is withheld.
	Untold bool
}

// Answered reports whether anything came of the inject.
func (r *Response) Answered() bool { return r.Acked != nil || r.Acted.Seq != 0 }

// After is how long the first answer took, if there is one.
func (r *Response) After() time.Duration {
	switch {
	case r.Acked == nil:
		return r.ActedAfter
	case r.Acted.Seq == 0:
		return r.AckedAfter
	}
	return min(r.AckedAfter, r.ActedAfter)
}

// Responses sets what the players did beside every inject that was delivered. An
// action answers an inject if it is made in the role that the inject was to, or on a
// step of that role; for one that was to all, or to a role that nobody held, any
// player's action does.
func (inc *Incident) Responses() []Response {
	list := make([]Response, 0, len(inc.Exercise.Delivered))
	if len(inc.Exercise.Delivered) == 0 {
		return list
	}
	done := inc.PlayerEntries(inc.Exercise.Delivered[0].Seq)
	missed := lastMissed(inc)
	for i := range inc.Exercise.Delivered {
		d := &inc.Exercise.Delivered[i]
		r := Response{Delivery: d}
		if len(d.Acks) > 0 {
			r.Acked = &d.Acks[0]
			r.AckedAfter = inc.Exercise.Elapsed(d.When, r.Acked.When)
		}
		roleless := inc.Lacks.Runbook && inc.Role(d.To) == nil && d.To != runbooks.Everybody
		first := slices.IndexFunc(done, func(e Entry) bool {
			return !roleless && e.Seq > d.Seq && e.Kind != KindInjectAcknowledged && answeredBy(inc, d, e)
		})
		if first >= 0 {
			r.Acted, r.ActedAfter = done[first], inc.Exercise.Elapsed(d.When, done[first].When())
		}
		r.Untold = first < 0 && (roleless || missed > d.Seq)
		list = append(list, r)
	}
	return list
}

// lastMissed is the last entry withheld whole that may be a player's; 0 if there is none.
func lastMissed(inc *Incident) uint64 {
	for i := len(inc.Log) - 1; i >= 0; i-- {
		if e := &inc.Log[i]; e.Data == nil && !kinds.is(e.Kind, noAct|facilitators|ofProgram) && inc.retracted[e.Seq] == 0 {
			return e.Seq
		}
	}
	return 0
}

// answeredBy reports whether a player's entry is by whom the inject was to.
func answeredBy(inc *Incident, d *Delivery, e Entry) bool {
	role := inc.Role(d.To)
	if role == nil || role.Person == "" || e.By.Role == d.To {
		return true
	}
	s := inc.Step(inc.StepOf(e))
	return s != nil && s.Def.Role == d.To
}
