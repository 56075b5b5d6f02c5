package state

import (
	"regexp"
	"slices"
	"strings"

	"muster/runbooks"
)

// Draft draws a notice's text from its template, with the claims it makes, from
// what is known now. It records nothing.
func (inc *Incident) Draft(n *Notice) (string, []Claim) {
	if n.Book >= len(inc.Books) {
		return n.Def.Text, inc.claims(n.Def)
	}
	stand := Step{Book: n.Book, Def: &runbooks.Step{}}
	return inc.renderWith(inc.values(), &stand, n.Def.Text), inc.claims(n.Def)
}

// claims are what a notice's template says of services: the claims it lists, and
// those of every service that a list in its text names.
func (inc *Incident) claims(def *runbooks.Notice) []Claim {
	var claims []Claim
	add := func(service string, state ServiceState) {
		if !slices.ContainsFunc(claims, func(c Claim) bool { return c.Service == service }) {
			claims = append(claims, Claim{Service: service, State: state})
		}
	}
	for _, text := range def.Claims {
		service, state, ok := strings.Cut(text, "=")
		if ok && service != runbooks.EveryAffected {
			add(strings.TrimSpace(service), ServiceState(strings.TrimSpace(state)))
		}
		for i := range inc.Services {
			if ok && service == runbooks.EveryAffected && inc.Services[i].State.Hit() {
				add(inc.Services[i].ID, ServiceState(state))
			}
		}
	}
	for i := range inc.Services {
		service := &inc.Services[i]
		for _, list := range listed(service.State) {
			if strings.Contains(def.Text, list.field) {
				add(service.ID, list.claim)
			}
		}
	}
	return claims
}

type listClaim struct {
	field string // of a template
	claim ServiceState
}

// listed says in which lists of a template a service of this state stands, and
// what standing there claims.
func listed(state ServiceState) []listClaim {
	var lists []listClaim
	switch state {
	case Verified:
		lists = append(lists, listClaim{".Services.Verified", Verified})
	case Restored:
		lists = append(lists, listClaim{".Services.Restored", Restored})
	case Unaffected:
		lists = append(lists, listClaim{".Services.Unaffected", Unaffected})
	}
	if state.Down() {
		lists = append(lists, listClaim{".Services.Down", Affected})
	}
	if state.Hit() && state != Verified {
		lists = append(lists, listClaim{".Services.Affected", Affected})
	}
	return lists
}

// answerRefs finds the answers that a template names.
var answerRefs = regexp.MustCompile(`\.Answers\.([a-z0-9]+)|index\s+\.Answers\s+"([^"]+)"`)

// basis are the answers that a notice's text rests on, as they are now.
func (inc *Incident) basis(n *Notice) map[string]string {
	answers := inc.answersOf(inc.prefix(n.Book))
	basis := make(map[string]string)
	for _, match := range answerRefs.FindAllStringSubmatch(n.Def.Text, -1) {
		id := match[1] + match[2]
		basis[id] = answers[id]
	}
	if len(basis) == 0 {
		return nil
	}
	return basis
}

// Mentions lists the services whose titles stand in a text and about which claims
// says nothing: a person should look whether the text claims something of them.
func (inc *Incident) Mentions(text string, claims []Claim) []string {
	low := strings.ToLower(text)
	var ids []string
	for i := range inc.Services {
		service := &inc.Services[i]
		if strings.Contains(low, strings.ToLower(service.Def.Title)) &&
			!slices.ContainsFunc(claims, func(c Claim) bool { return c.Service == service.ID }) {
			ids = append(ids, service.ID)
		}
	}
	return ids
}
