package export

import (
	"testing"
	"time"

	"muster/state"
	"muster/state/line"
	"muster/state/view"
)

// TestStanding: of a statement that is out, what was not true when it was sent goes before what
// was true and is not any more.
func TestStanding(t *testing.T) {
	n := view.NoticeRecord{Untrue: []view.Untrue{{Fault: state.NoLongerTrue, Why: "it broke"}, {Why: "nobody had looked", Fault: state.NeverTrue, WhenSent: true}}}
	if got, want := standing(&telling{notice: &n, last: &view.Sending{}, times: 1}, &report{Incident: &view.Incident{}}), markdown("**NOT TRUE WHEN IT WAS SENT**, and still out"); got != want {
		t.Errorf("%s, not %s", got, want)
	}
	n.Untrue = n.Untrue[:1]
	if got, want := standing(&telling{notice: &n, last: &view.Sending{}, times: 1}, &report{Incident: &view.Incident{}}), markdown("**NOT TRUE ANY MORE**"); got != want {
		t.Errorf("%s, not %s", got, want)
	}
}

// TestStandingOfWhatIsSuperseded: of harm that has changed since it was told, page one says what the
// situation report does.
func TestStandingOfWhatIsSuperseded(t *testing.T) {
	n := view.NoticeRecord{Notice: view.Notice{Status: state.Sent, Superseded: []string{"it says that web is affected, and it is verified"}}}
	if got, want := standing(&telling{notice: &n, last: &view.Sending{}, times: 1}, &report{Incident: &view.Incident{}}), markdown("sent; superseded, and its audience is owed the next word"); got != want {
		t.Errorf("%s, not %s", got, want)
	}
	n.Untrue = []view.Untrue{{Fault: state.NoLongerTrue, Why: "it broke"}}
	if got, want := standing(&telling{notice: &n, last: &view.Sending{}, times: 1}, &report{Incident: &view.Incident{}}), markdown("**NOT TRUE ANY MORE**; superseded, and its audience is owed the next word"); got != want {
		t.Errorf("%s, not %s", got, want)
	}
}

// TestStandingOfWhatWasNotKnown: what was not known to be true is told as that, beside what was not
// true, and with what ended it.
func TestStandingOfWhatWasNotKnown(t *testing.T) {
	at := time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	inc := &state.Incident{Log: []state.Entry{{Frame: new(line.Frame)}, {Frame: new(line.Frame)}}}
	says := func(n view.NoticeRecord, want markdown) {
		t.Helper()
		n.Status = state.Sent
		if got := standing(&telling{notice: &n, last: &view.Sending{}, times: 1}, &report{Incident: &view.Incident{Notices: []view.NoticeRecord{n}}, inc: inc}); got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
	out := view.Untrue{Fault: state.NeverKnown, Sent: 1, Service: "web", WhenSent: true, From: at, Seq: 1}
	says(view.NoticeRecord{Unsure: []view.Untrue{out}}, "**NOT KNOWN TO BE TRUE WHEN IT WAS SENT**, and still out")
	over := out
	over.Until, over.UntilSeq = &at, 2
	says(view.NoticeRecord{Unsure: []view.Untrue{over}}, "**was not known to be true when it was sent**; known to be so since "+entryRef(2))
	found := view.Untrue{Fault: state.FoundUntrue, Sent: 1, Service: "web", From: at, Seq: 2}
	says(view.NoticeRecord{Unsure: []view.Untrue{over}, Untrue: []view.Untrue{found}}, "**NOT TRUE NOW**")
	found.Until, found.UntilSeq = &at, 2
	says(view.NoticeRecord{Unsure: []view.Untrue{over}, Untrue: []view.Untrue{found}}, "**was not known to be true when it was sent**; known not to be so since "+entryRef(2)+"; was found not to be true for 0 s, until "+entryRef(2))
	never := view.Untrue{Fault: state.NeverTrue, Sent: 1, Service: "mail", WhenSent: true, From: at, Seq: 1, Until: &at, UntilSeq: 2}
	says(view.NoticeRecord{Unsure: []view.Untrue{out}, Untrue: []view.Untrue{never}}, "**NOT KNOWN TO BE TRUE WHEN IT WAS SENT**, and still out; **was not true when it was sent** of mail; it became so by "+entryRef(2))
	// Of a statement that was not true it is not told that one thing in it became known.
	says(view.NoticeRecord{Unsure: []view.Untrue{over}, Untrue: []view.Untrue{never}}, "**was not true when it was sent**; it became so by "+entryRef(2))
}

// TestStandingOfSeveral: where a statement was sent more than once, it is said which of them was
// not true, and whether another told its readers so or it became so.
func TestStandingOfSeveral(t *testing.T) {
	at := time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	n := view.NoticeRecord{Notice: view.Notice{Status: state.Sent}, Untrue: []view.Untrue{{Sent: 7, Service: "web", Fault: state.NeverTrue, WhenSent: true, From: at, Until: &at, UntilSeq: 9}, {Sent: 7, Service: "mail", Fault: state.NeverTrue, WhenSent: true, From: at, Until: &at, UntilSeq: 9}}}
	inc := &state.Incident{Log: make([]state.Entry, 9)}
	for i := range inc.Log {
		inc.Log[i].Frame = new(line.Frame)
	}
	says := func(times int, want markdown) {
		t.Helper()
		if got := standing(&telling{notice: &n, last: &view.Sending{}, times: times}, &report{Incident: &view.Incident{Notices: []view.NoticeRecord{n}}, inc: inc}); got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
	says(1, "**was not true when it was sent**; it became so by "+entryRef(9))
	inc.Log[8].Kind = state.KindNoticeSent
	says(1, "**was not true when it was sent**; corrected by "+entryRef(9))
	says(2, "sent; **that of "+entryRef(7)+" was not true when it was sent**; corrected by "+entryRef(9))
	n.Untrue = append(n.Untrue, view.Untrue{Sent: 9, Service: "web", Fault: state.NeverTrue, WhenSent: true, From: at, Until: &at, UntilSeq: 8}, view.Untrue{Sent: 9, Service: "mail", Fault: state.NeverTrue, WhenSent: true, From: at, Until: &at, UntilSeq: 8})
	says(2, "sent; **that of "+entryRef(7)+" was not true when it was sent**; said again by "+entryRef(9)+"; **that of "+entryRef(9)+" was not true when it was sent**; it became so by "+entryRef(8))
}

// TestStandingIsWhole: what never was true comes first; that another statement said the same
// again, as untrue, ends nothing; and a later correction is told beside what was learned before it.
func TestStandingIsWhole(t *testing.T) {
	at := time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	until := at.Add(30 * time.Minute)
	some := view.NoticeRecord{
		Notice:   view.Notice{Status: state.Sent},
		Untrue:   []view.Untrue{{Fault: state.NoLongerTrue, Sent: 3, Service: "mail", From: at, Seq: 4, Until: &until, UntilSeq: 5}, {Sent: 3, Service: "web", Fault: state.NeverTrue, WhenSent: true, From: at, Seq: 3, Until: &until, UntilSeq: 4}},
		Versions: []view.Version{{Sent: []view.Sending{{Seq: 3, Corrected: []uint64{6}}}}},
	}
	all := view.NoticeRecord{Untrue: []view.Untrue{{Sent: 5, Service: "mail", Fault: state.NeverTrue, WhenSent: true, From: at}}}
	inc := &state.Incident{Log: make([]state.Entry, 6)}
	for i := range inc.Log {
		inc.Log[i].Frame = new(line.Frame)
	}
	r := &report{Incident: &view.Incident{Notices: []view.NoticeRecord{some, all}}, inc: inc}
	want := "**was not true when it was sent** of web; it became so by " + entryRef(4) + "; was no longer true of mail for 30 min 00 s, until " + entryRef(5) + ", which said it again; corrected by " + entryRef(6)
	if got := standing(&telling{notice: &some, last: &view.Sending{}, times: 1}, r); got != want {
		t.Errorf("%s, not %s", got, want)
	}
}
