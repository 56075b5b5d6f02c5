package state

import (
	"slices"
	"time"

	"muster/runbooks"
	"muster/state/sorted"
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
	Number      int
	Text        string
	SHA256      Hash // of Text; zeros if that is withheld
	Claims      []Claim
	Basis       map[string]string
	By          string // who drafted it
	When        time.Time
	Seq         uint64
	ApprovedBy  string // "" while nobody did
	ApprovedAt  time.Time
	ApprovedSeq uint64 // the entry by which it was; 0 if it was not
	Leaving     []Leaving
	Sent        []Sending
	Failures    []Failure
	Withheld    Parts       // of the entry that drafted it: without notes, there may be a basis
	Form        *FilledForm // that the text fills in; nil if it is none
}

// A Sending is one time a notice was said.
type Sending struct {
	Notice     string
	Version    int
	Text       string
	SHA256     Hash   // of Text
	Channel    string // one that is set, or any words of who sent it by hand
	To         string
	How        string // by hand, webhook, mail …
	Simulated  bool
	LogHead    Hash         // the log's head at that moment
	Claims     []ClaimKnown // with who found out what was known
	Corrects   []uint64     // the entries that it takes the place of
	When       time.Time
	By         string
	Seq        uint64
	Overridden string // why it was sent against a refusal; "" if none stood in the way
	// Rest is of the services that it does not name, if it says that all are back: it says so of
	// them too. They are in order of their ids, with what was known of them.
	Rest []ClaimKnown
}

// A Leaving is one time a notice was about to leave.
type Leaving struct {
	Notice     string
	Version    int
	SHA256     Hash // of the text
	Channel    string
	To         string
	How        string // the channel's kind
	When       time.Time
	By         string
	Seq        uint64
	Overridden string // why it was sent against a refusal; "" if none stood in the way
	Ended      uint64 // the entry that says what came of it; 0 while none does
}

// MayHaveLeft lists the times that the notice was about to leave, and of which nobody
// has said what came of it; oldest first.
func (n *Notice) MayHaveLeft() []Leaving {
	var open []Leaving
	for i := range n.Versions {
		for _, l := range n.Versions[i].Leaving {
			if l.Ended == 0 {
				open = append(open, l)
			}
		}
	}
	sorted.Stable(open, func(a, b Leaving) int { return int(a.Seq) - int(b.Seq) })
	return open
}

// ended notes which entry says what came of a leaving.
func (v *NoticeVersion) ended(leaving, seq uint64) {
	for i := range v.Leaving {
		if v.Leaving[i].Seq == leaving {
			v.Leaving = slices.Clone(v.Leaving) // readers keep the old one
			v.Leaving[i].Ended = seq
		}
	}
}

// A Failure is one time a notice could not be sent.
type Failure struct {
	Channel string
	Why     string
	Maybe   bool // it may have arrived all the same
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

// A NoticeStatus is where a notice stands.
type NoticeStatus string

// The statuses of a notice.
const (
	Unwritten NoticeStatus = "unwritten"
	Draft     NoticeStatus = "draft"
	Approved  NoticeStatus = "approved"
	Sent      NoticeStatus = "sent"   // or, in a drill, would have been; see Says
	Stale     NoticeStatus = "stale"  // sent, and no longer true
	Unsure    NoticeStatus = "unsure" // sent, and not known to be true
	MayBeOut  NoticeStatus = "may have left"
	Unheard   NoticeStatus = "not known" // what would tell is withheld
)

// A Claim is "service X is in state Y", said to somebody in a notice.
type Claim struct {
	Service string       `json:"service"`
	State   ServiceState `json:"state"`
}

// A ClaimKnown is a claim beside what was known when it was sent.
type ClaimKnown struct {
	Claim
	Known ServiceState `json:"known"`
	Since *time.Time   `json:"since,omitempty"`
	By    string       `json:"by,omitempty"` // in a log, only in entries of version 1; else see KnownBy
	Holds bool         `json:"holds"`
}

// Unsure reports whether nothing is known by which the claim could hold or not.
func (c *ClaimKnown) Unsure() bool { return !c.Holds && c.Known == UnknownState }

// Says says where a notice stands: in a drill nothing was sent.
func (s NoticeStatus) Says(drill bool) string {
	if s == Sent {
		return verbOf(drill)
	}
	return string(s)
}

// Verb says whether a statement was sent: in a drill it only would have been.
func (s *Sending) Verb() string { return verbOf(s.Simulated) }

func verbOf(simulated bool) string {
	if simulated {
		return "would have been sent"
	}
	return string(Sent)
}
