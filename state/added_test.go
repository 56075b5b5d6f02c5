package state_test

import (
	"slices"
	"strings"
	"testing"

	"muster/runbooks"
	"muster/state"
)

const fleet = `title = "Fleet"
[[service]]
id = "bridge"
title = "Bridge"
[[contact]]
id = "cert"
title = "The CERT"
note = "Fill in."
[[contact]]
id = "port"
title = "The port"
reach = ["tel:1"]
[[phase]]
title = "P"
[[phase.step]]
id = "check"
each = "services"
title = "Check {{ .Service.Title }}"
[[phase.step]]
id = "stop"
kind = "shutdown"
each = "affected"
title = "Stop {{ .Service.Title }}"
text = "{{ .Service.Shutdown }}"
`

// numbers are the steps that stand for a service.
func numbers(inc *state.Incident, service string) (list []string) {
	for i := range inc.Steps {
		if s := &inc.Steps[i]; s.Service == service {
			list = append(list, s.Number+" "+s.Title)
		}
	}
	return list
}

// TestAddedService: a service that nobody had thought of is one of them from then on.
func TestAddedService(t *testing.T) {
	l := newLedger(t, fleet)
	l.do("Ada", state.AddService{Title: "Crew Portal", DependsOn: []string{"bridge"}, Shutdown: "Pull the plug."})
	s := l.inc.Service("crew-portal")
	if s == nil || s.Def.Title != "Crew Portal" || s.Def.Tier != 3 || s.State != state.UnknownState || !slices.Equal(s.Def.DependsOn, []string{"bridge"}) {
		t.Fatalf("%+v", s)
	}
	if got := numbers(l.inc, "crew-portal"); !slices.Equal(got, []string{"1.1b Check Crew Portal"}) {
		t.Errorf("its steps are %q", got)
	}
	l.do("Ada", state.SetService{Service: "crew-portal", State: state.Affected, Why: "seen"})
	if got := numbers(l.inc, "crew-portal"); !slices.Equal(got, []string{"1.1b Check Crew Portal", "1.2b Stop Crew Portal"}) {
		t.Errorf("its steps are %q", got)
	}
	if below := l.inc.HitBelow("crew-portal"); len(below) != 0 {
		t.Errorf("%v", below)
	}
	l.do("Ada", state.DoStep{Step: "check/crew-portal"})
}

// TestAddedContact: in a running incident there is a new contact, and a way to reach one
// of which nobody had filled in any. What is known now goes first.
func TestAddedContact(t *testing.T) {
	l := newLedger(t, fleet)
	l.do("Ada", state.AddContact{Title: "Harbour Master", Reach: []string{"tel:2"}})
	l.do("Ada", state.AddContact{Contact: "cert", Reach: []string{"tel:3"}})
	l.do("Ada", state.AddContact{Contact: "port", Reach: []string{"tel:4", "tel:1"}})
	for id, want := range map[string]runbooks.Contact{
		"harbour-master": {Title: "Harbour Master", Reach: []string{"tel:2"}},
		"cert":           {Title: "The CERT", Reach: []string{"tel:3"}, Note: "Fill in."},
		"port":           {Title: "The port", Reach: []string{"tel:4", "tel:1"}},
	} {
		c := l.inc.Contact(id)
		if c == nil || c.Def.Title != want.Title || !slices.Equal(c.Def.Reach, want.Reach) || c.Def.Note != want.Note {
			t.Errorf("%s: %+v", id, c)
		}
	}
}

// TestNothingAddedTwice: what is there, cannot be, or is not visible, is refused.
func TestNothingAddedTwice(t *testing.T) {
	l := newLedger(t, fleet)
	for _, c := range []struct {
		command state.Command
		want    string
	}{
		{state.AddService{Title: "BRIDGE"}, "Bridge (bridge) is one of the services already."},
		{state.AddService{Service: "bridge", Title: "Other"}, "is one of the services already."},
		{state.AddService{Service: "self", Title: "Self", DependsOn: []string{"self"}}, "Self would depend on itself."},
		{state.AddService{Title: "X", DependsOn: []string{"none"}}, `There is no service "none"`},
		{state.AddService{Title: " "}, "The title is missing."},
		{state.AddService{Title: "X", Tier: 6}, "There is no tier 6."},
		{state.AddService{Title: "X", Tier: -1}, "There is no tier -1."},
		{state.AddService{Service: "a_b", Title: "X"}, "cannot be the id"},
		{state.AddService{Title: "a\x1bb"}, "cannot be seen"},
		{state.AddContact{Title: "the port", Reach: []string{"tel:5"}}, "The port is one of the contacts already, as port."},
		{state.AddContact{Contact: "port", Reach: []string{"tel:1"}}, "The port is one of the contacts already."},
		{state.AddContact{Contact: "new"}, "The title is missing."},
		{state.AddContact{Title: "X", Reach: []string{"12345"}}, "does not say by which way"},
		{state.AddContact{Title: "\x01\x02"}, "cannot be seen"},
	} {
		_, err := state.Decide(l.inc, state.Action{Command: c.command}, state.Stamp{By: state.Actor{Name: "Ada"}, Recorded: l.now, Zone: "+00:00 UTC"})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v", c.command, err)
		}
	}
}
