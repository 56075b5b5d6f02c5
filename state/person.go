package state

import (
	"slices"
	"strings"

	"muster/runbooks"
)

// KindPersonActs is the kind of [PersonActs].
const KindPersonActs Kind = "person.acts"

// PersonActs says that from here on its author acts at a seat. It is written before the
// first act of a person there, so that the log tells who acts where.
type PersonActs struct {
	Host     string `json:"host" part:"names"`
	Account  string `json:"account" part:"names"`
	Terminal string `json:"terminal" part:"names"`
	Login    string `json:"login" part:"names"`
	Was      string `json:"was" part:"names"` // who acted there before; "" if nobody did
}

// Kind is KindPersonActs.
func (*PersonActs) Kind() Kind { return KindPersonActs }

func (data *PersonActs) seat() Seat {
	return Seat{data.Host, data.Account, data.Terminal, data.Login}
}

// ActAt makes person.acts: its author acts at the seat from here on.
type ActAt struct{ Host, Account, Terminal, Login string }

func (ActAt) kind() Kind { return KindPersonActs }

func (c ActAt) decide(d *decision) Data {
	d.text("host", "the machine's name", c.Host, MaxTitle)
	d.text("account", "the account", c.Account, MaxName)
	d.text("login", "the login", c.Login, MaxName)
	d.need("terminal", "the terminal", c.Terminal, MaxName)
	was, _ := d.inc.PersonAt(Seat(c))
	if runbooks.SameName(was, d.stamp.By.Name) {
		return d.refuse(Refusal{Reason: AlreadySo, Text: was + " acts here already."})
	}
	return &PersonActs{c.Host, c.Account, c.Terminal, c.Login, was}
}

func (data *PersonActs) effect(inc *Incident, e *Entry) {
	inc.seated = append(slices.Clip(inc.seated), seated{data.seat(), e.By.Name, e.Seq})
}

func (data *PersonActs) describe(inc *Incident, e Entry) string {
	at := " acts from here on at "
	switch data.Terminal {
	case ByKey:
		at = " acts from elsewhere by "
	case NoTerminal:
		text := e.By.Name + " acts without a terminal, by " + data.seat().String()
		if of := ofAccount(inc, data.seat(), e.By.Name, e.Seq); len(of) > 0 {
			text += ", by which " + strings.Join(of, " and ") + " acts"
		}
		return text
	}
	text := e.By.Name + at + data.seat().String()
	switch data.Was {
	case "":
	case WithheldText: // a copy without names does not tell whether there was anybody
		text += "; whether somebody acted there before is withheld"
	default:
		text += ", where " + data.Was + " acted before"
	}
	return text
}
