package state

import (
	"fmt"
	"slices"
	"time"
)

// By the times that people give, a statement can have been sent before its text was drafted, or
// before it was approved. It may have gone out from another place before it was typed here; or the
// time is wrong, and then so is whatever rests on it: a deadline that it met, a promise that it kept.
// So it is held up softly, and said wherever the sending is.

// An Early says what of a statement came only after it was sent, by the times in the log.
type Early struct {
	Draft    bool // its text
	Approval bool // that it might be sent
}

// String says it in a phrase that goes on from "sent"; "" if nothing came after.
func (e Early) String() string {
	switch {
	case e.Draft && e.Approval:
		return "by the times given before it was drafted and approved"
	case e.Draft:
		return "by the times given before it was drafted"
	case e.Approval:
		return "by the times given before it was approved"
	}
	return ""
}

// precedes reports whether what entry seq tells of was before what another one tells of. A time
// without seconds is of that minute, as people give it; of one moment, the log tells.
func precedes(at time.Time, seq uint64, other time.Time, otherSeq uint64) bool {
	unit := time.Second
	if at.Second() == 0 {
		unit = time.Minute
	}
	at, other = at.Truncate(unit), other.Truncate(unit)
	return at.Before(other) || at.Equal(other) && seq < otherSeq
}

// early is what of a text came only after a time that entry seq gives for its sending.
func (v *NoticeVersion) early(at time.Time, seq uint64) Early {
	return Early{
		Draft:    precedes(at, seq, v.When, v.Seq),
		Approval: v.ApprovedBy != "" && precedes(at, seq, v.ApprovedAt, v.ApprovedSeq),
	}
}

// Early is what of a statement came only after it was sent, by the times in the log.
func (n *Notice) Early(sent *Sending) Early {
	for i := range n.Versions {
		if v := &n.Versions[i]; v.Number == sent.Version {
			return v.early(sent.When, sent.Seq)
		}
	}
	return Early{}
}

// sentEarly is Early of what an entry sent; nothing of one that does not count.
func sentEarly(inc *Incident, notice string, seq uint64) Early {
	if inc == nil {
		return Early{}
	}
	if n := inc.Notice(notice); n != nil {
		for i := range n.Versions {
			if at := slices.IndexFunc(n.Versions[i].Sent, func(s Sending) bool { return s.Seq == seq }); at >= 0 {
				return n.Versions[i].early(n.Versions[i].Sent[at].When, seq)
			}
		}
	}
	return Early{}
}

// approvedEarly reports whether a text was approved, by the times in the log, before it was drafted.
func (v *NoticeVersion) approvedEarly() bool {
	return v.ApprovedBy != "" && precedes(v.ApprovedAt, v.ApprovedSeq, v.When, v.Seq)
}

// byDraft is what meets a deadline in doubt: a sending before its draft.
func byDraft(inc *Incident, e *Entry) bool {
	data, ok := e.Data.(*NoticeSent)
	if !ok {
		return false
	}
	v := inc.Notice(data.Notice).version(data.Version)
	return v != nil && v.early(e.When(), e.Seq).Draft
}

// version is a text by its number; nil if there is none, or no notice.
func (n *Notice) version(number int) *NoticeVersion {
	if n == nil {
		return nil
	}
	if i := slices.IndexFunc(n.Versions, func(v NoticeVersion) bool { return v.Number == number }); i >= 0 {
		return &n.Versions[i]
	}
	return nil
}

// early refuses, softly, a time of a sending at which there was no text yet, or nobody had
// approved it.
func (d *decision) early(n *Notice, v *NoticeVersion, at time.Time) {
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

// earlyApproval refuses, softly, a time of an approval at which there was no text yet.
func (d *decision) earlyApproval(n *Notice, v *NoticeVersion, at time.Time) {
	if !precedes(at, d.inc.Head.Seq+1, v.When, v.Seq) {
		return
	}
	d.refuse(Refusal{Reason: Untrue, Field: "occurred", Overridable: true, Seq: v.Seq, Acts: []Act{{Deed: DeedRetime, Seq: v.Seq}},
		Text: fmt.Sprintf("Version %d of %s was drafted by %s at %s, which was after %s.", v.Number, n.Title(), v.By, d.clock(v.When), d.clock(at)),
		Hint: "Give the time at which it was approved; or, if it was read elsewhere before it was written here, say so."})
}

// amendTime implements timed: a sending does not move, without a word, to before its text.
func (data *NoticeSent) amendTime(d *decision, to time.Time) {
	n := d.inc.Notice(data.Notice)
	if v := n.version(data.Version); v != nil {
		d.early(n, v, to)
	}
}

// amendTime implements timed, as of the sending.
func (data *NoticeApproved) amendTime(d *decision, to time.Time) {
	n := d.inc.Notice(data.Notice)
	v := n.version(data.Version)
	if v == nil {
		return
	}
	d.earlyApproval(n, v, to)
	if n.Def.Approver != "" {
		d.behindSending(n, v, to, v.ApprovedSeq, "approved")
	}
}

// amendTime implements timed: a text does not come, without a word, after it was sent.
func (data *NoticeDrafted) amendTime(d *decision, to time.Time) {
	n := d.inc.Notice(data.Notice)
	if v := n.version(data.Version); v != nil {
		d.behindSending(n, v, to, v.Seq, "drafted")
	}
}

// behindSending refuses, softly, a time of what entry seq tells of a text that was sent before it.
func (d *decision) behindSending(n *Notice, v *NoticeVersion, to time.Time, seq uint64, deed string) {
	for i := range v.Sent {
		if s := &v.Sent[i]; precedes(s.When, s.Seq, to, seq) {
			d.refuse(Refusal{Reason: Untrue, Field: "occurred", Overridable: true, Seq: s.Seq, Acts: []Act{{Deed: DeedRetime, Seq: s.Seq}},
				Text: fmt.Sprintf("Version %d of %s was sent by %s at %s, and would have been %s after that.", v.Number, n.Title(), s.By, d.clock(s.When), deed),
				Hint: "Give the time at which it was; or, if it went out from another place before that, say so."})
			return
		}
	}
}

// sendsEarly says that an entry has a statement sent before its text, or before it was approved;
// "" if it does not, or if it has a word on why.
func sendsEarly(inc *Incident, e *Entry) string {
	if e.Override != nil && (slices.Contains(e.Override.Of, Untrue) || slices.Contains(e.Override.Of, NotApproved)) {
		return ""
	}
	at, of := e.Occurred, e
	if change, ok := e.Data.(*EntryAmended); ok && change.Occurred != nil && ofNotice(inc, change.Seq) {
		at, of = *change.Occurred, &inc.Log[change.Seq-1]
	}
	if at.IsZero() { // the machine's clock says when it was
		return ""
	}
	switch data := of.Data.(type) {
	case *NoticeSent:
		n := inc.Notice(data.Notice)
		v := n.version(data.Version)
		if v == nil {
			return ""
		}
		switch is := v.early(at, of.Seq); {
		case is.Draft:
			return fmt.Sprintf("It says that version %d was sent at %s, and its text was drafted at %s (entry %d), after that.", v.Number, at.Format(time.RFC3339), v.When.Format(time.RFC3339), v.Seq)
		case is.Approval && n.Def.Approver != "":
			return fmt.Sprintf("It says that version %d was sent at %s, and it was approved at %s (entry %d), after that.", v.Number, at.Format(time.RFC3339), v.ApprovedAt.Format(time.RFC3339), v.ApprovedSeq)
		}
	case *NoticeApproved:
		if v := inc.Notice(data.Notice).version(data.Version); v != nil && precedes(at, of.Seq, v.When, v.Seq) {
			return fmt.Sprintf("It says that version %d was approved at %s, and its text was drafted at %s (entry %d), after that.", v.Number, at.Format(time.RFC3339), v.When.Format(time.RFC3339), v.Seq)
		}
	case *NoticeDrafted:
		return draftedLate(inc.Notice(data.Notice).version(data.Version), at, of)
	}
	return ""
}

// draftedLate is sendsEarly of a draft whose time was amended.
func draftedLate(v *NoticeVersion, at time.Time, e *Entry) string {
	if v == nil || v.Seq != e.Seq {
		return "" // it is only being drafted
	}
	for i := range v.Sent {
		if s := &v.Sent[i]; precedes(s.When, s.Seq, at, e.Seq) {
			return fmt.Sprintf("It says that version %d was drafted at %s, and it was sent at %s (entry %d), before that.", v.Number, at.Format(time.RFC3339), s.When.Format(time.RFC3339), s.Seq)
		}
	}
	return ""
}

// ofNotice reports whether an entry tells of a notice's text, its approval or its sending.
func ofNotice(inc *Incident, seq uint64) bool {
	if seq == 0 || seq > uint64(len(inc.Log)) {
		return false
	}
	switch inc.Log[seq-1].Kind {
	case KindNoticeDrafted, KindNoticeApproved, KindNoticeSent:
		return true
	}
	return false
}
