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
	n := view.NoticeRecord{Untrue: []view.Untrue{{Why: "it broke"}, {Why: "nobody had looked", WhenSent: true}}}
	if got, want := standing(&telling{notice: &n, times: 1}, &report{Incident: &view.Incident{}}), markdown("**NOT TRUE when sent**, and still out"); got != want {
		t.Errorf("%s, not %s", got, want)
	}
	n.Untrue = n.Untrue[:1]
	if got, want := standing(&telling{notice: &n, times: 1}, &report{Incident: &view.Incident{}}), markdown("**NOT TRUE any more**"); got != want {
		t.Errorf("%s, not %s", got, want)
	}
}

// TestStandingOfSeveral: where a statement was sent more than once, it is said which of them was
// not true, and whether another told its readers so or it became so.
func TestStandingOfSeveral(t *testing.T) {
	at := time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	n := view.NoticeRecord{Notice: view.Notice{Status: state.Sent}, Untrue: []view.Untrue{{Sent: 7, Service: "web", WhenSent: true, From: at, Until: &at, UntilSeq: 9}, {Sent: 7, Service: "mail", WhenSent: true, From: at, Until: &at, UntilSeq: 9}}}
	inc := &state.Incident{Log: make([]state.Entry, 9)}
	for i := range inc.Log {
		inc.Log[i].Frame = new(line.Frame)
	}
	says := func(times int, want markdown) {
		t.Helper()
		if got := standing(&telling{notice: &n, times: times}, &report{Incident: &view.Incident{Notices: []view.NoticeRecord{n}}, inc: inc}); got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
	says(1, "**was not true when sent**; it became so by "+entryRef(9))
	inc.Log[8].Kind = state.KindNoticeSent
	says(1, "**was not true when sent**; corrected by "+entryRef(9))
	says(2, "sent; **that of "+entryRef(7)+" was not true when sent**; corrected by "+entryRef(9))
	n.Untrue = append(n.Untrue, view.Untrue{Sent: 9, Service: "web", WhenSent: true, From: at, Until: &at, UntilSeq: 8}, view.Untrue{Sent: 9, Service: "mail", WhenSent: true, From: at, Until: &at, UntilSeq: 8})
	says(2, "sent; **that of "+entryRef(7)+" was not true when sent**; said again by "+entryRef(9)+"; **that of "+entryRef(9)+" was not true when sent**; it became so by "+entryRef(8))
}

// TestStandingIsWhole: what never was true comes first; that another statement said the same
// again, as untrue, ends nothing; and a later correction is told beside what was learned before it.
func TestStandingIsWhole(t *testing.T) {
	at := time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	until := at.Add(30 * time.Minute)
	some := view.NoticeRecord{
		Notice:   view.Notice{Status: state.Sent},
		Untrue:   []view.Untrue{{Sent: 3, Service: "mail", From: at, Seq: 4, Until: &until, UntilSeq: 5}, {Sent: 3, Service: "web", WhenSent: true, From: at, Seq: 3, Until: &until, UntilSeq: 4}},
		Versions: []view.Version{{Sent: []view.Sending{{Seq: 3, Corrected: []uint64{6}}}}},
	}
	all := view.NoticeRecord{Untrue: []view.Untrue{{Sent: 5, Service: "mail", WhenSent: true, From: at}}}
	inc := &state.Incident{Log: make([]state.Entry, 6)}
	for i := range inc.Log {
		inc.Log[i].Frame = new(line.Frame)
	}
	r := &report{Incident: &view.Incident{Notices: []view.NoticeRecord{some, all}}, inc: inc}
	want := "**was not true when sent** of web; it became so by " + entryRef(4) + "; was no longer true of mail for 30 min 00 s, until " + entryRef(5) + ", which said it again; corrected by " + entryRef(6)
	if got := standing(&telling{notice: &some, times: 1}, r); got != want {
		t.Errorf("%s, not %s", got, want)
	}
}
