package state

import (
	"fmt"
	"slices"

	"muster/runbooks"
)

// acted reports whether a person has acted in the incident by just this name, apart from opening
// it and from what the program writes in their name.
func acted(d *decision, name string) bool {
	for i := len(d.inc.Log) - 1; i > 0; i-- {
		if e := &d.inc.Log[i]; e.By.Name == name && !d.table.is(e.Kind, ofProgram) {
			return true
		}
	}
	return false
}

// newName refuses, softly, a name in its first use that looks like another's.
func newName(d *decision, field, name string) {
	if d.inc == nil || isBlank(name) || acted(d, name) {
		return
	}
	if alike(name, Muster) {
		d.refuse(Refusal{Reason: Invalid, Field: field, Text: fmt.Sprintf("%s looks like what the program calls itself in the log.", Spelled(name)), Hint: "Give another name."})
		return
	}
	known := PeopleOf(d.inc)
	at := slices.IndexFunc(known, func(other string) bool { return alike(other, name) })
	if at < 0 || first(d, name, known[at]) || toldApart(d.inc, name, known[at]) {
		return
	}
	other := known[at]
	d.refuse(Refusal{Reason: LooksAlike, Field: field, Overridable: true,
		Text: fmt.Sprintf("%s looks like %s, who %s.", Spelled(name), Spelled(other), knownFor(d, other)),
		Hint: "If it is the same person, give the name as it is known. If it is another, say so: the log keeps it."})
}

// first reports whether a name was there before another that looks like it: then that one is
// to be told apart, and not this.
func first(d *decision, name, other string) bool {
	if d.inc.Organisation != nil {
		for i := range d.inc.Organisation.People {
			switch p := d.inc.Organisation.People[i].Name; {
			case runbooks.SameName(p, name):
				return true
			case runbooks.SameName(p, other):
				return false
			}
		}
	}
	for i := range d.inc.Log {
		e := &d.inc.Log[i]
		for _, by := range [...]string{e.By.Name, givenName(e.Data)} {
			switch {
			case by == name:
				return true
			case by == other:
				return false
			}
		}
	}
	return false
}

// notAlike refuses, softly, what another person than doer has to do, by a name that looks like
// doer's and of which nobody has said that it is another's.
func notAlike(d *decision, doer string, seq uint64, what string) {
	asked := slices.ContainsFunc(d.soft, func(r *Refusal) bool { return r.Reason == LooksAlike })
	if name := d.stamp.By.Name; !asked && alike(doer, name) && !toldApart(d.inc, doer, name) {
		d.refuse(Refusal{Reason: LooksAlike, Field: "by", Overridable: true, Seq: seq,
			Text: fmt.Sprintf("%s, %s, and %s looks like that name.", Spelled(doer), what, Spelled(name)),
			Hint: "If it is another person, say so: the log and the report mark it."})
	}
}

// knownFor says by what a person is known here.
func knownFor(d *decision, person string) string {
	inc := d.inc
	switch held := inc.RolesOf(person); {
	case acted(d, person):
		return "acts in this incident"
	case len(held) > 0:
		return "is " + inc.Role(held[0]).Def.Title
	case len(inc.Log) > 0 && inc.Log[0].By.Name == person:
		return "opened this incident"
	}
	return "is known here"
}
