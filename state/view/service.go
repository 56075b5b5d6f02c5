package view

import (
	"time"

	"muster/state"
)

// A Service is what is known of a service, and what was said of it.
type Service struct {
	ID       string     `json:"id"`
	Title    string     `json:"title"`
	Tier     int        `json:"tier,omitempty" doc:"1 is restored first"`
	State    Text       `json:"state" null:"another may be withheld" doc:"now"`
	Since    *time.Time `json:"since,omitempty" doc:"left out if its state was never set, or is not known"`
	By       string     `json:"by,omitempty"`
	Why      string     `json:"why,omitempty"`
	Again    []Change   `json:"said_again" doc:"who else said the same of it since, with when and why; in a report of every state that it had"`
	Own      string     `json:"not_by_another,omitempty" doc:"of one that is verified: that nobody has looked but who restored it, and why"`
	Expected *time.Time `json:"expected_back,omitempty" doc:"left out if nobody said when"`
	Below    []Ref      `json:"hit_below" doc:"services it depends on, that are hit"`
	Check    *Check     `json:"check,omitempty" doc:"the last look from outside"`
	Said     *Said      `json:"said,omitempty" doc:"in the last notice that claims something of it"`
	Withheld bool       `json:"withheld,omitempty" doc:"another state may be in what is withheld from this copy of the log"`

	ByWhom string `json:"-"` // By, as it is told: with who else said so, and that nobody else has looked
	Whys   string `json:"-"` // the reasons that were given for the state, each with whose it is
}

// A ServiceRecord adds the states that a service went through.
type ServiceRecord struct {
	Service
	History []Change `json:"history"`
}

// A Ref names something.
type Ref struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// A Check is a look at a service from outside.
type Check struct {
	Service   string    `json:"service"`
	OK        bool      `json:"ok"`
	What      string    `json:"what" doc:"what was looked at"`
	Detail    string    `json:"detail,omitempty" doc:"what was seen"`
	Took      float64   `json:"took_seconds" doc:"to the millisecond"`
	Simulated bool      `json:"simulated,omitempty" doc:"in a drill, the scenario answered"`
	By        string    `json:"by,omitempty"`
	At        time.Time `json:"at"`
	Seq       uint64    `json:"seq,omitempty"`
}

// Said is what was said of a service to others.
type Said struct {
	State  state.ServiceState `json:"state"`
	Notice string             `json:"notice" doc:"its id"`
	At     time.Time          `json:"at"`
	Seq    uint64             `json:"seq"`
	Holds  *bool              `json:"holds" null:"what is known is withheld, or nothing is known" doc:"false: something else is known"`
	Unsure bool               `json:"not_known,omitempty" doc:"nothing is known by which it would hold or not"`
}

// ServicesOf are all services; nil, not known, if the runbook that has them is
// withheld.
func ServicesOf(inc *state.Incident) []Service {
	var out []Service
	for i := range inc.Services {
		out = append(out, serviceOf(inc, &inc.Services[i]))
	}
	return known(out, inc.Redacted.Runbook)
}

func serviceOf(inc *state.Incident, s *state.Service) Service {
	one := Service{
		ID: s.ID, Title: s.Def.Title, Tier: s.Def.Tier, State: Text(s.State), Since: moment(s.Since), By: s.By, Why: s.Why, Expected: moment(s.Expected),
		Below: []Ref{}, Again: []Change{}, Withheld: !inc.Knows(s.ID),
	}
	for _, id := range inc.HitBelow(s.ID) {
		if !inc.Knows(id) {
			continue
		}
		one.Below = append(one.Below, Ref{id, ServiceTitle(inc, id)})
	}
	if one.Withheld {
		one.State, one.Since, one.By, one.Why = "", nil, "", ""
	}
	if !one.Withheld {
		one.ByWhom, one.Whys = state.ByWhom(inc, s), s.Whys()
		one.Again = againOf(s)
	}
	if own := s.OwnLook(inc); own != nil && !one.Withheld {
		one.Own = own.String()
	}
	if s.Checked != nil && !one.Withheld {
		check := checkOf(s.ID, *s.Checked)
		check.At = s.CheckedAt.UTC()
		one.Check = &check
	}
	if claim, sent, ok := inc.LastSaid(s.ID); ok && inc.Redacted.Sent <= sent.Seq {
		known, differs := inc.Differs(s.ID)
		one.Said = &Said{State: claim.State, Notice: sent.Notice, At: sent.When.UTC(), Seq: sent.Seq}
		switch holds := !differs; {
		case one.Withheld:
		case differs && known.Unsure():
			one.Said.Unsure = true
		default:
			one.Said.Holds = &holds
		}
	}
	return one
}

// Differs reports whether it was said that the service is well, and something else is known.
func (s *Said) Differs() bool { return s.Holds != nil && !*s.Holds && s.State.OfHealth() }

// Superseded reports whether harm was told of, and something else is known now: that was not
// untrue, and is not so any more.
func (s *Said) Superseded() bool { return s.Holds != nil && !*s.Holds && !s.State.OfHealth() }

func checkOf(service string, look state.Look) Check {
	return Check{Service: service, OK: look.OK, What: look.What, Detail: look.Detail, Took: float64(look.Millis) / 1000, Simulated: look.Simulated}
}

// ServiceTitle is a service's title; its id if no runbook here has it.
func ServiceTitle(inc *state.Incident, id string) string {
	if s := inc.Service(id); s != nil {
		return s.Def.Title
	}
	return id
}

// againOf is what others said again of the state of a service.
func againOf(s *state.Service) []Change {
	list := make([]Change, 0, len(s.Again))
	for _, a := range s.Again {
		list = append(list, Change{To: string(s.State), At: a.At.UTC(), By: a.By, Why: a.Why, Seq: a.Seq})
	}
	return list
}
