package view

import "muster/runbooks"

// An Organisation is whose incidents new ones are.
type Organisation struct {
	File     string                `json:"file"`
	Name     string                `json:"name"`
	Services []OrganisationService `json:"services"`
	Contacts []OrganisationContact `json:"contacts"`
	People   []OrganisationPerson  `json:"people"`
	Facts    runbooks.Facts        `json:"facts"`
}

// An OrganisationHead is an organisation of the library, in its list.
type OrganisationHead struct {
	ID       string `json:"id"`
	Name     string `json:"name,omitempty"`
	Services int    `json:"services"`
	From     string `json:"from"`
	Problem  string `json:"problem,omitempty"` // why it cannot be used; "" if it can
}

// An OrganisationService is what it runs.
type OrganisationService struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Tier  int    `json:"tier" doc:"1 is restored first"`
}

// An OrganisationContact is whom it calls.
type OrganisationContact struct {
	ID    string   `json:"id"`
	Title string   `json:"title"`
	Reach []string `json:"reach"`
}

// An OrganisationPerson is who may act.
type OrganisationPerson struct {
	Name  string   `json:"name"`
	Roles []string `json:"roles"`
}

// OrganisationOf gives an organisation that was read from a file.
func OrganisationOf(file string, org *runbooks.Organisation) Organisation {
	out := Organisation{File: file, Name: org.Name, Services: []OrganisationService{}, Contacts: []OrganisationContact{}, People: []OrganisationPerson{}, Facts: org.Facts}
	for _, s := range org.Services {
		out.Services = append(out.Services, OrganisationService{ID: s.ID, Title: s.Title, Tier: s.Tier})
	}
	for _, c := range org.Contacts {
		out.Contacts = append(out.Contacts, OrganisationContact{ID: c.ID, Title: c.Title, Reach: append([]string{}, c.Reach...)})
	}
	for _, p := range org.People {
		out.People = append(out.People, OrganisationPerson{Name: p.Name, Roles: append([]string{}, p.Roles...)})
	}
	return out
}
