package state

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"muster/runbooks"
)

// Sets is what the answers to a step's questions set besides being answers: see
// [runbooks.Ask].Sets. Who holds a role is a name, and not among the notes, where other
// answers are; that somebody holds it is a fact.
type Sets struct {
	Roles    map[string]string `json:"roles,omitempty"`               // the question that names who holds it, by role
	People   map[string]string `json:"people,omitempty" part:"names"` // who holds it, by role
	Severity runbooks.Severity `json:"severity,omitempty"`
}

// takeSets moves what answers set out of them.
func (d *decision) takeSets(s *Step, values map[string]string) Sets {
	var sets Sets
	for i := range s.Def.Ask {
		ask := &s.Def.Ask[i]
		value, given := values[ask.ID]
		if !given || value == "" {
			continue
		}
		if role, ok := ask.SetsRole(); ok && d.inc.Role(role) != nil {
			d.name("values", "the name", value, MaxName)
			if sets.Roles == nil {
				sets.Roles, sets.People = make(map[string]string), make(map[string]string)
			}
			sets.Roles[role], sets.People[role] = ask.ID, KnownAs(d.inc, strings.TrimSpace(value))
			delete(values, ask.ID)
		}
		if ask.Sets == runbooks.SetsSeverity && value != string(d.inc.Severity) {
			notGradedSince(d)
			sets.Severity = runbooks.Severity(value)
		}
	}
	return sets
}

// take lets what was answered take its effect.
func (sets *Sets) take(inc *Incident, e *Entry, s *Step) {
	if sets.Severity != "" {
		grade(inc, sets.Severity, e)
	}
	for _, id := range slices.Sorted(maps.Keys(sets.Roles)) {
		person := sets.People[id]
		if e.Withheld.Has(Names) {
			person = WithheldText
			s.hidden = e.Seq
		}
		inc.said.say(e, subject{what: OfRole, of: id}, person)
		if role := inc.Role(id); role == nil {
			inc.Unresolved++
		} else if role.Person != person || person == WithheldText || role.Pending != "" {
			role.hold(person, e)
			inc.retitle(ofRoles)
		} else {
			role.held(e)
		}
	}
}

// SetAnew reports whether what an answer to a question set, who holds a role or the severity, is
// another now; false if that is withheld.
func SetAnew(inc *Incident, ask *runbooks.Ask, value string) bool {
	if id, sets := ask.SetsRole(); sets {
		role := inc.Role(id)
		return role != nil && !untoldPerson(role.Person, value) && !runbooks.SameName(role.Person, value)
	}
	return ask.Sets == runbooks.SetsSeverity && value != string(inc.Severity)
}

// answers are what was answered, with who was named.
func (sets *Sets) answers(values map[string]string, withheld Parts) map[string]string {
	if len(sets.Roles) == 0 {
		return values
	}
	all := make(map[string]string, len(values)+len(sets.Roles))
	maps.Copy(all, values)
	for role, ask := range sets.Roles {
		if !withheld.Has(Names) {
			all[ask] = sets.People[role]
		}
	}
	return all
}

// named are the questions whose answers name who holds a role.
func (sets *Sets) named(inc *Incident) map[string]bool {
	all := make(map[string]bool, len(sets.Roles))
	for role, ask := range sets.Roles {
		if inc.Role(role) != nil {
			all[ask] = true
		}
	}
	return all
}

// say says what was answered, with who was named.
func (sets *Sets) say(values map[string]string, withheld Parts) string {
	all := maps.Clone(sets.answers(values, withheld))
	for _, ask := range sets.Roles {
		if withheld.Has(Names) {
			if all == nil {
				all = make(map[string]string)
			}
			all[ask] = WithheldText
		}
	}
	return sayValues(all)
}

// contradicts says that roles and those who hold them do not go together.
func (sets *Sets) contradicts(e *Entry) string {
	for role := range sets.People {
		if sets.Roles[role] == "" {
			return fmt.Sprintf("It names who holds the role %s, and not by which question.", role)
		}
	}
	for role := range sets.Roles {
		if sets.People[role] == "" && !e.Withheld.Has(Names) {
			return fmt.Sprintf("It gives the role %s to nobody.", role)
		}
	}
	return ""
}

// SetNow is what a question of a step sets as it stands now; "" if it sets nothing, or
// if nothing is set. It need not be answered then, and is the answer that a form offers.
func SetNow(inc *Incident, ask *runbooks.Ask) string {
	if id, ok := ask.SetsRole(); ok {
		if role := inc.Role(id); role != nil && role.Person != WithheldText {
			return role.Person
		}
		return ""
	}
	if ask.Sets == runbooks.SetsSeverity {
		return string(inc.Severity)
	}
	return ""
}

// missSets takes away what an answer that is withheld whole may have set.
func missSets(inc *Incident) {
	for i := range inc.Steps {
		for j := range inc.Steps[i].Def.Ask {
			ask := &inc.Steps[i].Def.Ask[j]
			if ask.Sets == runbooks.SetsSeverity {
				inc.Severity = ""
			}
			id, _ := ask.SetsRole()
			if role := inc.Role(id); role != nil {
				*role = Role{Def: role.Def, Person: WithheldText}
			}
		}
	}
}
