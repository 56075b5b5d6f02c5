package state

import (
	"fmt"
	"slices"
	"time"

	"muster/runbooks"
)

// A Notice is one notice in the incident, with every text it had.
type Notice struct {
	ID       string // with the book's prefix
	Book     int    // index in Books
	Def      *runbooks.Notice
	Versions []NoticeVersion // oldest first
}

// A NoticeVersion is one text of a notice.
type NoticeVersion struct {
	Number     int
	Text       string
	SHA256     Hash // of Text; zeros if that is withheld
	Claims     []Claim
	Basis      map[string]string
	By         string // who drafted it
	When       time.Time
	Seq        uint64
	ApprovedBy string // "" while nobody did
	ApprovedAt time.Time
	Sent       []Sending
	Failures   []NoticeFailed
	Withheld   Parts // of the entry that drafted it: without notes, there may be a basis
}

// A Sending is one time a notice was said.
type Sending struct {
	NoticeSent
	When       time.Time
	By         string
	Seq        uint64
	Overridden string // why it was sent against a refusal; "" if none stood in the way
}

// Title is what the notice is called, raw; its id if that is not known.
func (n *Notice) Title() string {
	if n.Def.Title == "" || n.Def.Title == WithheldText {
		return n.ID
	}
	return n.Def.Title
}

// Last is the newest text; nil if there is none.
func (n *Notice) Last() *NoticeVersion {
	if len(n.Versions) == 0 {
		return nil
	}
	return &n.Versions[len(n.Versions)-1]
}

// LastSent is the newest text that was sent, and its last sending; nil if none was.
func (n *Notice) LastSent() (*NoticeVersion, *Sending) {
	for i := len(n.Versions) - 1; i >= 0; i-- {
		if v := &n.Versions[i]; len(v.Sent) > 0 {
			return v, &v.Sent[len(v.Sent)-1]
		}
	}
	return nil, nil
}

// Notice is the notice of this id; nil if there is none.
func (inc *Incident) Notice(id string) *Notice {
	for i := range inc.Notices {
		if inc.Notices[i].ID == id {
			return &inc.Notices[i]
		}
	}
	return nil
}

// noticeTitle is what a notice is called; its id if that is not known.
func noticeTitle(inc *Incident, id string) string {
	if n := inc.Notice(id); n != nil {
		return n.Title()
	}
	return id
}

// versionOf is a notice's text, to be changed: readers keep the old one.
func versionOf(inc *Incident, notice string, number int) *NoticeVersion {
	n := inc.Notice(notice)
	if n == nil {
		inc.Foreign++
		return nil
	}
	n.Versions = slices.Clone(n.Versions)
	for i := range n.Versions {
		if n.Versions[i].Number == number {
			return &n.Versions[i]
		}
	}
	inc.Foreign++
	return nil
}

// notice is the notice a command names; nil if it was refused.
func (d *decision) notice(id string) *Notice {
	n := d.inc.Notice(id)
	if n == nil {
		d.none(NounNotice, id)
	}
	return n
}

// version is a notice's text by number, 0 for the last; nil if it was refused.
func (d *decision) version(n *Notice, number int) *NoticeVersion {
	last := n.Last()
	switch {
	case last == nil:
		d.refuse(Refusal{Reason: Missing, Text: fmt.Sprintf("%s has no text yet.", n.Title()), Hint: "Draft it first."})
		return nil
	case last.Withheld.Has(Notes):
		d.refuse(Refusal{Reason: Missing, Seq: last.Seq, Text: fmt.Sprintf("The text of %s is withheld from this copy of the log.", n.Title()), Hint: "Draft it anew."})
		return nil
	case number == 0 || number == last.Number:
		return last
	}
	d.refuse(Refusal{Reason: Invalid, Seq: last.Seq, Text: fmt.Sprintf("Version %d of %s is not its last one: %s drafted version %d at %s.", number, n.Title(), last.By, last.Number, d.clock(last.When)),
		Hint: "Read the last version."})
	return nil
}

// A NoticeStatus is where a notice stands.
type NoticeStatus string

// The statuses of a notice.
const (
	Unwritten NoticeStatus = "unwritten"
	Draft     NoticeStatus = "draft"
	Approved  NoticeStatus = "approved"
	Sent      NoticeStatus = "sent"
	Stale     NoticeStatus = "stale" // sent, and no longer true
)

// Status says where a notice stands. One that was sent counts as true while
// nothing is known that makes it untrue; see [Incident.Untold].
func (n *Notice) Status(inc *Incident) NoticeStatus {
	last := n.Last()
	switch {
	case last == nil:
		return Unwritten
	case len(last.Sent) > 0 && len(n.Stale(inc)) > 0:
		return Stale
	case len(last.Sent) > 0:
		return Sent
	case last.ApprovedBy != "":
		return Approved
	}
	return Draft
}

// NextUpdate is when an update was promised by what was last sent; zero if none
// was, or if the same audience was told something newer by another notice.
func (n *Notice) NextUpdate(inc *Incident) time.Time {
	_, sent := n.LastSent()
	if sent == nil || n.Def.NextUpdate.IsZero() || wasCorrected(inc, sent.Seq) {
		return time.Time{}
	}
	newer := anySending(inc, func(other *Notice, s *Sending) bool {
		return s.Seq > sent.Seq && other.ID != n.ID && other.Def.Audience == n.Def.Audience && n.Def.Audience != ""
	})
	if newer {
		return time.Time{}
	}
	return n.Def.NextUpdate.After(sent.When, time.UTC)
}

// StaleNotices lists the notices that say what is not true any more.
func (inc *Incident) StaleNotices() []*Notice {
	var list []*Notice
	for i := range inc.Notices {
		if n := &inc.Notices[i]; len(n.Stale(inc)) > 0 {
			list = append(list, n)
		}
	}
	return list
}
