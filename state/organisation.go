package state

import (
	"slices"

	"muster/runbooks"
)

// An Organisation is whose incident it is, as the log keeps it: the incident never
// depends on a file that may change. What it runs goes with the runbook, and whom it
// calls and who works in it with the names, so that names can be withheld and the
// procedure shown.
type Organisation struct {
	Name     string             `json:"name,omitempty" part:"runbook"`
	SHA256   string             `json:"sha256,omitempty" part:"runbook"` // of its file, 64 hexadecimal digits; "" if there was none
	Services []runbooks.Service `json:"services,omitempty" part:"runbook"`
	Contacts []runbooks.Contact `json:"contacts,omitempty" part:"names"`
	People   []runbooks.Person  `json:"people,omitempty" part:"names"`
	Facts    runbooks.Facts     `json:"facts,omitzero" part:"runbook"`
}

// OrganisationOf is an organisation as an entry has it. text is its file, as it lay.
func OrganisationOf(org *runbooks.Organisation, text []byte) Organisation {
	return Organisation{
		Name: org.Name, SHA256: Sum(text).String(), Services: org.Services,
		Contacts: org.Contacts, People: org.People, Facts: org.Facts,
	}
}

// join gives the incident what the organisation runs, before a runbook brings its own.
func (o *Organisation) join(inc *Incident) {
	inc.Organisation = o
	for i := range o.Services {
		addService(inc, &o.Services[i])
	}
	for i := range o.Contacts {
		inc.Contacts = append(slices.Clip(inc.Contacts), Contact{ID: o.Contacts[i].ID, Def: &o.Contacts[i]})
	}
}

// has reports whether a runbook's service is one of the incident's already, or an
// example that gives way to what the organisation runs.
func (o *Organisation) has(inc *Incident, s *runbooks.Service) bool {
	return inc.Service(s.ID) != nil || s.Example && o != nil && len(o.Services) > 0
}

// contact is the organisation's contact that a runbook's id names; nil if it has none.
func (o *Organisation) contact(id string) *runbooks.Contact {
	if o == nil {
		return nil
	}
	for i := range o.Contacts {
		if o.Contacts[i].ID == id {
			return &o.Contacts[i]
		}
	}
	return nil
}
