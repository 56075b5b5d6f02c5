package state_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"muster/state"
)

// say drafts and sends a notice of allOf that claims what is given.
func (l *ledger) say(notice, claims string) uint64 {
	l.t.Helper()
	l.tell(notice, claims)
	return l.do("Ada", state.SendNotice{Notice: notice, Channel: "press"})
}

func (l *ledger) tell(notice, claims string) {
	l.t.Helper()
	given := []state.Claim{}
	for _, pair := range strings.Fields(claims) {
		service, to, _ := strings.Cut(pair, "=")
		given = append(given, state.Claim{Service: service, State: state.ServiceState(to)})
	}
	l.do("Ada", state.DraftNotice{Notice: notice, Text: "What we know.", Claims: given})
}

// judged is what became of the first sending of a notice.
func (l *ledger) judged(notice string) []state.Judged {
	n := l.inc.Notice(notice)
	return n.Judge(l.inc, &n.Versions[0].Sent[0])
}

// TestAClaimOfHarmIsSupersededAndNeverUntrue: who was told of harm that is over was not
// told what is not true; nothing rings, nothing is open at the close.
func TestAClaimOfHarmIsSupersededAndNeverUntrue(t *testing.T) {
	l := newLedger(t, allOf)
	l.set("web=affected")
	l.say("some", "web=affected")
	l.set("web=restored web=verified")
	n := l.inc.Notice("some")
	if why := n.Stale(l.inc); len(why) > 0 || n.Status(l.inc) != state.Sent || len(l.inc.OpenItems()) > 1 {
		t.Errorf("%s, stale: %v, open: %v", n.Status(l.inc), why, l.inc.OpenItems())
	}
	if news := n.Superseded(l.inc); len(news) != 1 || !strings.Contains(news[0], "verified") {
		t.Errorf("superseded: %v", news)
	}
	j := l.judged("some")[0]
	if j.Verdict != state.HeldTrue || len(j.Failed) > 0 {
		t.Errorf("%+v", j)
	}
}

// TestAWordGivenOnceIsNotWatched: one given by telephone was true when it was given,
// and is judged by that alone.
func TestAWordGivenOnceIsNotWatched(t *testing.T) {
	for channel, once := range map[string]bool{"telephone": true, " Phone to the desk": true, "tel:112": true, "by phone": true, "satellite telephone": true, "press": false, "telegram": false, "the phonebook page": false} {
		l := newLedger(t, allOf)
		l.set("web=affected web=verified")
		l.tell("some", "web=verified")
		l.do("Ada", state.SendNotice{Notice: "some", Channel: channel})
		l.set("web=regressed")
		if n := l.inc.Notice("some"); len(n.Stale(l.inc)) > 0 == once || len(n.Superseded(l.inc)) > 0 {
			t.Errorf("sent by %q: %v, %v", channel, n.Stale(l.inc), n.Superseded(l.inc))
		}
	}
}

// TestOneSpanForEachClaim: a statement on three services that go and come one by one
// has one time for each, from when it was so to when it was not any more.
func TestOneSpanForEachClaim(t *testing.T) {
	l := newLedger(t, allOf)
	l.set("web=affected files=affected mail=affected web=verified files=verified")
	sent := l.say("some", "web=verified files=verified mail=verified")
	web := l.do("Ada", state.SetService{Service: "web", State: state.Regressed, Why: "test"})
	l.set("web=restoring web=restored files=regressed")
	files := l.inc.Head.Seq
	l.set("web=verified")
	back := l.inc.Head.Seq
	type span struct{ from, until uint64 }
	want := map[string]span{"web": {web, back}, "files": {files, 0}, "mail": {sent, 0}}
	for _, j := range l.judged("some") {
		if len(j.Failed) != 1 || (span{j.Failed[0].Seq, j.Failed[0].UntilSeq}) != want[j.Service] {
			t.Errorf("%s: %+v, want %v", j.Service, j.Failed, want[j.Service])
		}
		if over := j.Verdict == state.OverClaimed; over != (j.Service == "mail") {
			t.Errorf("%s: %s", j.Service, j.Verdict)
		}
	}
	never, any := "NOT TRUE WHEN IT WAS SENT: it says that Mail", "NOT TRUE ANY MORE: it says that Files"
	if why := l.inc.Notice("some").NotHeld(l.inc); len(why) != 2 || !strings.HasPrefix(why[0], never) || !strings.HasPrefix(why[1], any) {
		t.Errorf("what never was true is told as it was, first: %q", why)
	}
	l.set("mail=shut-down") // after the sending, so not what it is measured by
	if why := l.inc.Notice("some").NotHeld(l.inc); len(why) != 2 || why[0] != "NOT TRUE WHEN IT WAS SENT: it says that Mail is verified, and it was affected; it is known to be shut-down now" {
		t.Errorf("what came after the sending is told apart: %q", why)
	}
	corrected := l.say("some", "mail=affected")
	for _, j := range l.judged("some") {
		if j.Service == "mail" && j.Failed[0].UntilSeq != corrected {
			t.Errorf("it was corrected by entry %d: %+v", corrected, j.Failed)
		}
	}
}

// TestAStatementIsJudgedByWhatWasSo: what is learned later of the time before counts,
// and since when it is known stands beside it.
func TestAStatementIsJudgedByWhatWasSo(t *testing.T) {
	l := newLedger(t, allOf)
	l.set("web=affected web=verified")
	l.say("some", "web=verified")
	if j := l.judged("some")[0]; j.Verdict != state.HeldTrue {
		t.Fatalf("%+v", j)
	}
	before := l.now.Add(-90 * time.Second)
	l.now = l.now.Add(time.Minute)
	stamp := state.Stamp{By: state.Actor{Name: "Ada", Via: "local"}, Recorded: l.now, Zone: "+00:00 UTC"}
	e, err := state.Decide(l.inc, state.Action{Command: state.SetService{Service: "web", State: state.Regressed, Why: "seen then"}, Occurred: before}, stamp)
	if err != nil {
		t.Fatal(err)
	}
	if e, _, err = state.Seal(e); err != nil {
		t.Fatal(err)
	}
	if err := l.inc.Apply(e); err != nil {
		t.Fatal(err)
	}
	j := l.judged("some")[0]
	if j.Verdict != state.OverClaimed || j.Then != state.Regressed || !j.KnownSince.Equal(l.now) {
		t.Errorf("%+v, known since %s", j, j.KnownSince)
	}
	if !slices.ContainsFunc(l.inc.AmissNotices(), func(n *state.Notice) bool { return n.ID == "some" }) {
		t.Error("it asks for no correction")
	}
}

// TestWhatCameOfAStatement: one that was corrected, or was not true then, is not told as sent and
// no more; what is out and stale is told otherwise.
func TestWhatCameOfAStatement(t *testing.T) {
	l := newLedger(t, strings.Replace(allOf, "id = \"some\"", "id = \"some\"\ncorrects = [\"all\"]", 1))
	came := func(want string) {
		t.Helper()
		if got := l.inc.Notice("all").CameOf(l.inc).String(); got != want {
			t.Errorf("after entry %d: %q, not %q", l.inc.Head.Seq, got, want)
		}
	}
	came("")
	l.set("web=affected web=verified files=unaffected mail=unaffected disks=unaffected")
	l.say("all", "web=verified")
	came("")
	l.say("some", "web=verified")
	came("corrected")
	l.set("files=affected")
	l.say("all", "files=verified")
	came("") // it is stale
	l.set("files=verified")
	came("was not true then")
	l.say("some", "files=verified")
	came("was not true; corrected")
	if sent, drill := state.NeverTrue.Loud(false), state.NeverTrue.Loud(true); sent != "NOT TRUE WHEN IT WAS SENT" || drill != "NOT TRUE WHEN IT WOULD HAVE BEEN SENT" {
		t.Errorf("%q, %q", sent, drill)
	}
}

// TestNothingToCorrect: what corrects another statement is held up while none of those was sent,
// and goes out with a reason.
func TestNothingToCorrect(t *testing.T) {
	l := newLedger(t, strings.Replace(allOf, "id = \"some\"", "id = \"some\"\ncorrects = [\"all\"]", 1))
	l.set("web=affected")
	l.tell("some", "web=affected")
	send := state.Action{Command: state.SendNotice{Notice: "some", Channel: "press"}}
	refused := l.refusal("Ada", send)
	if refused == nil || !refused.Overridable || !strings.Contains(refused.Text, "none of that was sent: all.") {
		t.Fatalf("there is nothing to correct, and it is refused as %v", refused)
	}
	l.set("web=verified")
	l.say("all", "web=verified")
	l.set("web=affected")
	if refused := l.refusal("Ada", send); refused != nil {
		t.Errorf("what there is to correct: %v", refused)
	}
	l.act("Ada", send)
	l.tell("some", "web=affected")
	if refused := l.refusal("Ada", send); refused != nil && strings.Contains(refused.Text, "corrects") {
		t.Errorf("the next word after a correction: %v", refused)
	}
}

// TestUnknownIsNoState: of what was not known no sentence says that it was in a
// state of which the opposite was claimed.
func TestUnknownIsNoState(t *testing.T) {
	l := newLedger(t, allOf)
	claim := state.Claim{Service: "web", State: state.Unaffected}
	for was, want := range map[state.ServiceState]string{
		state.UnknownState: "it says that Web is unaffected, and it was not known how it stood",
		state.Restored:     "it says that Web is unaffected, and nobody had verified it",
		state.Affected:     "it says that Web is unaffected, and it was affected",
	} {
		if got := l.inc.Notice("some").SayDiffers(l.inc, &state.Sending{}, claim, was); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
	l.tell("some", "web=unaffected")
	if refused := l.refusal("Ada", state.Action{Command: state.SendNotice{Notice: "some", Channel: "press"}}); refused == nil || refused.Text != "It says that Web is unaffected, and nobody has said how it stands." {
		t.Errorf("refused as %v", refused)
	}
}

// TestTheWorstIsToldFirst: of a statement that is not true any more by one service, what was never true of
// another is told too, and first, though that one is so now.
func TestTheWorstIsToldFirst(t *testing.T) {
	l := newLedger(t, allOf)
	l.set("web=verified mail=affected mail=restored")
	l.say("some", "web=verified mail=verified")
	l.set("mail=verified web=regressed")
	n := l.inc.Notice("some")
	want := "NOT TRUE WHEN IT WAS SENT: it says that Mail is verified, and nobody had verified it; it is known to be verified now\n" +
		"NOT TRUE ANY MORE: it says that Web is verified, and it is known to be regressed"
	if got := strings.Join(n.NotHeld(l.inc), "\n"); got != want {
		t.Errorf("%s", got)
	}
	if came := n.CameOf(l.inc); came.Then != state.NeverTrue || n.Status(l.inc) != state.Stale {
		t.Errorf("%s; %s", n.Status(l.inc), came)
	}
}
