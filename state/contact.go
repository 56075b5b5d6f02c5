package state

import (
	"fmt"
	"slices"
	"time"

	"muster/runbooks"
)

// KindContactCalled is the kind of [ContactCalled].
const KindContactCalled Kind = "contact.called"

// ContactCalled records one try to reach a contact.
type ContactCalled struct {
	Contact  string     `json:"contact" part:"names"`
	Title    string     `json:"title" part:"names"` // of a contact that no runbook has
	Via      string     `json:"via" part:"names"`   // which of its ways
	Outcome  Outcome    `json:"outcome"`
	CallBack *time.Time `json:"call_back,omitempty"` // when to try again
	Note     string     `json:"note,omitempty" part:"notes" text:"amend"`
	In       bool       `json:"in,omitempty"` // they called us
}

// Kind is KindContactCalled.
func (*ContactCalled) Kind() Kind { return KindContactCalled }

// CallContact makes contact.called.
type CallContact ContactCalled

func (CallContact) kind() Kind { return KindContactCalled }

func (c CallContact) decide(d *decision) Data {
	d.text("note", "the note", c.Note, MaxText)
	d.name("contact", "the contact", c.Contact, MaxTitle)
	d.text("via", "the way", c.Via, MaxTitle)
	d.name("title", "the title", c.Title, MaxTitle)
	if d.inc.Contact(c.Contact) == nil && c.Title == "" {
		return d.none(NounContact, c.Contact)
	}
	switch {
	case !slices.Contains(Outcomes(), c.Outcome):
		return noWord(d, NounOutcome, c.Outcome, Outcomes())
	case c.In && c.Outcome != Reached && c.Outcome != CallBack:
		return d.refuse(Refusal{Reason: Invalid, Field: "outcome", Text: fmt.Sprintf("Who calls us is spoken to: the outcome is reached or call-back, not %s.", c.Outcome)})
	case c.Outcome == CallBack && c.CallBack == nil:
		return d.refuse(Refusal{Reason: Missing, Field: "callback", Text: "When to call back is missing."})
	}
	data := ContactCalled(c)
	return &data
}

func (data *ContactCalled) effect(inc *Incident, e *Entry) {
	call := Call{
		Contact: data.Contact, Title: data.Title, Via: data.Via, Outcome: data.Outcome, CallBack: data.CallBack, Note: data.Note, In: data.In,
		When: e.When(), By: e.By.Name, Seq: e.Seq,
	}
	if e.Withheld.Has(Names) {
		inc.Calls = append(slices.Clip(inc.Calls), call)
		return
	}
	c := inc.Contact(data.Contact)
	if c == nil {
		def := &runbooks.Contact{ID: data.Contact, Title: data.Title}
		inc.Contacts = append(slices.Clip(inc.Contacts), Contact{ID: data.Contact, Def: def})
		c = &inc.Contacts[len(inc.Contacts)-1]
	}
	c.Calls = append(slices.Clip(c.Calls), call)
}

func (data *ContactCalled) describe(inc *Incident, _ Entry) string {
	verb := "called %s: %s"
	if data.In {
		verb = "was called by %s: %s"
	}
	text := fmt.Sprintf(verb, contactTitle(inc, data.Contact, data.Title), data.Outcome)
	if data.CallBack != nil {
		text += ", call back at " + inUTC(*data.CallBack)
	}
	return text + said(data.Note)
}
