package response_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"muster/runbooks"
	"muster/state"
	"muster/state/response"
)

// TestUnallowed: of some services those are to be asked about whose target is private
// and not allowed yet; in a drill none.
func TestUnallowed(t *testing.T) {
	l := open(t, state.Live)
	inc := l.inc.Clone()
	for _, s := range []struct {
		id    string
		check runbooks.Check
	}{
		{"cloud", runbooks.Check{URL: "http://169.254.169.254/a?b=c"}}, {"here", runbooks.Check{TCP: "localhost:22"}},
		{"here-too", runbooks.Check{TCP: "LocalHost:22"}}, {"name", runbooks.Check{DNS: "vault.internal"}},
	} {
		for i := range inc.Services {
			if inc.Services[i].ID == "phones" {
				inc.Services[i].Def = &runbooks.Service{ID: "phones", Check: s.check}
			}
		}
		list := response.Unallowed(inc, []string{"gisis", "docs", "phones", "moon"})
		if len(list) != 1 || list[0].Service != "phones" || list[0].Target != state.TargetOf(s.check).Address {
			t.Errorf("%s: %v", s.id, list)
		}
		l.inc = inc
		l.do(t, response.Allow(list))
		inc = l.inc.Clone()
		if list := response.Unallowed(inc, []string{"phones"}); len(list) > 0 {
			t.Errorf("%s is asked about twice: %v", s.id, list)
		}
		if s.id == "here" { // what is allowed is the target, whatever the service
			break
		}
	}
	drill := open(t, state.Drill).inc.Clone()
	drill.Services[0].Def = &runbooks.Service{ID: "gisis", Check: runbooks.Check{TCP: "localhost:22"}}
	if list := response.Unallowed(drill, []string{"gisis"}); len(list) > 0 {
		t.Errorf("in a drill: %v", list)
	}
}

// TestLookLedInside: a look that led to a private target says to which, however it is
// wrapped, and is no finding.
func TestLookLedInside(t *testing.T) {
	look := response.Look{Service: "gisis", Err: fmt.Errorf("GISIS: %w", &state.PrivateError{Target: "10.0.0.1:443"})}
	if private, leads := look.Unallowed(); !leads || private.Service != "gisis" || private.String() != "10.0.0.1:443" {
		t.Errorf("%v, %v", private, leads)
	}
	if _, leads := (response.Look{Err: errors.New("no network")}).Unallowed(); leads {
		t.Error("any error leads inside")
	}
	list := []response.Private{{Service: "a", Target: "10.0.0.2:1"}, {Service: "b", Target: "10.0.0.1:1", Asks: "connect"}}
	if got := response.Allow(list).Targets; !slices.Equal(got, []string{"10.0.0.2:1", "10.0.0.1:1"}) {
		t.Errorf("allowed are %v", got)
	}
	if got := list[1].String(); got != "10.0.0.1:1  connect" {
		t.Errorf("it is shown as %q", got)
	}
	if _, records := look.Action(open(t, state.Live).inc, true); records {
		t.Error("it is recorded")
	}
}
