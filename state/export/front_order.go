package export

import (
	"strings"

	"muster/state"
)

// all writes it, and the key events behind it.
func (r frontPage) all() {
	r.titleBlock("Incident report")
	if r.audience != "" {
		r.para(leads[r.audience], " All of what the page tells anybody is on it.")
	}
	for _, part := range r.parts() {
		part()
	}
}

// parts are those of the first page, in the order for its audience. All of them are there
// for everybody.
func (r frontPage) parts() []func() {
	summary, since, clocks, open := r.inShort, r.sinceWhen, r.clocksInShort, r.stillOpen
	impact, told, keys := r.impact, r.told, func() { r.keyEvents(2) }
	lookBack := func() { reviewed(r.report) }
	switch r.audience {
	case Board:
		return []func(){summary, impact, since, told, open, lookBack, clocks, keys}
	case Regulator:
		return []func(){summary, clocks, since, told, impact, open, lookBack, keys}
	case Team:
		return []func(){summary, keys, func() { r.heading(2, "Where it stands") }, open, r.tallies, r.roles, lookBack, since, impact, told, clocks}
	}
	return []func(){summary, since, impact, told, clocks, open, lookBack, keys}
}

func (r frontPage) stillOpen() {
	r.heading(3, "Still open")
	r.openThings(frontOpen)
}

// roles says who holds which role.
func (r frontPage) roles() {
	r.heading(3, "Roles")
	if r.Roles == nil {
		r.para("Not known: the runbook is withheld.")
		return
	}
	var held, free []string
	for _, role := range r.Roles {
		if role.Person == "" {
			free = append(free, string(escaped(role.Title)))
		} else {
			held = append(held, string(escaped(role.Title)+": "+strong(escaped(string(role.Person)))))
		}
	}
	if len(held) > 0 {
		r.para(markdown(strings.Join(held, "; ")), ".")
	}
	if len(free) > 0 {
		for i := range free {
			free[i] += ": " + state.NobodyNamed
		}
		r.para(markdown(strings.Join(free, "; ")), ".")
	}
}
