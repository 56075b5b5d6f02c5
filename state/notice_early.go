package state

import (
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
	for _, n := range inc.Notices {
		for i := range n.Versions {
			if v := &n.Versions[i]; slices.ContainsFunc(v.Sent, func(s Sending) bool { return s.Seq == e.Seq && v.early(s.When, s.Seq).Draft }) {
				return true
			}
		}
	}
	return false
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
