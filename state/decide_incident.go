package state

import (
	"fmt"
	"slices"
	"strings"

	"muster/runbooks"
)

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
	title, severity := c.Title, c.Severity
	if title == "" {
		title = book.Title
	}
	if severity == "" {
		severity = book.Severity
	}
	d.need("the title", title, MaxTitle)
	d.severity(severity)
	d.scenario(c.Mode, c.Scenario)
	return &Opened{ID: c.ID, Title: title, Severity: severity, Inputs: d.inputs(book, c.Inputs), Program: c.Program, Runbook: c.Runbook, Scenario: c.Scenario}
}

// book reads a runbook's text, and refuses one with errors.
func (d *decision) book(doc Document) *runbooks.Runbook {
	if Sum([]byte(doc.Text)) != doc.SHA256 {
		d.refuse(Refusal{Reason: Invalid, Text: "The runbook's text does not match its hash."})
		return nil
	}
	book, problems := runbooks.Parse(doc.ID+".toml", []byte(doc.Text))
	if err := problems.Err(); err != nil {
		d.refuse(Refusal{Reason: Invalid, Text: "The runbook has errors: " + err.Error(), Hint: "See muster runbook lint."})
		return nil
	}
	return book
}

// inputs fills in defaults and checks what was given.
func (d *decision) inputs(book *runbooks.Runbook, given map[string]string) map[string]string {
	inputs := make(map[string]string)
	for _, input := range book.Inputs {
		value, ok := given[input.ID]
		if !ok {
			value = input.Default
		}
		value = d.value(input.Ask, value)
		if value != "" {
			inputs[input.ID] = value
		}
	}
	for id := range given {
		if !slices.ContainsFunc(book.Inputs, func(input runbooks.Input) bool { return input.ID == id }) {
			d.refuse(Refusal{Reason: NotFound, Text: fmt.Sprintf("The runbook has no input %q.", id)})
		}
	}
	return inputs
}

func (c AnswerInputs) decide(d *decision) Data {
	if len(c.Values) == 0 {
		return d.refuse(Refusal{Reason: Missing, Text: "No answer is given.", Hint: "Give it as ID=VALUE."})
	}
	values := make(map[string]string, len(c.Values))
	for id, value := range c.Values {
		ask := d.inc.Input(id)
		if ask == nil {
			return d.refuse(Refusal{Reason: NotFound, Text: fmt.Sprintf("The incident's runbooks have no input %q.", id)})
		}
		values[id] = d.value(*ask, value)
	}
	return &InputsAnswered{Values: values}
}

func (d *decision) severity(severity runbooks.Severity) {
	if !slices.Contains(runbooks.Severities(), severity) {
		d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("There is no severity %q.", severity), Hint: "It is one of SEV1, SEV2, SEV3, SEV4."})
	}
}

func (c OpenSession) decide(*decision) Data { data := SessionOpened(c); return &data }
func (c StepClock) decide(*decision) Data   { data := ClockStepped(c); return &data }
func (c MendLog) decide(*decision) Data     { data := Recovered(c); return &data }

func (c AddNote) decide(d *decision) Data {
	d.need("the note", c.Text, MaxText)
	if c.Step != "" && d.find(c.Step) == nil {
		return nil
	}
	return &NoteAdded{Step: c.Step, Text: c.Text}
}

func (c AddEvidence) decide(d *decision) Data {
	d.need("the file's name", c.Name, MaxTitle)
	d.text("the note", c.Note, MaxText)
	if c.Step != "" && d.find(c.Step) == nil {
		return nil
	}
	if c.SHA256.IsZero() || c.Size < 0 {
		return d.refuse(Refusal{Reason: Missing, Text: "The file's hash is missing."})
	}
	data := EvidenceAdded(c)
	return &data
}

func (d *decision) noRole(id string) Data {
	var ids []string
	for _, role := range d.inc.Roles {
		ids = append(ids, role.Def.ID)
	}
	return d.refuse(Refusal{Reason: NotFound, Text: fmt.Sprintf("There is no role %q in this incident.", id), Hint: "The roles are: " + strings.Join(ids, ", ") + "."})
}

func (c AssignRole) decide(d *decision) Data {
	d.text("the name", c.Person, MaxName)
	role := d.inc.Role(c.Role)
	if role == nil {
		return d.noRole(c.Role)
	}
	if role.Person == c.Person {
		return d.refuse(Refusal{Reason: AlreadySo, Text: fmt.Sprintf("%s is %s already.", role.Def.Title, orNobody(c.Person))})
	}
	return &RoleAssigned{Role: c.Role, Person: c.Person}
}

func (c SetService) decide(d *decision) Data {
	d.need("the reason", c.Why, MaxText)
	service := d.inc.Service(c.Service)
	if service == nil {
		var ids []string
		for _, other := range d.inc.Services {
			ids = append(ids, other.ID)
		}
		return d.refuse(Refusal{Reason: NotFound, Text: fmt.Sprintf("There is no service %q in this incident.", c.Service), Hint: "The services are: " + strings.Join(ids, ", ") + "."})
	}
	switch {
	case !slices.Contains(ServiceStates(), c.State):
		return d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("There is no state %q.", c.State), Hint: stateHint()})
	case service.State == c.State:
		return d.refuse(Refusal{Reason: AlreadySo, Seq: service.Seq, Text: fmt.Sprintf("%s is %s already%s.", service.Def.Title, c.State, d.sayBy(service))})
	case c.State == Verified:
		d.toVerified(service)
	case (c.State == Restoring || c.State == Restored) && !service.State.Down() && service.State != Restored:
		d.refuse(Refusal{Reason: Untrue, Overridable: true, Text: fmt.Sprintf("%s is %s: nobody has said that it was down.", service.Def.Title, service.State)})
	case c.State == Regressed && service.State != Restored && service.State != Verified:
		d.refuse(Refusal{Reason: Untrue, Overridable: true, Text: fmt.Sprintf("%s is %s: what was not restored cannot regress.", service.Def.Title, service.State)})
	}
	return &ServiceSet{Service: service.ID, State: c.State, Why: c.Why}
}

func stateHint() string {
	var words []string
	for _, state := range ServiceStates() {
		words = append(words, string(state))
	}
	return "The states are: " + strings.Join(words, ", ") + "."
}

func (d *decision) sayBy(service *Service) string {
	if service.Since.IsZero() {
		return ""
	}
	return fmt.Sprintf(", by %s at %s", service.By, d.clock(service.Since))
}

func (c SetSeverity) decide(d *decision) Data {
	d.need("the reason", c.Why, MaxText)
	d.severity(c.Severity)
	if c.Severity == d.inc.Severity {
		return d.refuse(Refusal{Reason: AlreadySo, Text: fmt.Sprintf("The severity is %s already.", c.Severity)})
	}
	return &SeverityChanged{Severity: c.Severity, Why: c.Why}
}

// maxBooks bounds how many runbooks one incident can run.
const maxBooks = 20

func (c AttachRunbook) decide(d *decision) Data {
	d.need("the reason", c.Why, MaxText)
	book := d.book(c.Runbook)
	if book == nil {
		return nil
	}
	prefix := c.Prefix
	if prefix == "" {
		prefix = book.ID
	}
	if !plainID(prefix) {
		return d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("%q cannot stand before a step's id.", prefix)})
	}
	for _, other := range d.inc.Books {
		if other.Prefix == prefix || other.Doc.SHA256 == c.Runbook.SHA256 {
			return d.refuse(Refusal{Reason: AlreadySo, Text: fmt.Sprintf("The runbook %q is part of this incident already.", other.Runbook.Title)})
		}
	}
	if len(d.inc.Books) >= maxBooks {
		return d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("An incident runs at most %d runbooks.", maxBooks)})
	}
	return &RunbookAttached{Prefix: prefix, Why: c.Why, Runbook: c.Runbook}
}

// maxOpenItems bounds how many open things a closing lists by name.
const maxOpenItems = 200

func (c CloseIncident) decide(d *decision) Data {
	d.text("the summary", c.Summary, MaxText)
	if closed := d.inc.Closed; closed != nil {
		return d.refuse(Refusal{Reason: AlreadySo, Seq: closed.Seq, Text: fmt.Sprintf("The incident was closed by %s at %s.", closed.By, d.clock(closed.When))})
	}
	open := d.inc.OpenItems()
	data := &IncidentClosed{Summary: c.Summary, Open: open}
	if len(open) > maxOpenItems {
		data.Open, data.More = open[:maxOpenItems], len(open)-maxOpenItems
	}
	if len(open) > 0 {
		d.refuse(Refusal{Reason: StillOpen, Overridable: true, Text: fmt.Sprintf("Still open: %s.", d.inc.sayOpen(open)),
			Hint: "Finish or skip them, or close anyway and say why."})
	}
	return data
}

func (c ReopenIncident) decide(d *decision) Data {
	d.need("why it is reopened", c.Why, MaxText)
	if d.inc.Closed == nil {
		return d.refuse(Refusal{Reason: WrongStatus, Text: "The incident is open."})
	}
	return &IncidentReopened{Why: c.Why}
}
