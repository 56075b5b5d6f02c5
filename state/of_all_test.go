package state_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"muster/state"
)

// TestWhoSaysAllSaysItOfEach: what says that all are back is judged of those too that it does not
// name, by what was so then, and is watched: it is no longer true once one of them is down.
func TestWhoSaysAllSaysItOfEach(t *testing.T) {
	for name, c := range map[string]struct {
		before, earlier, after string // set before the sending; said later of before it; set after it
		status                 state.NoticeStatus
		then                   state.Fault
		of, unlooked           string
	}{
		"all well":                         {"files=unaffected mail=unaffected disks=unaffected", "", "", state.Sent, "", "", ""},
		"one was never looked at":          {"files=unaffected mail=unaffected", "", "", state.Unsure, state.NeverKnown, "Disks", "Disks"},
		"it was, and that was noted later": {"files=unaffected mail=unaffected", "disks=unaffected", "", state.Sent, "", "", ""},
		"it was known not to be sure":      {"files=unaffected mail=unaffected", "disks=suspect", "", state.Stale, state.NeverTrue, "Disks", ""},
		"one was down, as is known later":  {"files=unaffected mail=unaffected disks=unaffected", "mail=affected", "", state.Stale, state.NeverTrue, "Mail", ""},
		"one goes down":                    {"files=unaffected mail=unaffected disks=unaffected", "", "files=affected", state.Stale, "", "Files", ""},
		"one is not known any more":        {"files=unaffected mail=unaffected disks=unaffected", "", "files=unknown", state.Unsure, "", "Files", ""},
		"one is looked at after it":        {"files=unaffected mail=unaffected", "", "disks=unaffected", state.Sent, state.NeverKnown, "", "Disks"},
	} {
		l := newLedger(t, allOf)
		l.set("web=affected web=verified " + c.before)
		looked := l.now
		l.now = l.now.Add(10 * time.Minute)
		l.tell("all", "web=verified")
		l.do("Ada", state.SendNotice{Notice: "all", Channel: "press"})
		l.now = l.now.Add(10 * time.Minute)
		if service, to, said := strings.Cut(c.earlier, "="); said {
			l.act("Ada", state.Action{Command: state.SetService{Service: service, State: state.ServiceState(to), Why: "seen then"}, Occurred: looked.Add(5 * time.Minute)})
		}
		l.set(c.after)
		n := l.inc.Notice("all")
		_, sent := n.LastSent()
		if got := n.Status(l.inc); got != c.status || n.Then(l.inc, sent) != c.then || strings.Join(n.Unlooked(l.inc, sent), ", ") != c.unlooked {
			t.Errorf("%s: %s, then %q, unlooked %v", name, got, n.Then(l.inc, sent), n.Unlooked(l.inc, sent))
		}
		held := n.NotHeld(l.inc)
		if len(held) > 0 != (c.of != "") || len(held) > 0 && !strings.Contains(held[0], c.of) {
			t.Errorf("%s: it does not hold that %q", name, held)
		}
		open := slices.ContainsFunc(l.inc.OpenItems(), func(o state.OpenItem) bool { return o.What == "notice" })
		if open != (c.status != state.Sent || c.unlooked != "") {
			t.Errorf("%s: open at the close: %v", name, l.inc.OpenItems())
		}
	}
}

// TestWhatIsAddedLaterWasNotMeant: a service that came to the incident after all were said to be
// back was none of them; and who says it anew of all ends what was said before.
func TestWhatIsAddedLaterWasNotMeant(t *testing.T) {
	l := newLedger(t, allOf)
	l.set("web=affected web=verified files=unaffected mail=unaffected disks=unaffected")
	l.say("all", "web=verified")
	l.do("Ada", state.AddService{Title: "Phones"})
	l.set("phones=affected")
	n := l.inc.Notice("all")
	if got := n.Status(l.inc); got != state.Sent {
		t.Errorf("of what was added later: %s, %v", got, n.NotHeld(l.inc))
	}
	l.set("mail=affected mail=verified phones=verified")
	l.say("all", "web=verified mail=verified phones=verified")
	first := n.Judge(l.inc, &n.Versions[0].Sent[0])
	if at := slices.IndexFunc(first, func(j state.Judged) bool { return j.Service == "mail" }); at < 0 || !first[at].Rest || len(first[at].Failed) != 1 || first[at].Failed[0].UntilSeq == 0 {
		t.Errorf("the first, of the mail: %+v", first)
	}
}

// TestWhatNobodyLookedAtIsSaidOnce: of many services of which nothing is known one line is said.
func TestWhatNobodyLookedAtIsSaidOnce(t *testing.T) {
	l := newLedger(t, allOf)
	l.set("web=affected web=verified")
	l.say("all", "web=verified")
	held := l.inc.Notice("all").NotHeld(l.inc)
	if len(held) != 1 || !strings.HasSuffix(held[0], "it is not known how these stand: Disks, Files, Mail") {
		t.Errorf("%q", held)
	}
}
