package state_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"muster/state"
)

// TestWhatAStatementRestedOnWasRetracted: a statement is judged by what was known when it was sent,
// and names the entry by which it was, and the one that took it back.
func TestWhatAStatementRestedOnWasRetracted(t *testing.T) {
	const rested = "what was known of it then rested on entry 2, which entry 5 retracted"
	l := newLedger(t, allOf)
	l.set("web=affected")
	l.say("some", "web=affected")
	l.do("Ada", state.RetractEntry{Seq: 2, Why: "it was another one"})
	n, j := l.inc.Notice("some"), l.judged("some")[0]
	if j.Verdict != state.HeldTrue || j.Then != state.Affected || j.Withdrawn.String() != rested {
		t.Errorf("%+v, %s", j, j.Withdrawn)
	}
	if news := strings.Join(n.Superseded(l.inc), "\n"); news != "it says that Web is affected, and nobody has said how it stands; "+rested {
		t.Errorf("its audience is owed %q", news)
	}
	if says := strings.Join(state.ToClose(l.inc, time.UTC), "\n"); !strings.Contains(says, "It was said that Web is affected, and "+rested+"; entry 4: some") {
		t.Errorf("before the close it says %q", says)
	}

	l = newLedger(t, allOf)
	l.set("web=verified")
	l.say("some", "web=verified")
	l.do("Ada", state.RetractEntry{Seq: 2, Why: "nobody looked"})
	n, j = l.inc.Notice("some"), l.judged("some")[0]
	if j.Verdict != state.Unfounded || j.Withdrawn.String() != rested {
		t.Errorf("of health: %+v, %s", j, j.Withdrawn)
	}
	if held := strings.Join(n.NotHeld(l.inc), "\n"); !strings.HasSuffix(held, "; "+rested) {
		t.Errorf("of health it says %q", held)
	}

	l = newLedger(t, allOf)
	l.set("web=affected")
	l.do("Ada", state.SetService{Service: "web", State: state.Affected, Why: "seen again"})
	l.say("some", "web=affected")
	l.do("Ada", state.RetractEntry{Seq: 2, Why: "it was another one"})
	if j := l.judged("some")[0]; j.Verdict != state.HeldTrue || j.Withdrawn.String() != "" || len(state.ToClose(l.inc, time.UTC)) > 0 {
		t.Errorf("said by another entry as well: %+v", j)
	}
}

// TestAClaimThatItsWordsDoNotMakeIsCalledThat: what the template counts as said, and the words do not
// say, is not told as what the text says.
func TestAClaimThatItsWordsDoNotMakeIsCalledThat(t *testing.T) {
	const counted = "by its template's claims it is counted as saying that Web is verified, and "
	for text, want := range map[string]string{"": counted, "Web is back, as all is.": "it says that Web is verified, and "} {
		l := newLedger(t, allOf)
		l.set("web=affected web=restored")
		l.do("Ada", state.DraftNotice{Notice: "all", Text: text, Claims: []state.Claim{{Service: "web", State: state.Verified}}})
		refusal := l.refusal("Ada", state.Action{Command: state.SendNotice{Notice: "all", Channel: "press"}})
		if refusal == nil || !strings.Contains(strings.ToLower(refusal.Whole()), strings.ToLower(want)+"nobody has verified it") {
			t.Errorf("%q: refused is %+v", text, refusal)
		}
		l.do("Ada", state.SendNotice{Notice: "all", Channel: "press"})
		if held := l.inc.Notice("all").NotHeld(l.inc); len(held) == 0 || !strings.Contains(held[0], want) {
			t.Errorf("%q: it says %q", text, held)
		}
	}
	l := newLedger(t, allOf)
	l.set("web=affected")
	l.say("some", "web=verified") // by hand, and no template's
	if held := l.inc.Notice("some").NotHeld(l.inc); len(held) == 0 || !strings.Contains(held[0], "it says that Web is verified, and ") {
		t.Errorf("by hand it says %q", held)
	}
}

// TestWhatSomebodyVerifiedIsNotCalledUnverified: of a service that was verified and restored again since
// it is not said that nobody has verified it, but since when.
func TestWhatSomebodyVerifiedIsNotCalledUnverified(t *testing.T) {
	for moves, want := range map[string]string{
		"web=affected web=restored":                                         "nobody has verified it",
		"web=affected web=restored web=verified web=regressed web=restored": "nobody has verified it since it was restored again (entry 6)",
	} {
		l := newLedger(t, allOf)
		l.set(moves)
		l.do("Ada", state.DraftNotice{Notice: "some", Text: "Web is back.", Claims: []state.Claim{{Service: "web", State: state.Verified}}})
		refusal := l.refusal("Ada", state.Action{Command: state.SendNotice{Notice: "some", Channel: "press"}})
		if refusal == nil || !strings.Contains(refusal.Whole(), want+" (") {
			t.Errorf("%s: refused is %+v", moves, refusal)
		}
	}
}

// TestNothingIsNotBackWhileNothingIsDown: a template that says what is not back is held up while
// nothing is known to be down; a text of somebody's own is not, nor one that leaves the list out.
func TestNothingIsNotBackWhileNothingIsDown(t *testing.T) {
	book := strings.Replace(allOf, "[[phase]]", "[[notice]]\nid = \"back\"\ncorrects = [\"all\"]\ntext = \"Not back after all: {{ list .Services.NotBack }}.\"\n[[notice]]\nid = \"guarded\"\ntext = \"We work.{{ if .Services.NotBack }} Not back: {{ list .Services.NotBack }}.{{ end }}\"\n[[phase]]", 1)
	send := func(notice, text, services string) string {
		l := newLedger(t, book)
		l.set(services)
		l.do("Ada", state.DraftNotice{Notice: notice, Text: text, Claims: []state.Claim{}})
		if refusal := l.refusal("Ada", state.Action{Command: state.SendNotice{Notice: notice, Channel: "press"}}); refusal != nil {
			if !refusal.Overridable {
				t.Errorf("%s: for good: %+v", notice, refusal)
			}
			return refusal.Whole()
		}
		return ""
	}
	const held = "It says what is not back, and no service is known to be down."
	for _, c := range []struct {
		notice, text, services string
		held                   bool
	}{
		{"some", "", "", true}, {"some", "", "web=unaffected files=unaffected mail=unaffected disks=unaffected", false},
		{"back", "", "web=unaffected files=unaffected mail=unaffected disks=unaffected", true}, {"back", "", "web=affected", false},
		{"some", "", "web=affected", false}, {"some", "It does not hold.", "", false}, {"guarded", "", "", false},
	} {
		if got := send(c.notice, c.text, c.services); strings.Contains(got, held) != c.held {
			t.Errorf("%s, %q, %s: %q", c.notice, c.text, c.services, got)
		}
	}
}

// TestNoneIsSaidOnlyOfWhatIsKnown: an empty list says "none" only once something is known of each
// service, or where it lists what people said.
func TestNoneIsSaidOnlyOfWhatIsKnown(t *testing.T) {
	for services, want := range map[string]string{
		"":               "Back: not yet known. Not back: not yet known. Not sure: not yet known.",
		"web=unaffected": "Back: Web. Not back: not yet known. Not sure: not yet known.",
		"web=unaffected files=unaffected mail=unaffected disks=affected": "Back: Web, Files and Mail. Not back: Disks. Not sure: none.",
		"web=affected files=affected mail=affected disks=affected":       "Back: none. Not back: Web, Files, Mail and Disks. Not sure: none.",
	} {
		l := newLedger(t, allOf)
		l.set(services)
		if text, _ := l.inc.Notice("some").Draft(l.inc); strings.TrimSpace(text) != want {
			t.Errorf("%s: %q", services, text)
		}
	}
}

// TestNotKnownEndsByAWordOrByKnowing: that it is not known whether a claim holds is not ended by a
// correction that says nothing of its service.
func TestNotKnownEndsByAWordOrByKnowing(t *testing.T) {
	begin := func() *ledger {
		l := newLedger(t, allOf)
		l.set("web=verified web=unknown")
		l.say("some", "web=verified")
		l.set("mail=affected")
		l.say("some", "mail=affected")
		return l
	}
	open := func(l *ledger) []state.FailedTimes { return l.judged("some")[0].Failed }
	l := begin()
	if times := open(l); len(times) != 1 || !times[0].Until.IsZero() {
		t.Errorf("a correction that says nothing of it ends it: %+v", times)
	}
	n := l.inc.Notice("some")
	if why := n.Unsure(l.inc); n.Status(l.inc) != state.Unsure || len(why) != 1 || !strings.Contains(why[0], "no word since says anything of it") {
		t.Errorf("%s: %q", n.Status(l.inc), why)
	}
	word := l.say("some", "web=affected mail=affected")
	if times := open(l); len(times) != 1 || times[0].UntilSeq != word || l.inc.Notice("some").Status(l.inc) == state.Unsure {
		t.Errorf("a word of it: %+v", times)
	}
	l = begin()
	l.set("web=affected")
	if times := open(l); len(times) != 1 || times[0].UntilSeq != l.inc.Head.Seq || l.inc.Notice("some").Status(l.inc) != state.Sent {
		t.Errorf("it became known: %+v", times)
	}
}

// TestTheSentenceThatIsUntrueIsQuoted: what rests on an answer that is another now quotes what the
// text says because of it.
func TestTheSentenceThatIsUntrueIsQuoted(t *testing.T) {
	const book = "title = \"B\"\n[[input]]\nid = \"attack\"\n[[notice]]\nid = \"first\"\nnext_update = \"2h\"\n" +
		"text = \"We are at work. {{ if eq .Answers.attack \\\"yes\\\" }}We were attacked.{{ else }}We do not know why.{{ end }}\"\n[[phase]]\ntitle = \"P\"\n[[phase.step]]\ntitle = \"S\"\n"
	l := newLedger(t, book)
	l.do("Ada", state.DraftNotice{Notice: "first"})
	l.do("Ada", state.SendNotice{Notice: "first", Channel: "press"})
	l.do("Ada", state.AnswerInputs{Values: map[string]string{"attack": "yes"}})
	const want = `attack had no answer when entry 3 was sent and is "yes"; it says "We do not know why."`
	if held := l.inc.Notice("first").NotHeld(l.inc); len(held) != 1 || !strings.HasSuffix(held[0], want) {
		t.Errorf("it says %q", held)
	}
}

// TestTheSameWordsAreNotTheUpdate: whoever sends the same words anew is told that they are not the
// update that was promised.
func TestTheSameWordsAreNotTheUpdate(t *testing.T) {
	l := newLedger(t, promising)
	first := l.put("holding", time.Hour)
	again := l.put("holding", 90*time.Minute)
	other := l.put("update", 100*time.Minute)
	late := l.put("holding", 3*time.Hour)
	n := l.inc.Notice("holding")
	got := make(map[uint64]uint64)
	for _, v := range n.Versions {
		for i := range v.Sent {
			got[v.Sent[i].Seq] = uint64(n.Repeats(l.inc, &v.Sent[i]))
		}
	}
	if got[first] != 0 || got[again] != first || got[late] != 0 {
		t.Errorf("first %d, again %d, other %d, late %d: %v", first, again, other, late, got)
	}
	e, _ := l.inc.Entry(again)
	if says := l.inc.Describe(e); !strings.Contains(says, fmt.Sprintf(", the words of entry %d again, and so not the update that was promised there", first)) {
		t.Errorf("entry %d: %q", first, says)
	}
}
