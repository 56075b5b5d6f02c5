package view

import "muster/state"

// Me is who acts at an account and terminal.
type Me struct {
	Incident string `json:"incident"`
	Person   string `json:"person,omitempty" doc:"left out if nobody is known to act there: then it is asked for"`
	From     string `json:"from,omitempty" doc:"how that is known: said (--as, MUSTER_AS), log (who acted last in this incident from there) or configuration"`
	Account  string `json:"account"`
	Terminal string `json:"terminal,omitempty" doc:"left out if there is none"`
}

// MeOf is who acts at a seat: by what was said now, by the log, or by the configuration.
func MeOf(inc *state.Incident, seat state.Seat, said, configured string) Me {
	me := Me{Incident: inc.ID, Account: seat.Account}
	if seat.Known() {
		me.Terminal = seat.Terminal
	}
	if last, ok := inc.PersonAt(seat); ok {
		me.Person, me.From = last, "log"
	} else if configured != "" {
		me.Person, me.From = state.KnownAs(inc, configured), "configuration"
	}
	if said != "" {
		me.Person, me.From = state.KnownAs(inc, said), "said"
	}
	return me
}

// String says it in words, raw.
func (m Me) String() string {
	at := "without a terminal"
	if m.Terminal != "" {
		at = "at terminal " + m.Terminal
	}
	at = ", " + at + ", account " + m.Account
	switch m.From {
	case "said":
		return m.Person + " acts here: by --as or MUSTER_AS" + at
	case "log":
		return m.Person + " acts here: the last who did in " + m.Incident + at
	case "configuration":
		return m.Person + " acts here: by the configuration" + at
	}
	return "nobody is known to act here" + at
}
