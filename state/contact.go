package state

import (
	"time"

	"muster/runbooks"
)

// A Contact is one contact in the incident, with every call.
type Contact struct {
	ID    string // with the book's prefix
	Def   *runbooks.Contact
	Calls []Call // oldest first
}

// A Call is one try to reach a contact.
type Call struct {
	ContactCalled
	When time.Time
	By   string
	Seq  uint64
}

// Reached reports whether somebody was spoken to.
func (c *Contact) Reached() bool {
	for _, call := range c.Calls {
		if call.Outcome == Reached {
			return true
		}
	}
	return false
}

// CallBackAt is when the contact is to be called again; zero if no such time was
// given, or if it was called since.
func (c *Contact) CallBackAt() time.Time {
	if n := len(c.Calls); n > 0 && c.Calls[n-1].CallBack != nil {
		return *c.Calls[n-1].CallBack
	}
	return time.Time{}
}

// Contact is the contact of this id; nil if there is none.
func (inc *Incident) Contact(id string) *Contact {
	for i := range inc.Contacts {
		if inc.Contacts[i].ID == id {
			return &inc.Contacts[i]
		}
	}
	return nil
}
