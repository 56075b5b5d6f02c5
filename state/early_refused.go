package state

import (
	"fmt"
	"time"
)

// sentTooEarly refuses, softly, a time of a sending at which there was no text yet, or nobody had
// approved it.
func sentTooEarly(d *decision, n *Notice, v *NoticeVersion, at time.Time) {
	switch is := v.early(at, d.inc.Head.Seq+1); {
	case is.Draft:
		d.refuse(Refusal{Reason: Untrue, Field: "occurred", Overridable: true, Seq: v.Seq, Acts: []Act{{Deed: DeedRetime, Seq: v.Seq}},
			Text: fmt.Sprintf("Version %d of %s was drafted by %s at %s, which was after %s.", v.Number, n.Title(), v.By, d.clock(v.When), d.clock(at)),
			Hint: "Give the time at which it was sent; or, if it went out from another place before it was written here, say so."})
	case is.Approval && n.Def.Approver != "":
		d.refuse(Refusal{Reason: NotApproved, Field: "occurred", Overridable: true, Seq: v.ApprovedSeq, Acts: []Act{{Deed: DeedRetime, Seq: v.ApprovedSeq}},
			Text: fmt.Sprintf("Version %d of %s was approved by %s at %s, which was after %s.", v.Number, n.Title(), v.ApprovedBy, d.clock(v.ApprovedAt), d.clock(at)),
			Hint: "Give the time at which it was sent, or set right when it was approved; if it was sent before that, say why."})
	}
}

// approvedTooEarly refuses, softly, a time of an approval at which there was no text yet.
func approvedTooEarly(d *decision, n *Notice, v *NoticeVersion, at time.Time) {
	if !precedes(at, d.inc.Head.Seq+1, v.When, v.Seq) {
		return
	}
	d.refuse(Refusal{Reason: Untrue, Field: "occurred", Overridable: true, Seq: v.Seq, Acts: []Act{{Deed: DeedRetime, Seq: v.Seq}},
		Text: fmt.Sprintf("Version %d of %s was drafted by %s at %s, which was after %s.", v.Number, n.Title(), v.By, d.clock(v.When), d.clock(at)),
		Hint: "Give the time at which it was approved; or, if it was read elsewhere before it was written here, say so."})
}

// behindSending refuses, softly, a time of what entry seq tells of a text that was sent before it.
func behindSending(d *decision, n *Notice, v *NoticeVersion, to time.Time, seq uint64, deed string) {
	for i := range v.Sent {
		if s := &v.Sent[i]; precedes(s.When, s.Seq, to, seq) {
			d.refuse(Refusal{Reason: Untrue, Field: "occurred", Overridable: true, Seq: s.Seq, Acts: []Act{{Deed: DeedRetime, Seq: s.Seq}},
				Text: fmt.Sprintf("Version %d of %s was sent by %s at %s, and would have been %s after that.", v.Number, n.Title(), s.By, d.clock(s.When), deed),
				Hint: "Give the time at which it was; or, if it went out from another place before that, say so."})
			return
		}
	}
}
