package state

import (
	"maps"
	"slices"
	"strings"

	"muster/runbooks"
)

// OrganisationOf is an organisation as an entry has it, with the file that it was read
// from.
func OrganisationOf(source *runbooks.OrganisationSource) Organisation {
	org := source.Organisation
	return Organisation{
		Name: org.Name, ID: source.ID, Source: source.Layer, SHA256: source.SHA256, Services: org.Services,
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

func addService(inc *Incident, def *runbooks.Service) {
	at := maps.Clone(inc.serviceAt)
	if at == nil {
		at = make(map[string]int)
	}
	at[def.ID] = len(inc.Services)
	inc.serviceAt = at
	inc.Services = append(slices.Clip(inc.Services), Service{ID: def.ID, Def: def, State: UnknownState})
}

// Commander is the id of the role that decides, as the built-in runbooks have it.
const Commander = "commander"

// Titles are what is listed in one line, with commas between.
func Titles(line string) (titles []string) {
	for title := range strings.SplitSeq(line, ",") {
		if title = strings.TrimSpace(title); title != "" {
			titles = append(titles, title)
		}
	}
	return titles
}

// OrganisationRunning is an organisation of which only a name and its services' titles
// are known, the most important first. The first three are of tier 1.
func OrganisationRunning(name string, titles []string) Organisation {
	o := Organisation{Name: name}
	for i, title := range titles {
		taken := func(id string) bool {
			return slices.ContainsFunc(o.Services, func(s runbooks.Service) bool { return s.ID == id })
		}
		o.Services = append(o.Services, runbooks.Service{ID: runbooks.NewID(title, "service", taken), Title: title, Tier: min(i/3+1, 5)})
	}
	return o
}
