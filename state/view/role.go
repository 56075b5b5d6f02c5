package view

import (
	"time"

	"muster/runbooks"
	"muster/state"
)

// A Role is a role and who holds it.
type Role struct {
	ID       string     `json:"id"`
	Title    string     `json:"title"`
	Required bool       `json:"required"`
	Person   string     `json:"person,omitempty" doc:"left out if nobody holds it"`
	Since    *time.Time `json:"since,omitempty"`
	Pending  string     `json:"handed_to,omitempty" doc:"who has not acknowledged yet"`
}

// A RoleRecord adds who held a role.
type RoleRecord struct {
	Role
	History []Change `json:"history"`
}

// A Handover is a role that one person gave to another.
type Handover struct {
	Role  string     `json:"role"`
	From  string     `json:"from,omitempty" doc:"who held it; left out for nobody"`
	To    string     `json:"to"`
	Note  string     `json:"note,omitempty"`
	By    string     `json:"by"`
	At    time.Time  `json:"at"`
	Seq   uint64     `json:"seq"`
	Taken *time.Time `json:"acknowledged,omitempty" doc:"left out if it never was"`
	AckBy string     `json:"acknowledged_by,omitempty"`
	Ack   uint64     `json:"acknowledged_seq,omitempty"`
}

// A SitrepSent is a situation report that went out.
type SitrepSent struct {
	To       string      `json:"to,omitempty"`
	Handover string      `json:"handover,omitempty" doc:"the role whose new holder was given it"`
	SHA256   *state.Hash `json:"sha256" null:"it is withheld" doc:"of its text; of its Markdown if the text was not kept"`
	Text     Text        `json:"text" null:"it was not kept, or is withheld" doc:"as it left"`
	By       string      `json:"by"`
	At       time.Time   `json:"at"`
	Seq      uint64      `json:"seq"`
}

// SitrepSentOf is a sitrep that an entry issued.
func SitrepSentOf(data *state.SitrepIssued, e *state.Entry) SitrepSent {
	s := SitrepSent{
		To: data.To, Handover: data.Handover, SHA256: given(data.SHA256, e.Withheld.Has(state.Names)), Text: Text(data.Text), By: e.By.Name, At: e.When().UTC(), Seq: e.Seq,
	}
	if e.Withheld.Has(state.Notes) {
		s.Text = ""
	}
	return s
}

// RolesOf are all roles; nil, not known, if the runbook that has them is withheld.
func RolesOf(inc *state.Incident) []Role {
	var out []Role
	for i := range inc.Roles {
		out = append(out, roleOf(&inc.Roles[i]))
	}
	return known(out, inc.Redacted.Runbook)
}

func roleOf(r *state.Role) Role {
	return Role{ID: r.Def.ID, Title: r.Def.Title, Required: r.Def.Required, Person: r.Person, Since: moment(r.Since), Pending: r.Pending}
}

// tenures are who held a role, one after the other, by what entries said of it. Who is said again
// to hold it is one of them, since the first time of which that is said.
func tenures(changes []Change) []Change {
	var out []Change
	for _, c := range changes {
		n := len(out)
		switch {
		case n == 0 || c.To == state.WithheldText || !runbooks.SameName(c.To, out[n-1].To):
			out = append(out, c)
		case c.At.Before(out[n-1].At) && (n == 1 || !c.At.Before(out[n-2].At)):
			out[n-1] = c
		}
	}
	return out
}
