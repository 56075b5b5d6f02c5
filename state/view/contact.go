package view

import (
	"time"

	"muster/state"
)

// A Contact is somebody to call, with every call.
type Contact struct {
	ID       string     `json:"id"`
	Title    string     `json:"title"`
	Role     string     `json:"role,omitempty"`
	Reached  *bool      `json:"reached" null:"whether it was is withheld"`
	CallBack *time.Time `json:"call_back,omitempty" doc:"when to call back; left out if that may have been done"`
	Calls    []Call     `json:"calls" doc:"oldest first"`
}

// A ContactCard is a contact with the ways to reach it.
type ContactCard struct {
	Contact
	Reach []Way  `json:"reach" doc:"in the order to try them"`
	Hours string `json:"hours,omitempty"`
	Note  string `json:"note,omitempty"`
}

// A Way is one way to reach a contact.
type Way struct {
	Way     string `json:"way"`
	Private bool   `json:"private,omitempty" doc:"from the person's own contacts.toml; never in a log"`
}

// A Call is one try to reach a contact.
type Call struct {
	At       time.Time     `json:"at"`
	By       string        `json:"by"`
	Via      string        `json:"via,omitempty"`
	Outcome  state.Outcome `json:"outcome"`
	CallBack *time.Time    `json:"call_back,omitempty"`
	Note     string        `json:"note,omitempty"`
	In       bool          `json:"in,omitempty" doc:"they called us"`
	Seq      uint64        `json:"seq"`
}

// A CallBack is somebody to call back, and when.
type CallBack struct {
	ID    string    `json:"id" doc:"of the contact"`
	Title string    `json:"title"`
	At    time.Time `json:"at"`
	// Of a call whose contact is withheld it is not known whom it was to: perhaps to this one.
	Withheld bool `json:"withheld,omitempty" doc:"whether it was done since is withheld"`
}

// ContactOf is a contact of the incident.
func ContactOf(inc *state.Incident, c *state.Contact) Contact {
	reached := c.Reached()
	out := Contact{ID: c.ID, Title: c.Def.Title, Role: c.Def.Role, Reached: &reached, CallBack: moment(c.CallBackAt(inc)), Calls: callsOf(c.Calls)}
	if !reached && (len(inc.Calls) > 0 || inc.Redacted.Calls > 0) || reached && inc.Redacted.Corrected > lastReached(c) {
		out.Reached = nil
	}
	return out
}

// lastReached is the last entry by which a contact was reached: a correction that is withheld
// and comes after it may have taken it back.
func lastReached(c *state.Contact) (seq uint64) {
	for i := range c.Calls {
		if c.Calls[i].Outcome == state.Reached {
			seq = c.Calls[i].Seq
		}
	}
	return seq
}

func callsOf(calls []state.Call) []Call {
	out := make([]Call, 0, len(calls))
	for _, call := range calls {
		one := Call{At: call.When.UTC(), By: call.By, Via: call.Via, Outcome: call.Outcome, Note: call.Note, In: call.In, Seq: call.Seq}
		if call.CallBack != nil {
			one.CallBack = moment(*call.CallBack)
		}
		out = append(out, one)
	}
	return out
}

// callBacksOf are the contacts to call back; of those whose names are withheld, every
// call that asked for it, whoever it was.
func callBacksOf(inc *state.Incident) []CallBack {
	out := []CallBack{}
	for i := range inc.Contacts {
		c := &inc.Contacts[i]
		if at := c.AskedBack(); !at.IsZero() {
			out = append(out, CallBack{ID: c.ID, Title: c.Def.Title, At: at.UTC(), Withheld: c.MayHaveBeenCalled(inc)})
		}
	}
	for _, call := range inc.Calls {
		if call.CallBack != nil {
			out = append(out, CallBack{ID: state.WithheldText, Title: state.WithheldText, At: call.CallBack.UTC(), Withheld: true})
		}
	}
	return out
}
