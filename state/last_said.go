package state

import (
	"slices"
	"time"
)

// A Difference is what was last said of a service, and is not what is known.
type Difference struct {
	ClaimKnown
	Notice string // which said it
	Said   time.Time
	Seq    uint64 // the entry that sent it
}

// Differs sets what was last said about a service beside what is known now; false
// if nothing was said, if it holds, or if what would tell may be withheld.
func (inc *Incident) Differs(service string) (Difference, bool) {
	claim, sent, ok := inc.LastSaid(service)
	if !ok {
		return Difference{}, false
	}
	known := inc.Known([]Claim{claim})[0]
	told := inc.Knows(service) && inc.Redacted.Sent < sent.Seq
	return Difference{known, sent.Notice, sent.When, sent.Seq}, !known.Holds && told
}

// LastSaid is what was last said about a service, in any notice, and where; false
// if nothing was. A later word to others takes nothing from what those were told last who were told that
// it is well, and who have not been told anew: while that is not so, it is what counts.
func (inc *Incident) LastSaid(service string) (Claim, *Sending, bool) {
	var claim Claim
	var found *Sending
	anySending(inc, func(_ *Notice, s *Sending) bool {
		at := slices.IndexFunc(s.Claims, func(c ClaimKnown) bool { return c.Service == service })
		if at >= 0 && (found == nil || s.Seq > found.Seq) {
			claim, found = s.Claims[at].Claim, s
		}
		return false
	})
	if found == nil || claim.State.OfHealth() || !inc.Knows(service) {
		return claim, found, found != nil
	}
	if was, public := stillRelied(inc, service); public != nil {
		return was, public, true
	}
	return claim, found, true
}

// stillRelied is the last word by which somebody was told that a service is well, that is known not to be
// so, and since which they were not told anew; nil if there is none.
func stillRelied(inc *Incident, service string) (claim Claim, public *Sending) {
	anySending(inc, func(n *Notice, s *Sending) bool {
		at := slices.IndexFunc(s.Claims, func(c ClaimKnown) bool { return c.Service == service })
		if at < 0 || !s.Claims[at].State.OfHealth() || public != nil && s.Seq < public.Seq {
			return false
		}
		known := inc.Known([]Claim{s.Claims[at].Claim})[0]
		if end, told := n.outUntil(inc, s, service); told && end == nil && !known.Holds && !known.Unsure() {
			claim, public = s.Claims[at].Claim, s
		}
		return false
	})
	return claim, public
}
