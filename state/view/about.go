package view

import "muster/state"

// About is what an entry is about, a fact a field, as people call it. A field is empty
// where the entry is about no such thing.
type About struct {
	Service string // its title; of a step for a service, that one
	State   string // of the service, as the entry says, or as the step that it is of leads to
	Notice  string // its title
	Version int    // of the notice; 0 is none
	Channel string // by which it went
	To      string // whom it went to, or who got a sitrep
	Clock   string // its title
	Contact string // its title
	Outcome string // of a call
	Holder  string // who got a role
	File    string // of the evidence
	SHA256  string // of the file
}

// AboutOf is what an entry is about. Nothing in it is cleaned.
func AboutOf(inc *state.Incident, e *state.Entry) About {
	var a About
	switch data := e.Data.(type) {
	case *state.ServiceSet:
		a.Service, a.State = ServiceTitle(inc, data.Service), string(data.State)
	case *state.ServiceChecked:
		a.Service = ServiceTitle(inc, data.Service)
	case *state.ServiceAdded:
		a.Service = ServiceTitle(inc, data.Service)
	case *state.ContactCalled:
		a.Contact, a.Outcome, a.Channel = contactTitle(inc, data), string(data.Outcome), data.Via
	case *state.RoleAssigned:
		a.Holder = data.Person
	case *state.RoleHanded:
		a.Holder = data.To
	case *state.SitrepIssued:
		a.To = data.To
	case *state.EvidenceAdded:
		a.File = data.Name
		if !e.Withheld.Has(state.Evidence) {
			a.SHA256 = data.SHA256.String()
		}
	default:
		a.notice(inc, e.Data)
		a.clock(inc, e.Data)
	}
	if s := inc.Step(inc.StepOf(*e)); s != nil && s.Service != "" && a.Service == "" {
		a.Service, a.State = ServiceTitle(inc, s.Service), string(Moves(s, e.Data))
	}
	return a
}

// Moves is the state that an entry about a step gives the step's service; "" for none: a step
// that two people have to do moves it when the second has confirmed.
func Moves(s *state.Step, data state.Data) state.ServiceState {
	switch data := data.(type) {
	case *state.StepAnswered:
		if data.Option != "" {
			return state.LeadsTo(s, data.Option)
		}
	case *state.StepDone:
		if !s.Def.TwoPerson {
			return state.LeadsTo(s, "")
		}
	case *state.StepConfirmed:
		return state.LeadsTo(s, "")
	}
	return ""
}

// clock is about the deadline that an entry starts or ends.
func (a *About) clock(inc *state.Incident, data state.Data) {
	id := ""
	switch data := data.(type) {
	case *state.ClockStarted:
		id = data.Clock
	case *state.ClockMet:
		id = data.Clock
	case *state.ClockWaived:
		id = data.Clock
	case *state.ClockMissed:
		id = data.Clock
	default:
		return
	}
	a.Clock = clockTitle(inc, id)
}

// notice is about that part of a statement's way that an entry is.
func (a *About) notice(inc *state.Incident, data state.Data) {
	id := ""
	switch data := data.(type) {
	case *state.NoticeDrafted:
		id, a.Version = data.Notice, data.Version
	case *state.NoticeApproved:
		id, a.Version = data.Notice, data.Version
	case *state.NoticeLeaving:
		id, a.Version, a.Channel, a.To = data.Notice, data.Version, data.Channel, data.To
	case *state.NoticeSent:
		id, a.Version, a.Channel, a.To = data.Notice, data.Version, data.Channel, data.To
	case *state.NoticeFailed:
		id, a.Version, a.Channel = data.Notice, data.Version, data.Channel
	default:
		return
	}
	a.Notice = id
	if n := inc.Notice(id); n != nil {
		a.Notice = n.Title()
	}
}

// contactTitle is what people call whom a call was to.
func contactTitle(inc *state.Incident, data *state.ContactCalled) string {
	if data.Title != "" {
		return data.Title
	}
	for i := range inc.Contacts {
		if c := &inc.Contacts[i]; c.ID == data.Contact && c.Def.Title != "" {
			return c.Def.Title
		}
	}
	return data.Contact
}
