package state

import (
	"fmt"
	"slices"
	"time"
)

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
		return sentBeforeText(inc.Notice(data.Notice), data.Version, at, of)
	case *NoticeApproved:
		if v := inc.Notice(data.Notice).version(data.Version); v != nil && precedes(at, of.Seq, v.When, v.Seq) {
			return fmt.Sprintf("It says that version %d was approved at %s, and its text was drafted at %s (entry %d), after that.", v.Number, at.Format(time.RFC3339), v.When.Format(time.RFC3339), v.Seq)
		}
	case *NoticeDrafted:
		return draftedLate(inc.Notice(data.Notice).version(data.Version), at, of)
	}
	return ""
}

// sentBeforeText is sendsEarly of a sending.
func sentBeforeText(n *Notice, version int, at time.Time, e *Entry) string {
	v := n.version(version)
	if v == nil {
		return ""
	}
	switch is := v.early(at, e.Seq); {
	case is.Draft:
		return fmt.Sprintf("It says that version %d was sent at %s, and its text was drafted at %s (entry %d), after that.", v.Number, at.Format(time.RFC3339), v.When.Format(time.RFC3339), v.Seq)
	case is.Approval && n.Def.Approver != "":
		return fmt.Sprintf("It says that version %d was sent at %s, and it was approved at %s (entry %d), after that.", v.Number, at.Format(time.RFC3339), v.ApprovedAt.Format(time.RFC3339), v.ApprovedSeq)
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
