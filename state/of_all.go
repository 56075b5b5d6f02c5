package state

import (
	"slices"
	"strings"

	"muster/state/sorted"
)

// Who says that all services are back says so of each, also of those that are not named and were
// not hit. So each is judged by what was so when it was said, and is watched from then on.

// restOf is of the services that a statement says to be back without naming them: those of the
// incident when it was sent; nil if it does not speak of all.
func restOf(inc *Incident, sent *Sending) []ClaimKnown {
	n := inc.Notice(sent.Notice)
	if n == nil || inc.Redacted.Runbook {
		return nil
	}
	all := allBack(n.Def)
	if all == "" {
		return nil
	}
	var claims []Claim
	for i := range inc.Services {
		id := inc.Services[i].ID
		if !slices.ContainsFunc(sent.Claims, func(c ClaimKnown) bool { return c.Service == id }) {
			claims = append(claims, Claim{Service: id, State: all})
		}
	}
	sorted.Stable(claims, func(a, b Claim) int { return strings.Compare(a.Service, b.Service) })
	return meantOf(inc, claims)
}

// meantOf sets what is meant of services beside what is known: one that was never hit is back too.
func meantOf(inc *Incident, claims []Claim) []ClaimKnown {
	known := inc.Known(claims)
	for i := range known {
		known[i].Holds = known[i].Known.Standing() == Back
	}
	return known
}

// means reports whether a statement speaks of a service that it does not name.
func (s *Sending) means(service string) bool {
	_, found := slices.BinarySearchFunc(s.Rest, service, func(c ClaimKnown, id string) int { return strings.Compare(c.Service, id) })
	return found
}

// saysOf reports whether a statement speaks of a service.
func (s *Sending) saysOf(service string) bool {
	return slices.ContainsFunc(s.Claims, func(c ClaimKnown) bool { return c.Service == service }) || s.means(service)
}

// saidBy is what a statement says of services, named or not, beside what is known now.
func saidBy(inc *Incident, sent *Sending) []ClaimKnown {
	return append(inc.Known(claimsSent(sent)), meantOf(inc, claimsSent(&Sending{Claims: sent.Rest}))...)
}

// claimsSent are the claims of a statement as it was sent.
func claimsSent(sent *Sending) []Claim {
	claims := make([]Claim, len(sent.Claims))
	for i := range sent.Claims {
		claims[i] = sent.Claims[i].Claim
	}
	return claims
}
