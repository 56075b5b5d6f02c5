package state

import (
	"fmt"

	"muster/runbooks"
)

// KindServiceAdded is the kind of [ServiceAdded].
const KindServiceAdded Kind = "service.added"

// ServiceAdded records a service that neither the organisation nor a runbook has. From
// there on it is as the others: steps that stand for each service have a copy for it.
type ServiceAdded struct {
	Service   string   `json:"service"` // its id
	Title     string   `json:"title" part:"runbook"`
	Tier      int      `json:"tier"` // 1 (restore first) to 5
	DependsOn []string `json:"depends_on,omitempty"`
	Shutdown  string   `json:"shutdown,omitempty" part:"runbook"` // how to shut it down
	Restore   string   `json:"restore,omitempty" part:"runbook"`  // how to restore it
}

// Kind is KindServiceAdded.
func (*ServiceAdded) Kind() Kind { return KindServiceAdded }

// AddService makes service.added. Service "" is made from the title; Tier 0 is 3.
type AddService ServiceAdded

func (AddService) kind() Kind { return KindServiceAdded }

const maxTier = 5

func (c AddService) decide(d *decision) Data {
	d.need("title", "the title", c.Title, MaxTitle)
	d.name("title", "the title", c.Title, MaxTitle)
	d.text("shutdown", "how to shut it down", c.Shutdown, MaxText)
	d.text("restore", "how to restore it", c.Restore, MaxText)
	data := ServiceAdded(c)
	if data.Service == "" {
		data.Service = runbooks.NewID(c.Title, "service", func(id string) bool { return d.inc.Service(id) != nil })
	}
	if data.Tier == 0 {
		data.Tier = 3
	}
	switch {
	case data.Tier < 1 || data.Tier > maxTier:
		return d.refuse(Refusal{Reason: Invalid, Field: "tier", Text: fmt.Sprintf("There is no tier %d.", data.Tier), Hint: "1 is restored first, 5 last."})
	case !plainID(data.Service):
		return d.refuse(Refusal{Reason: Invalid, Field: "service", Text: fmt.Sprintf("%q cannot be the id of a new service.", data.Service), Hint: "An id is a–z, 0–9 and dashes."})
	}
	d.newService(&data)
	return &data
}

// newService refuses a service that is there, that depends on what is not, or for which
// there is no room.
func (d *decision) newService(data *ServiceAdded) {
	for i := range d.inc.Services {
		if s := &d.inc.Services[i]; s.ID == data.Service || runbooks.SameName(s.Def.Title, data.Title) {
			d.refuse(Refusal{Reason: AlreadySo, Field: "title", Text: fmt.Sprintf("%s (%s) is one of the services already.", s.Def.Title, s.ID)})
			return
		}
	}
	for _, id := range data.DependsOn {
		if id == data.Service {
			d.refuse(Refusal{Reason: Invalid, Field: "depends_on", Text: fmt.Sprintf("%s would depend on itself.", data.Title), Hint: "Name the services that it cannot run without."})
		} else if d.inc.Service(id) == nil {
			d.none(NounService, id)
		}
	}
	var books []*runbooks.Runbook
	for i := range d.inc.Books {
		books = append(books, d.inc.Books[i].Runbook)
	}
	d.fits(books, Organisation{Services: []runbooks.Service{*data.def()}})
}

// def is the service as a runbook would have it.
func (data *ServiceAdded) def() *runbooks.Service {
	def := &runbooks.Service{ID: data.Service, Title: data.Title, Tier: data.Tier, DependsOn: data.DependsOn, Shutdown: data.Shutdown, Restore: data.Restore}
	if def.Title == WithheldText {
		def.Title = def.ID + " " + WithheldText
	}
	return def
}

func (data *ServiceAdded) effect(inc *Incident, _ *Entry) {
	if inc.Service(data.Service) != nil {
		inc.Unresolved++
		return
	}
	addService(inc, data.def())
	inc.relay()
}

func (data *ServiceAdded) describe(inc *Incident, _ Entry) string {
	text := fmt.Sprintf("added the service %s", serviceTitle(inc, data.Service))
	if serviceTitle(inc, data.Service) != data.Service {
		text += " (" + data.Service + ")"
	}
	return text
}
