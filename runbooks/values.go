package runbooks

// Values are what a template can say. Its fields are named in templates as they
// are here: {{ .Org }}, {{ .Incident.Title }}, {{ list .Services.Down }}.
type Values struct {
	Org      string
	Incident IncidentValues
	Service  ServiceValues // the step's service; zero if it has none
	Services ServiceLists
	Answers  map[string]string // by decision step, ask or input
	Roles    map[string]string // who holds the role, by its id
}

// IncidentValues is the incident, as templates see it.
type IncidentValues struct {
	ID, Title, Severity, Mode, Opened string
	Began                             string // "detected 2026-11-24 02:41 UTC"; "recorded from …" where nobody gave a time of detection
}

// ServiceValues is one service, as templates see it.
type ServiceValues struct{ ID, Title, Shutdown, Restore, Owner, State string }

// ServiceLists holds the titles of services by their state. Every service of which
// anything is known or was said stands in exactly one of Back, NotBack and NotSure. A list
// is nil where nothing is in it so far and something may be, and empty where nothing is.
type ServiceLists struct {
	All, Back, NotBack, NotSure                    []string
	Down, Affected, Unaffected, Restored, Verified []string // older names, for what they say alone
}

// fields are a value whose fields templates can name. A field that there is not is
// nil. The names are spelled out, so that nothing is looked up by reflection: it
// would make the linker keep every method of the whole program.
type fields interface{ field(name string) any }

func (v Values) field(name string) any {
	switch name {
	case "Org":
		return v.Org
	case "Incident":
		return v.Incident
	case "Service":
		return v.Service
	case "Services":
		return v.Services
	case "Answers":
		return v.Answers
	case "Roles":
		return v.Roles
	}
	return nil
}

func (v IncidentValues) field(name string) any {
	switch name {
	case "ID":
		return v.ID
	case "Title":
		return v.Title
	case "Severity":
		return v.Severity
	case "Mode":
		return v.Mode
	case "Opened":
		return v.Opened
	case "Began":
		return v.Began
	}
	return nil
}

func (v ServiceValues) field(name string) any {
	switch name {
	case "ID":
		return v.ID
	case "Title":
		return v.Title
	case "Shutdown":
		return v.Shutdown
	case "Restore":
		return v.Restore
	case "Owner":
		return v.Owner
	case "State":
		return v.State
	}
	return nil
}

func (v ServiceLists) field(name string) any {
	switch name {
	case "All":
		return v.All
	case "Back":
		return v.Back
	case "NotBack":
		return v.NotBack
	case "NotSure":
		return v.NotSure
	case "Down":
		return v.Down
	case "Affected":
		return v.Affected
	case "Unaffected":
		return v.Unaffected
	case "Restored":
		return v.Restored
	case "Verified":
		return v.Verified
	}
	return nil
}
