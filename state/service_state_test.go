package state_test

import (
	"slices"
	"strings"
	"testing"

	"muster/state"
)

// TestEveryStateIsBackNotBackOrNotSure: each of the nine is in exactly one set.
func TestEveryStateIsBackNotBackOrNotSure(t *testing.T) {
	want := map[state.ServiceState]state.Standing{
		state.UnknownState: state.NotSure, state.Unaffected: state.Back, state.Suspect: state.NotSure, state.Affected: state.NotBack,
		state.ShutDown: state.NotBack, state.Restoring: state.NotBack, state.Restored: state.NotSure, state.Verified: state.Back, state.Regressed: state.NotBack,
	}
	for _, s := range state.ServiceStates() {
		if got := s.Standing(); got != want[s] {
			t.Errorf("%s is %s, want %s", s, got, want[s])
		}
	}
}

// allOf has four services, and notices that speak of all of them.
const allOf = `title = "All of them"
[[service]]
id = "web"
title = "Web"
[[service]]
id = "files"
title = "Files"
[[service]]
id = "mail"
title = "Mail"
[[service]]
id = "disks"
title = "Disks"
[[notice]]
id = "all"
claims = ["*=verified"]
text = "All are back."
[[notice]]
id = "some"
text = """
Back: {{ list .Services.Back }}. Not back: {{ list .Services.NotBack }}. Not sure: {{ list .Services.NotSure }}."""
[[phase]]
title = "One"
[[phase.step]]
title = "Look"
`

func (l *ledger) set(pairs string) {
	l.t.Helper()
	for _, pair := range strings.Fields(pairs) {
		service, to, _ := strings.Cut(pair, "=")
		l.do("Ada", state.SetService{Service: service, State: state.ServiceState(to), Why: "test"})
	}
}

// TestNobodySaysAllWhileOneIsNotBack: what claims that all are back is refused while
// one is not, whether it was drafted before that was known or after.
func TestNobodySaysAllWhileOneIsNotBack(t *testing.T) {
	none := newLedger(t, allOf)
	none.do("Ada", state.DraftNotice{Notice: "all"})
	if refusal := none.refusal("Ada", state.Action{Command: state.SendNotice{Notice: "all", Channel: "press"}}); refusal == nil || !strings.Contains(refusal.Text, "nobody has said yet how these stand: Web, Files, Mail, Disks.") {
		t.Errorf("of none it is known how it stands: %v", refusal)
	}
	none.do("Ada", state.SendNotice{Notice: "all", Channel: "press"})
	if open := none.inc.OpenItems(); !slices.Contains(open, state.OpenItem{What: "notice", ID: "all", State: "nobody had said how these stood: Web, Files, Mail, Disks"}) {
		t.Errorf("it was sent all the same, and the close check does not say so: %v", open)
	}
	for _, late := range []bool{false, true} {
		l := newLedger(t, allOf)
		l.set("web=affected web=verified mail=unaffected")
		if late {
			l.do("Ada", state.DraftNotice{Notice: "all"})
		}
		l.set("files=suspect")
		if !late {
			l.do("Ada", state.DraftNotice{Notice: "all"})
		}
		send := state.SendNotice{Notice: "all", Channel: "press"}
		refusal := l.refusal("Ada", state.Action{Command: send})
		if refusal == nil || refusal.Reason != state.Unverified || !refusal.Overridable || !strings.Contains(refusal.Text, "Files") {
			t.Errorf("drafted before: %t: %v", late, refusal)
		}
		if open := l.inc.OpenItems(); !slices.Contains(open, state.OpenItem{What: "service", ID: "files", State: "suspect"}) {
			t.Errorf("the close check does not list it: %v", open)
		}
		l.set("files=unaffected")
		if !late { // what it says of files is still drawn from when it was suspect
			l.do("Ada", state.DraftNotice{Notice: "all"})
		}
		// Nobody has looked at the disks: what is not known is not back.
		refusal = l.refusal("Ada", state.Action{Command: send})
		if refusal == nil || !refusal.Overridable || !strings.HasSuffix(refusal.Text, "how these stand: Disks.") || len(refusal.Also) > 0 {
			t.Errorf("of one nothing is known: %v", refusal)
		}
		l.set("disks=unaffected")
		if refusal := l.refusal("Ada", state.Action{Command: send}); refusal != nil {
			t.Errorf("all are back, and it is refused: %v", refusal)
		}
	}
}

// TestTemplatesNameEachServiceWhereItBelongs: restored, suspect, restoring and
// verified stand each in its list, and the claims say no more than the lists do.
func TestTemplatesNameEachServiceWhereItBelongs(t *testing.T) {
	l := newLedger(t, allOf)
	l.set("web=affected web=verified files=affected files=restored mail=suspect disks=affected disks=restoring")
	text, claims := l.inc.Notice("some").Draft(l.inc)
	if want := "Back: Web. Not back: Disks. Not sure: Files and Mail."; strings.TrimSpace(text) != want {
		t.Errorf("%q, want %q", text, want)
	}
	want := []state.Claim{{Service: "web", State: state.Verified}, {Service: "files", State: state.Restoring}, {Service: "mail", State: state.Suspect}, {Service: "disks", State: state.Affected}}
	if !slices.Equal(claims, want) {
		t.Errorf("it claims %v, want %v", claims, want)
	}
	for _, known := range l.inc.Known(claims) {
		if !known.Holds {
			t.Errorf("%v does not hold", known)
		}
	}
}

// TestNothingIsHitOnceThatIsKnown: a statement says of no service that it is hit, or down,
// only once something is known of each; until then it says that this is not known.
func TestNothingIsHitOnceThatIsKnown(t *testing.T) {
	const book = `title = "Two"
[[service]]
id = "one"
title = "One"
[[service]]
id = "two"
title = "Two"
[[notice]]
id = "holding"
text = "Hit: {{ list .Services.Affected }}. Down: {{ list .Services.Down }}. Checked: {{ list .Services.Verified }}."
[[phase]]
title = "Phase"
[[phase.step]]
title = "Look"
`
	for known, want := range map[string]string{
		"":                              "Hit: not yet known. Down: not yet known. Checked: none.",
		"one=unaffected":                "Hit: not yet known. Down: not yet known. Checked: none.",
		"one=unaffected two=suspect":    "Hit: not yet known. Down: not yet known. Checked: none.",
		"one=unaffected two=unaffected": "Hit: none. Down: none. Checked: none.",
		"one=affected":                  "Hit: One. Down: One. Checked: none.",
	} {
		l := newLedger(t, book)
		l.set(known)
		l.do("Ada", state.DraftNotice{Notice: "holding"})
		if got := l.inc.Notice("holding").Last().Text; got != want {
			t.Errorf("known is %q: it says %q", known, got)
		}
	}
}

// TestOneLookIsEnough: what one session's look has shown another's does not say again, unless a
// person asked for it.
func TestOneLookIsEnough(t *testing.T) {
	l := newLedger(t, allOf)
	look := func(service string, ok, own bool) bool {
		t.Helper()
		action := state.Action{Command: state.RecordCheck{Service: service, OK: ok, What: "GET /"}, Own: own}
		if refused := l.refusal("Ada", action); refused != nil {
			if refused.Reason != state.AlreadySo {
				t.Errorf("refused: %v", refused)
			}
			return false
		}
		l.act("Ada", action)
		return true
	}
	for i, c := range []struct {
		service       string
		ok, own, told bool
	}{
		{"web", true, true, true}, {"web", true, true, false}, {"web", true, false, true}, {"mail", true, true, true},
		{"web", false, true, true}, {"web", false, true, false}, {"web", true, true, true},
	} {
		if got := look(c.service, c.ok, c.own); got != c.told {
			t.Errorf("look %d: recorded %v, want %v", i, got, c.told)
		}
	}
	l.set("web=restored")
	if !look("web", false, true) || look("web", false, true) {
		t.Error("that what was restored fails is said once")
	}
}
