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

// TestWhatWasNeverTrueSettlesNoStep: a statement that was not true when it was sent does not do
// what a step asks; the next one, which is, does.
func TestWhatWasNeverTrueSettlesNoStep(t *testing.T) {
	l := newLedger(t, metBook)
	l.set("web=affected")
	l.say("staff", "web=verified")
	if m := l.inc.Step("tell").Met(l.inc); m.Seq != 0 {
		t.Errorf("settled by what was not true: %+v", m)
	}
	l.set("web=verified")
	if m, sent := l.inc.Step("tell").Met(l.inc), l.say("staff", "web=verified"); m.Seq != 0 || l.inc.Step("tell").Met(l.inc).Seq != sent {
		t.Errorf("not settled by entry %d: %+v", sent, l.inc.Step("tell").Met(l.inc))
	}
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

// TestWhatAServiceIsFoundToBeAnswersItsCheck: a state that is set by hand is what the check of
// that service asks for; the next check of it that asks for its reason is still to do.
func TestWhatAServiceIsFoundToBeAnswersItsCheck(t *testing.T) {
	const options = `options = [{ id = "hit", title = "Hit", state = "affected" }, { id = "fine", title = "Fine", state = "unaffected" }]`
	l := newLedger(t, `title = "x"
[[service]]
id = "web"
title = "Web"
[[service]]
id = "mail"
title = "Mail"
[[phase]]
title = "P"
[[phase.step]]
id = "check"
kind = "decision"
each = "services"
title = "Check {{ .Service.Title }}"
`+options+`
[[phase.step]]
id = "why"
kind = "decision"
service = "web"
title = "Why"
reason = "required"
`+options+"\n")
	seq := l.do("Ada", state.SetService{Service: "web", State: state.Affected, Why: "502"})
	for id, want := range map[string]state.Met{
		"check/web": {Seq: seq, What: "found affected", Settles: true}, "check/mail": {}, "why": {Seq: seq, What: "found affected"},
	} {
		if got := l.inc.Step(id).Met(l.inc); got != want {
			t.Errorf("%s is met by %+v, not %+v", id, got, want)
		}
	}
	l.do("Ada", state.SetService{Service: "web", State: state.ShutDown, Why: "cut off"})
	if got := l.inc.Step("check/web").Met(l.inc); got.Seq != seq {
		t.Errorf("once it moved on the check is met by %+v", got)
	}
}

// TestAnAnswerThatChangesNoWordMakesNothingStale: a statement that says the same whether nobody
// has answered or nobody knows is as true as it was; one whose words would be others is not.
func TestAnAnswerThatChangesNoWordMakesNothingStale(t *testing.T) {
	l := newLedger(t, `title = "x"
[[notice]]
id = "holding"
title = "Holding"
audience = "public"
text = "{{ if eq .Answers.attack \"yes\" }}It is an attack.{{ else }}We do not know the cause.{{ end }}"
[[phase]]
title = "P"
[[phase.step]]
id = "attack"
kind = "decision"
title = "Attack?"
options = [{ id = "yes", title = "Yes" }, { id = "unknown", title = "Not known" }]
`)
	l.do("Ada", state.DraftNotice{Notice: "holding"})
	l.do("Ada", state.SendNotice{Notice: "holding", Channel: "press"})
	l.do("Ada", state.AnswerStep{Step: "attack", Option: "unknown"})
	if stale := l.inc.Notice("holding").Stale(l.inc); len(stale) > 0 {
		t.Errorf("not known makes it stale: %q", stale)
	}
	l.do("Ada", state.ReopenStep{Step: "attack", Why: "a note was found"})
	l.do("Ada", state.AnswerStep{Step: "attack", Option: "yes"})
	if stale := l.inc.Notice("holding").Stale(l.inc); len(stale) != 1 || stale[0] != `attack had no answer when entry 3 was sent and is "yes"; it says "We do not know the cause."` {
		t.Errorf("that it was an attack says %q", stale)
	}
}

// TestWhatIsSaidBesidesMakesNothingUntrue: an answer for which a statement would say one
// sentence more leaves all it said as true as it was.
func TestWhatIsSaidBesidesMakesNothingUntrue(t *testing.T) {
	l := newLedger(t, `title = "x"
[[notice]]
id = "holding"
title = "Holding"
audience = "public"
text = "{{ if eq .Answers.scope \"all\" }}Key systems are being shut down. {{ end }}We will give an update."
[[phase]]
title = "P"
[[phase.step]]
id = "scope"
kind = "decision"
title = "What to shut down"
options = [{ id = "all", title = "All" }, { id = "none", title = "Nothing" }]
`)
	l.do("Ada", state.DraftNotice{Notice: "holding"})
	l.do("Ada", state.SendNotice{Notice: "holding", Channel: "press"})
	l.do("Ada", state.AnswerStep{Step: "scope", Option: "all"})
	n := l.inc.Notice("holding")
	if stale := n.Stale(l.inc); len(stale) > 0 {
		t.Errorf("what it says is as true as it was: %q", stale)
	}
	if news := n.News(l.inc, n.Last()); !slices.Contains(news, `scope had no answer and is "all"`) {
		t.Errorf("who writes the next one is told %q", news)
	}
	l.do("Ada", state.DraftNotice{Notice: "holding"})
	l.do("Ada", state.SendNotice{Notice: "holding", Channel: "press"})
	l.do("Ada", state.ReopenStep{Step: "scope", Why: "too much"})
	l.do("Ada", state.AnswerStep{Step: "scope", Option: "none"})
	if stale := l.inc.Notice("holding").Stale(l.inc); len(stale) != 1 {
		t.Errorf("it says that systems are being shut down, and %q", stale)
	}
}
