package state

import (
	"fmt"
	"maps"
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

// NoticeStatus says where a notice stands. One that was sent counts as true while
// nothing is known that makes it untrue; see [Incident.Untold].
func (inc *Incident) NoticeStatus(n *Notice) NoticeStatus {
	last := n.Last()
	switch {
	case last == nil:
		return Unwritten
	case len(last.Sent) > 0 && len(inc.Stale(n)) > 0:
		return Stale
	case len(last.Sent) > 0:
		return Sent
	case last.ApprovedBy != "":
		return Approved
	}
	return Draft
}

// Stale says, a phrase each, why what was last sent is not true any more; empty
// while it is, or nothing was sent, or nothing is known that makes it untrue.
func (inc *Incident) Stale(n *Notice) []string {
	why, _ := inc.truth(n)
	return why
}

// Untold says on what the truth of what was last sent rests that this copy of the
// log does not tell, so that [Incident.Stale] cannot either: services and answers; or
// only statements, if another may have been sent since. It is empty if all is known,
// or nothing was sent.
func (inc *Incident) Untold(n *Notice) []string {
	_, lacks := inc.truth(n)
	return lacks
}

// truth is what makes what was last sent untrue, and what it rests on and is withheld.
func (inc *Incident) truth(n *Notice) (why, lacks []string) {
	version, sent := n.LastSent()
	switch last := n.Last(); {
	case version == nil && (last == nil || inc.Lacks.Sent < last.Seq), version != nil && inc.corrected(sent.Seq):
		return nil, nil
	case version == nil || inc.Lacks.Sent > sent.Seq:
		return nil, []string{"statements"}
	}
	untold := false
	for _, known := range inc.Known(version.Claims) {
		said, perhaps := inc.saidSince(n, known.Service, sent.Seq)
		switch {
		case said:
		case !inc.Knows(known.Service), !known.Holds && perhaps:
			untold = true
		case !known.Holds:
			why = append(why, "it says that "+inc.differs(known))
		}
	}
	if untold {
		lacks = append(lacks, "services")
	}
	changed, untold := inc.changed(n, version, sent)
	if untold {
		lacks = append(lacks, "answers")
	}
	return append(why, changed...), lacks
}

// changed says which of the answers that a text rests on are others now, and whether
// some may be that are withheld.
func (inc *Incident) changed(n *Notice, version *NoticeVersion, sent *Sending) (why []string, untold bool) {
	untold = version.Withheld.Has(Notes)
	prefix := inc.prefix(n.Book)
	answers := inc.answersOf(prefix)
	for _, id := range slices.Sorted(maps.Keys(version.Basis)) {
		was, now := version.Basis[id], answers[id]
		switch {
		case inc.Unseen(id), prefix != "" && inc.Unseen(prefix+id):
			untold = true
		case was != now:
			why = append(why, fmt.Sprintf("%s was %q when entry %d was sent and is %q", id, was, sent.Seq, now))
		}
	}
	return why, untold
}

// prefix is what stands before the ids of a book in the incident. There may be no
// books at all: the opening of a log can be withheld.
func (inc *Incident) prefix(book int) string {
	if book >= len(inc.Books) || inc.Books[book].Prefix == "" {
		return ""
	}
	return inc.Books[book].Prefix + ":"
}

// differs says how a claim and what is known differ.
func (inc *Incident) differs(c ClaimKnown) string {
	text := fmt.Sprintf("%s is %s, and ", inc.serviceTitle(c.Service), c.State)
	if c.Known == Restored && (c.State == Restored || c.State == Verified) {
		return text + "nobody has verified it"
	}
	return text + "it is known to be " + string(c.Known)
}

// corrected reports whether a later statement took the place of the one sent in
// entry seq.
func (inc *Incident) corrected(seq uint64) bool {
	return inc.anySending(func(_ *Notice, s *Sending) bool { return slices.Contains(s.Corrects, seq) })
}

// saidSince reports whether the audience of n was told something newer about a
// service, after entry seq and by another notice; and whether one was told that may
// be the same, but is withheld.
func (inc *Incident) saidSince(n *Notice, service string, seq uint64) (said, perhaps bool) {
	inc.anySending(func(other *Notice, s *Sending) bool {
		switch {
		case s.Seq <= seq || other.ID == n.ID || !slices.ContainsFunc(s.Claims, func(c ClaimKnown) bool { return c.Service == service }):
		case inc.unseenAudience(n) || inc.unseenAudience(other):
			perhaps = true
		case other.Def.Audience == n.Def.Audience:
			said = true
		}
		return said
	})
	return said, perhaps
}

// unseenAudience reports whether it is withheld to whom a notice is.
func (inc *Incident) unseenAudience(n *Notice) bool {
	return n.Def.Audience == WithheldText || n.Def.Audience == "" && inc.Lacks.Runbook
}

// anySending reports whether yes is true of any sending.
func (inc *Incident) anySending(yes func(*Notice, *Sending) bool) bool {
	for i := range inc.Notices {
		n := &inc.Notices[i]
		for v := range n.Versions {
			for s := range n.Versions[v].Sent {
				if yes(n, &n.Versions[v].Sent[s]) {
					return true
				}
			}
		}
	}
	return false
}

// NextUpdate is when an update was promised by what was last sent; zero if none
// was, or if the same audience was told something newer by another notice.
func (inc *Incident) NextUpdate(n *Notice) time.Time {
	_, sent := n.LastSent()
	if sent == nil || n.Def.NextUpdate.IsZero() || inc.corrected(sent.Seq) {
		return time.Time{}
	}
	newer := inc.anySending(func(other *Notice, s *Sending) bool {
		return s.Seq > sent.Seq && other.ID != n.ID && other.Def.Audience == n.Def.Audience && n.Def.Audience != ""
	})
	if newer {
		return time.Time{}
	}
	return n.Def.NextUpdate.After(sent.When, time.UTC)
}

// Known sets claims beside what is known now.
func (inc *Incident) Known(claims []Claim) []ClaimKnown {
	known := make([]ClaimKnown, len(claims))
	for i, claim := range claims {
		known[i] = ClaimKnown{Claim: claim, Known: UnknownState}
		if service := inc.Service(claim.Service); service != nil {
			known[i].Known, known[i].By = service.State, service.By
			if !service.Since.IsZero() {
				since := service.Since
				known[i].Since = &since
			}
		}
		known[i].Holds = holdsClaim(claim.State, known[i].Known)
	}
	return known
}

// holdsClaim reports whether one may say that a service is in state claimed when
// it is known to be in state known. Restored may be said only of what somebody
// else verified: that is the lesson of the case.
func holdsClaim(claimed, known ServiceState) bool {
	switch claimed {
	case Restored, Verified:
		return known == Verified
	case Affected:
		return known.Hit() && known != Verified
	case Restoring:
		return known == Restoring || known == Restored
	case UnknownState:
		return true
	}
	return claimed == known
}

// LastSaid is what was last said about a service, in any notice, and where; false
// if nothing was.
func (inc *Incident) LastSaid(service string) (Claim, *Sending, bool) {
	var claim Claim
	var found *Sending
	inc.anySending(func(_ *Notice, s *Sending) bool {
		at := slices.IndexFunc(s.Claims, func(c ClaimKnown) bool { return c.Service == service })
		if at >= 0 && (found == nil || s.Seq > found.Seq) {
			claim, found = s.Claims[at].Claim, s
		}
		return false
	})
	return claim, found, found != nil
}

func (inc *Incident) serviceTitle(id string) string {
	if service := inc.Service(id); service != nil {
		return service.Def.Title
	}
	return id
}
