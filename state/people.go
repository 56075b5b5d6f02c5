package state

import (
	"slices"

	"muster/runbooks"
)

// RolesOf lists the ids of the roles that a person holds, in the runbook's order; none
// if the name is withheld.
func (inc *Incident) RolesOf(person string) []string {
	var held []string
	for i := range inc.Roles {
		if holder := inc.Roles[i].Person; holder != WithheldText && runbooks.SameName(holder, person) {
			held = append(held, inc.Roles[i].Def.ID)
		}
	}
	return held
}

// PeopleOf are the names of those who are known in the incident, each once: who has acted
// in it, last first, then who holds a role, then the organisation's people.
func PeopleOf(inc *Incident) []string {
	var names []string
	add := func(name string) {
		known := func(other string) bool { return runbooks.SameName(name, other) }
		if name != "" && name != WithheldText && name != Muster && !slices.ContainsFunc(names, known) {
			names = append(names, name)
		}
	}
	for i := len(inc.Log) - 1; i >= 0; i-- {
		if by := inc.Log[i].By.Name; i == len(inc.Log)-1 || by != inc.Log[i+1].By.Name { // mostly one goes on
			add(by)
		}
	}
	for i := range inc.Roles {
		add(inc.Roles[i].Person)
	}
	if inc.Organisation != nil {
		for i := range inc.Organisation.People {
			add(inc.Organisation.People[i].Name)
		}
	}
	return names
}

// KnownAs is a person's name as the incident has it, if it has it in another case.
func KnownAs(inc *Incident, person string) string {
	for _, at := range inc.seated {
		if runbooks.SameName(at.person, person) {
			return at.person
		}
	}
	for i := range inc.Roles {
		if runbooks.SameName(inc.Roles[i].Person, person) {
			return inc.Roles[i].Person
		}
	}
	if inc.Organisation != nil {
		for i := range inc.Organisation.People {
			if name := inc.Organisation.People[i].Name; runbooks.SameName(name, person) {
				return name
			}
		}
	}
	others := map[string]bool{}
	for i := len(inc.Log) - 1; i >= 0; i-- { // who has acted; somebody new is looked for in all of it
		by := inc.Log[i].By.Name
		if others[by] {
			continue
		}
		if runbooks.SameName(by, person) {
			return by
		}
		others[by] = true
	}
	return person
}
