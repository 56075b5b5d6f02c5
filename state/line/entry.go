package line

import (
	"encoding/json"
	"time"
)

// A Mode says whether an incident is the real thing.
type Mode string

// The modes. An incident keeps the mode it was opened with.
const (
	Live  Mode = "live"
	Drill Mode = "drill"
)

// A Kind names what an entry records, as SUBJECT.WHAT: step.done.
type Kind string

// An Actor is who made an entry, and from where.
type Actor struct {
	Name string `json:"name"`           // the person, 1 to 100 bytes; "muster" for what the program notes itself
	Role string `json:"role,omitempty"` // the role the person held at that moment
	Via  string `json:"via"`            // local, ssh …
}

// A Reason names, for programs, why something was refused.
type Reason string

// An Override says which refusals a person overrode, and why.
type Override struct {
	Of  []Reason `json:"of"`  // at least one
	Why string   `json:"why"` // not empty
}

// An Entry is one line of the log: one action by one person at one time. A log has
// many, which are all in memory: what they mostly have in common they share.
type Entry struct {
	Seq      uint64    // 1 for the first
	Hash     Hash      // of this entry's envelope; set by Seal and Decode
	Recorded time.Time // UTC, when it was written, by the machine's clock
	Data     Data      // never nil, unless the facts are withheld
	*Frame             // never nil, and never changed but by who has just made it; see [Entry.Own]
	*Sealing           // nil if nobody will write the line again
}

// A Frame is what many entries have in common.
type Frame struct {
	Mode Mode
	Kind Kind

	// Withheld are the parts that were taken out of this copy of the log. Texts of
	// theirs are [WithheldText]. Without the facts, all below is zero.
	Withheld Parts

	By       Actor
	Occurred time.Time // UTC, when it happened, by the person's word; zero if that is Recorded
	Zone     string    // the writer's zone: "+01:00 Europe/Berlin"
	Override *Override // nil if nothing was overridden
	Origin   *Origin   // where it was taken over from; nil if it was recorded in this log first
}

// A Sealing is what nobody needs of an entry but who writes its line.
type Sealing struct {
	Prev  Hash  // the hash of the entry before; zeros for the first
	Salts Salts // of the parts from Names on; zeros for one that is not there

	// Verbatim is the line as it lies, which Decode sets if Seal would not write it so again:
	// it is of version 1, lacks parts, or has what a newer version wrote. Else it is "".
	Verbatim string
}

// Own is the entry's frame, made its own so that it can be written to: a copy of it that others
// do not share.
func (e *Entry) Own() *Frame {
	own := Frame{}
	if e.Frame != nil {
		own = *e.Frame
	}
	e.Frame = &own
	return e.Frame
}

// Kept is a copy of an entry that stays as it is when what it was read into is read
// into again.
func (e *Entry) Kept() Entry {
	kept := *e
	if e.Sealing != nil {
		sealing := *e.Sealing
		kept.Sealing = &sealing
	}
	return kept
}

// A Salt is 128 random bits that are hashed with a part, and withheld with it, so
// that its hash cannot be guessed back.
type Salt [16]byte

// Salts are the salts of an entry's parts, from Names on.
type Salts [partCount - 1]Salt

// When is the time at which the action happened: Occurred, or else Recorded.
func (e Entry) When() time.Time {
	if e.Occurred.IsZero() {
		return e.Recorded
	}
	return e.Occurred
}

// Data is what an entry records. It is a pointer to a struct, never changed once it
// is in an entry.
type Data interface{ Kind() Kind }

// Unknown is the data of an entry of a kind that this version does not know. It
// is kept byte for byte, shown raw and counted, and changes nothing.
type Unknown struct {
	Name  Kind
	Raw   json.RawMessage                // the facts
	Apart [partCount - 1]json.RawMessage // what the parts from Names on say of it; nil for nothing
}

// Kind returns the unknown kind's name.
func (u *Unknown) Kind() Kind { return u.Name }

// MarshalJSON writes the facts back as they were read.
func (u *Unknown) MarshalJSON() ([]byte, error) { return u.Raw, nil }

// Limits of a log line, its newline not counted. The kinds that carry a
// runbook's text may be larger; see [Spec].
const (
	MaxLine        = 60 << 10 // bytes
	MaxRunbookLine = 8 << 20  // bytes
)

// A Line is a sealed entry, ready to be appended.
type Line struct {
	Seq   uint64
	Kind  Kind
	Prev  Hash
	Hash  Hash
	Bytes []byte // the line's text, without a newline
	Known bool   // what it says was read from a verified line, as it lies
}

// A Head is the end of a log: it vouches for everything before it.
type Head struct {
	Seq  uint64 // of the last entry; 0 for none
	Hash Hash   // of the last entry; zeros for none
}
