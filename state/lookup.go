package state

import (
	"strings"

	"muster/runbooks"
)

// Step is the step of this id; nil if there is none. It may be read, not changed.
func (inc *Incident) Step(id string) *Step {
	if i, ok := inc.stepAt[id]; ok {
		return &inc.Steps[i]
	}
	return nil
}

// Service is the service of this id; nil if there is none.
func (inc *Incident) Service(id string) *Service {
	if i, ok := inc.serviceAt[id]; ok {
		return &inc.Services[i]
	}
	return nil
}

// Role is the role of this id; nil if there is none.
func (inc *Incident) Role(id string) *Role {
	for i := range inc.Roles {
		if inc.Roles[i].Def.ID == id {
			return &inc.Roles[i]
		}
	}
	return nil
}

// Clock is the clock of this id; nil if there is none.
func (inc *Incident) Clock(id string) *Clock {
	id = oneID(inc, NounClock, id)
	for i := range inc.Clocks {
		if inc.Clocks[i].ID == id {
			return &inc.Clocks[i]
		}
	}
	return nil
}

// Notice is the notice of this id; nil if there is none.
func (inc *Incident) Notice(id string) *Notice {
	id = oneID(inc, NounNotice, id)
	for i := range inc.Notices {
		if inc.Notices[i].ID == id {
			return &inc.Notices[i]
		}
	}
	return nil
}

// Contact is the contact of this id; nil if there is none.
func (inc *Incident) Contact(id string) *Contact {
	id = oneID(inc, NounContact, id)
	for i := range inc.Contacts {
		if inc.Contacts[i].ID == id {
			return &inc.Contacts[i]
		}
	}
	return nil
}

// Input is the input of this id, with its runbook's prefix; nil if there is none.
func (inc *Incident) Input(id string) *runbooks.Ask {
	id = oneID(inc, NounInput, id)
	for b := range inc.Books {
		book := &inc.Books[b]
		for i := range book.Runbook.Inputs {
			if input := &book.Runbook.Inputs[i]; book.IDOf(NounInput, input.ID) == id {
				return &input.Ask
			}
		}
	}
	return nil
}

// Answer is what was decided or learned under this id: a decision step's, an ask's
// or an input's.
func (inc *Incident) Answer(id string) (Answer, bool) {
	answer, ok := inc.answers[oneID(inc, NounQuestion, id)]
	return answer, ok
}

// AskAnswer is the answer to one of a step's asks.
func (inc *Incident) AskAnswer(s *Step, ask string) (Answer, bool) {
	return inc.Answer(s.askKey(inc, ask))
}

// askKey is the id under which a step's ask is answered: each copy has its own.
func (s *Step) askKey(inc *Incident, ask string) string {
	if s.Def.Each != runbooks.Once {
		return inc.Books[s.Book].id(ask) + "/" + s.Service
	}
	return inc.Books[s.Book].IDOf(NounQuestion, ask)
}

// answerKey is the id under which what a step decides is answered.
func (s *Step) answerKey(inc *Incident) string {
	if s.Added || s.Def.Each != runbooks.Once {
		return s.ID
	}
	return inc.Books[s.Book].IDOf(NounQuestion, s.Def.ID)
}

// stepName is a step's number and title; its id if it is not there any more.
func stepName(inc *Incident, id string) string {
	if s := inc.Step(id); s != nil {
		return s.Name()
	}
	return id
}

func serviceTitle(inc *Incident, id string) string {
	if service := inc.Service(id); service != nil {
		return service.Def.Title
	}
	return id
}

func clockTitle(inc *Incident, id string) string {
	if c := inc.Clock(id); c != nil {
		return c.Def.Title
	}
	return id
}

// noticeTitle is what a notice is called; its id if that is not known.
func noticeTitle(inc *Incident, id string) string {
	if n := inc.Notice(id); n != nil {
		return n.Title()
	}
	return id
}

func contactTitle(inc *Incident, id, title string) string {
	if c := inc.Contact(id); c != nil && c.Def.Title != "" {
		return c.Def.Title
	}
	if title != "" {
		return title
	}
	return id
}

// oneID is the id of a thing that a book says under another: data-breach:dpa is dpa.
func oneID(inc *Incident, noun Noun, id string) string {
	prefix, rest, found := strings.Cut(id, ":")
	for i := range inc.Books {
		if b := &inc.Books[i]; found && b.Prefix == prefix {
			return b.IDOf(noun, rest)
		}
	}
	return id
}
