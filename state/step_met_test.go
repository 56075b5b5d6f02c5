package state_test

import (
	"slices"
	"strings"
	"testing"

	"muster/state"
)

const metBook = `title = "Met"
[[service]]
id = "web"
title = "Web"
[[contact]]
id = "cert"
title = "CERT"
reach = ["tel:+1"]
[[notice]]
id = "staff"
title = "Staff"
audience = "staff"
text = "Work on paper."
[[phase]]
title = "One"
[[phase.step]]
id = "down"
kind = "shutdown"
title = "Shut down"
service = "web"
checklist = ["Blocked"]
[[phase.step]]
id = "tell"
kind = "notify"
title = "Tell staff"
notice = "staff"
[[phase.step]]
id = "tell-again"
kind = "notify"
title = "Tell staff again"
notice = "staff"
[[phase.step]]
id = "call"
kind = "notify"
title = "Call CERT"
contact = "cert"
evidence = true
[[phase.step]]
id = "back"
kind = "restore"
title = "Restore"
service = "web"
checklist = ["From the last clean copy"]
[[phase.step]]
id = "look"
kind = "verify"
title = "Look"
service = "web"
needs = ["back"]
[[phase.step]]
id = "after"
title = "After"
needs = ["look"]
`

// TestAFactToldOnceSettlesItsStep: what a step asks and was recorded elsewhere is not
// never run, and holds nothing up; what the step asks for besides stays to do.
func TestAFactToldOnceSettlesItsStep(t *testing.T) {
	l := newLedger(t, metBook)
	l.set("web=affected")
	open := func(id string) bool {
		return slices.ContainsFunc(l.inc.OpenItems(), func(o state.OpenItem) bool { return o.ID == id && o.What == "step" })
	}
	is := func(id, because string, settled bool) {
		t.Helper()
		s := l.inc.Step(id)
		if got := l.inc.Because(s); !strings.Contains(got, because) || because == "" && got != "" || s.Met(l.inc).Settles != settled || open(id) == settled {
			t.Errorf("%s: %q, settles %t, open %t", id, got, s.Met(l.inc).Settles, open(id))
		}
	}
	for _, id := range []string{"down", "tell", "call", "back"} {
		is(id, "", false)
	}
	down := l.do("Ada", state.SetService{Service: "web", State: state.ShutDown, Why: "test"})
	is("down", "shut down by entry", false)
	if l.inc.Step("down").Met(l.inc).Seq != down {
		t.Error("another entry shut it down")
	}
	l.do("Ada", state.TickStep{Step: "down", Item: 1, On: true})
	is("down", "not walked; shut down by entry", true)

	l.say("staff", "")
	is("tell", "not walked; sent by entry", true)
	is("tell-again", "", false)
	l.do("Ada", state.CallContact{Contact: "cert", Outcome: state.NoAnswer})
	is("call", "", false)
	l.do("Ada", state.CallContact{Contact: "cert", Outcome: state.Reached})
	is("call", "what else it asks for is to do", false)

	l.set("web=restoring web=restored")
	is("back", "restored by entry", false)
	if s := l.inc.Step("after"); l.inc.Status(s) != state.Waiting {
		t.Error("nobody verified it")
	}
	l.set("web=verified")
	is("back", "not walked; verified by entry", true)
	is("look", "not walked; verified by entry", true)
	if s := l.inc.Step("after"); l.inc.Status(s) != state.Todo {
		t.Errorf("it waits: %s", l.inc.Because(s))
	}
	l.set("web=regressed")
	is("back", "", false)
}

// TestAStepThatWasTakenUpIsTheStepsOwn: what happened before somebody began or reopened
// a step does not settle it.
func TestAStepThatWasTakenUpIsTheStepsOwn(t *testing.T) {
	l := newLedger(t, metBook)
	l.say("staff", "")
	l.do("Ada", state.DoStep{Step: "tell"})
	l.do("Ada", state.ReopenStep{Step: "tell", Why: "wrong people"})
	if m := l.inc.Step("tell").Met(l.inc); m.Seq != 0 {
		t.Errorf("%+v", m)
	}
}
