package state

import (
	"fmt"
	"slices"

	"muster/runbooks"
)

// KindIncidentOpened is the kind of [IncidentOpened].
const KindIncidentOpened Kind = "incident.opened"

// IncidentOpened is the first entry of every log.
type IncidentOpened struct {
	ID       string            `json:"id"` // the incident's id
	Title    string            `json:"title" part:"notes"`
	Severity runbooks.Severity `json:"severity"`
	Inputs   map[string]string `json:"inputs,omitempty" part:"notes"`
	Program  string            `json:"program"`       // name and version that opened it
	TLP      string            `json:"tlp,omitempty"` // the runbook's marking, which is known where that is withheld; "" in older logs
	Runbook  Document          `json:"runbook"`
	Scenario *SealedScenario   `json:"scenario,omitempty"` // of a drill that has one

	Organisation Organisation `json:"organisation,omitzero"` // zero if there is no such file
}

// Kind is KindIncidentOpened.
func (*IncidentOpened) Kind() Kind { return KindIncidentOpened }

// OpenIncident makes incident.opened. The action's Occurred is when the
// incident was detected.
type OpenIncident struct {
	ID       string
	Mode     Mode
	Title    string            // "" for the runbook's
	Severity runbooks.Severity // "" for the runbook's
	Inputs   map[string]string
	Program  string
	Runbook  Document
	Scenario *SealedScenario // of a drill that has one

	Organisation Organisation // whose incident it is; zero if that is not set down
}

func (OpenIncident) kind() Kind { return KindIncidentOpened }

func (c OpenIncident) decide(d *decision) Data {
	if !plainID(c.ID) {
		return d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("%q cannot be an incident's id.", c.ID)})
	}
	if c.Mode != Live && c.Mode != Drill {
		return d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("An incident is live or a drill, not %q.", c.Mode)})
	}
	book := d.book(c.Runbook)
	if book == nil {
		return nil
	}
	d.fits([]*runbooks.Runbook{book}, c.Organisation)
	title, severity := c.Title, c.Severity
	if title == "" {
		title = book.Title
	}
	if severity == "" {
		severity = book.Severity
	}
	d.need("title", "the title", title, MaxTitle)
	d.severity(severity)
	d.scenario(c.Mode, c.Scenario)
	for i := range c.Organisation.Services {
		d.name("services", "a service's title", c.Organisation.Services[i].Title, MaxTitle)
	}
	inputs := d.inputs(book, c.Inputs, c.Organisation.Name)
	if c.Mode != Drill {
		countedFromStart(d, book, inputs)
	}
	return &IncidentOpened{ID: c.ID, Title: title, Severity: severity, Inputs: inputs, Program: c.Program, TLP: book.TLP,
		Runbook: c.Runbook, Scenario: c.Scenario, Organisation: c.Organisation}
}

// scenario checks the scenario that a drill is opened with.
func (d *decision) scenario(mode Mode, sealed *SealedScenario) {
	switch {
	case sealed == nil:
	case mode != Drill:
		d.refuse(Refusal{Reason: NotDrill, Text: "A scenario is for a drill, and this would be a live incident.", Hint: "Start it as a drill."})
	case sealed.SHA256.IsZero() || !plainID(sealed.ID):
		d.refuse(Refusal{Reason: Invalid, Text: "The scenario has no id or no hash."})
	default:
		d.need("scenario", "the scenario's title", sealed.Title, 4*MaxTitle)
	}
}

// inputs fills in defaults and checks what was given. Who we are need not be asked, if
// the organisation has a name.
func (d *decision) inputs(book *runbooks.Runbook, given map[string]string, org string) map[string]string {
	inputs := make(map[string]string)
	for _, input := range book.Inputs {
		value, ok := given[input.ID]
		if !ok {
			value = input.Default
		}
		if value == "" && input.ID == "org" {
			value = org
		}
		value = d.value(input.Ask, value)
		if value != "" {
			inputs[input.ID] = value
		}
	}
	for id := range given {
		if !slices.ContainsFunc(book.Inputs, func(input runbooks.Input) bool { return input.ID == id }) {
			d.noneOf("values", notIn(NounInput, " in this runbook", id, inputNames(&Book{Runbook: book})))
		}
	}
	return inputs
}

func (data *IncidentOpened) effect(inc *Incident, e *Entry) {
	if e.Seq != 1 {
		return // an incident is opened once; a log that says it again was made up
	}
	inc.ID, inc.Mode, inc.Title, inc.Severity = data.ID, e.Mode, data.Title, data.Severity
	inc.Opened, inc.OpenedAt, inc.OpenedBy, inc.Program = e.When(), e.Recorded, e.By.Name, data.Program
	inc.Exercise.Scenario = data.Scenario
	if data.Organisation.Name != "" || len(data.Organisation.Services) > 0 {
		data.Organisation.join(inc)
	}
	inc.attach(Book{Doc: data.Runbook})
	inc.keep(e, data.Inputs, nil)
	inc.fire(e, runbooks.IncidentOpened, "", "")
}

func (data *IncidentOpened) describe(_ *Incident, e Entry) string {
	return fmt.Sprintf("opened the %s incident %q, %s, with the runbook %s", e.Mode, data.Title, data.Severity, data.Runbook.ID)
}

func (data *IncidentOpened) contradicts(inc *Incident, e *Entry) string {
	if e.Seq != 1 {
		return "It opens an incident that is open."
	}
	if e.Withheld.Has(Procedure) {
		return ""
	}
	if book := parseBook(inc, data.Runbook); data.TLP != "" && book.TLP != "" && book.TLP != data.TLP {
		return fmt.Sprintf("It says TLP:%s, and the runbook says TLP:%s.", data.TLP, book.TLP)
	}
	return notItsHash("the runbook", data.Runbook.Text, data.Runbook.SHA256)
}
