package state_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"muster/state"
)

// faults are in what way the first sending of a notice did not hold, one after the other.
func (l *ledger) faults(notice string) (list []state.Fault) {
	for _, t := range l.judged(notice)[0].Failed {
		list = append(list, t.Fault)
	}
	return list
}

// want wants what the first sending of "some" is judged to be, and what is said of it now.
func (l *ledger) want(name string, verdict state.ClaimVerdict, status state.NoticeStatus, came, held string, faults ...state.Fault) {
	l.t.Helper()
	n, j := l.inc.Notice("some"), l.judged("some")[0]
	if j.Verdict != verdict || n.Status(l.inc) != status || n.CameOf(l.inc).String() != came {
		l.t.Errorf("%s: it is %q, %s, and %q came of it", name, j.Verdict, n.Status(l.inc), n.CameOf(l.inc))
	}
	if got := strings.Join(n.NotHeld(l.inc), "; "); got != held {
		l.t.Errorf("%s: %q, not %q", name, got, held)
	}
	if got := l.faults("some"); !slices.Equal(got, faults) {
		l.t.Errorf("%s: %q, not %q", name, got, faults)
	}
}

// TestWhatNothingWasKnownOfIsNotFalse: of a claim of health of a service of which nothing was known
// it is said that it was not known to be true, and never that it was not; what is learned later
// counts from when it was so.
func TestWhatNothingWasKnownOfIsNotFalse(t *testing.T) {
	const never = "NOT KNOWN TO BE TRUE WHEN IT WAS SENT: it says that Web is verified, and "
	sent := func(before string) *ledger {
		l := newLedger(t, allOf)
		l.set(before)
		l.say("some", "web=verified")
		return l
	}
	l := sent("")
	l.want("nobody said", state.Unfounded, state.Unsure, "", never+"nobody has said how it stands", state.NeverKnown)
	if says := state.ToClose(l.inc, time.UTC); len(says) == 0 || says[0] != "Not known to be true when it was sent, entry 3: some" {
		t.Errorf("before the close it says %q", says)
	}
	if open := l.inc.OpenItems(); !slices.Contains(open, state.OpenItem{What: "notice", ID: "some", State: "unsure"}) {
		t.Errorf("open are %+v", open)
	}
	l.set("web=affected")
	l.want("found false since", state.Unfounded, state.Stale, "", "NOT TRUE NOW: it says that Web is verified, and it is known to be affected", state.NeverKnown, state.FoundUntrue)
	l.set("web=verified")
	l.want("true at last", state.Unfounded, state.Sent, "was not known to be true then", "", state.NeverKnown, state.FoundUntrue)
	l.set("web=regressed")
	l.want("true no longer", state.Unfounded, state.Stale, "", "NOT TRUE ANY MORE: it says that Web is verified, and it is known to be regressed", state.NeverKnown, state.FoundUntrue, state.NoLongerTrue)

	l = sent("web=affected web=unknown")
	l.want("known not to be known", state.Unfounded, state.Unsure, "", never+"it is not known how it stands", state.NeverKnown)
	l = sent("web=affected web=verified")
	l.set("web=unknown")
	l.want("not known any more", state.HeldTrue, state.Unsure, "", "NOT KNOWN TO BE TRUE NOW: it says that Web is verified, and it is not known how it stands", state.NotKnownSince)
	l = sent("web=affected")
	l.set("web=unknown")
	l.want("not true then, and not known now", state.OverClaimed, state.Unsure, "was not true then", "NOT TRUE WHEN IT WAS SENT: it says that Web is verified, and it was affected; NOT KNOWN TO BE TRUE NOW: it says that Web is verified, and it is not known how it stands", state.NeverTrue, state.NotKnownSince)
	l.set("web=verified")
	l.want("not true then, and true now", state.OverClaimed, state.Sent, "was not true then", "NOT TRUE WHEN IT WAS SENT: it says that Web is verified, and it was affected; it is known to be verified now", state.NeverTrue, state.NotKnownSince)
}

// TestWhatWasFoundOutLater: what is recorded later of the time before a statement makes it true or
// not, though nothing was known of it when it was sent.
func TestWhatWasFoundOutLater(t *testing.T) {
	for to, want := range map[state.ServiceState]state.ClaimVerdict{state.Unaffected: state.HeldTrue, state.Affected: state.OverClaimed, state.UnknownState: state.Unfounded} {
		l := newLedger(t, allOf)
		l.say("some", "web=unaffected")
		if to != state.UnknownState {
			l.act("Ada", state.Action{Command: state.SetService{Service: "web", State: to, Why: "seen then"}, Occurred: l.inc.Log[0].Recorded})
		}
		if j := l.judged("some")[0]; j.Verdict != want || (want != state.Unfounded) == j.KnownSince.IsZero() {
			t.Errorf("found %s: %+v", to, j)
		}
	}
}

// TestHarmOfWhichNothingIsKnown: that harm was told of a service is not called superseded, nor
// known otherwise, because nothing is known of it.
func TestHarmOfWhichNothingIsKnown(t *testing.T) {
	l := newLedger(t, allOf)
	l.say("some", "web=affected")
	l.want("told of harm", state.Unsettled, state.Sent, "", "")
	if news := l.inc.Notice("some").Superseded(l.inc); len(news) > 0 {
		t.Errorf("superseded: %q", news)
	}
	if d, differs := l.inc.Differs("web"); !differs || !d.Unsure() {
		t.Errorf("%+v, %v", d, differs)
	}
}

// TestTheWordsOfAFault: none of what is not known says that it is false, and in a drill none says
// that anything was sent.
func TestTheWordsOfAFault(t *testing.T) {
	for _, f := range []state.Fault{state.NeverTrue, state.NeverKnown, state.NoLongerTrue, state.FoundUntrue, state.NotKnownSince} {
		for _, drill := range []bool{false, true} {
			known := f == state.NeverKnown || f == state.NotKnownSince
			if loud, past := f.Loud(drill), f.Past(drill); strings.Contains(loud, "KNOWN") != known || f.False() == known || strings.Contains(past, "it would have been sent") != (drill && f.WhenSent()) {
				t.Errorf("%s: %q, %q", f, loud, past)
			}
		}
	}
}

// TestNoVerdictOnWhatIsWithheld: in a copy without the entry that says how a service was it is not
// known whether a statement held, which is something else than that nothing was known.
func TestNoVerdictOnWhatIsWithheld(t *testing.T) {
	lines := sealed(t, state.Live, opened(allOf), &state.ServiceSet{Service: "web", State: state.Verified, Why: "looked"},
		&state.NoticeDrafted{Notice: "some", Version: 1, Text: "x", Claims: []state.Claim{{Service: "web", State: state.Verified}}},
		&state.NoticeSent{Notice: "some", Version: 1, Text: "x", Channel: "press", Claims: []state.ClaimKnown{{Claim: state.Claim{Service: "web", State: state.Verified}, Known: state.Verified, Holds: true}}})
	inc := copyOf(t, lines, func(seq int) state.Parts {
		if seq == 2 {
			return state.AllParts
		}
		return 0
	})
	n := inc.Notice("some")
	j := n.Judge(inc, &n.Versions[0].Sent[0])[0]
	if j.Verdict != state.Untellable || len(j.Failed) > 0 || n.Status(inc) != state.Sent || len(n.Failings(inc)) > 0 || n.Then(inc, &n.Versions[0].Sent[0]) != "" || !slices.Equal(n.Untold(inc), []string{"services"}) {
		t.Errorf("%+v, %s, %+v, untold %q", j, n.Status(inc), n.Failings(inc), n.Untold(inc))
	}
}
