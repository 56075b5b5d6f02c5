package state

import "time"

// A Branch is that a log is a branch: where it left the log that it was a copy of.
type Branch struct {
	Source string    // what the copy followed
	Head   Hash      // of the last entry that the other side is known to have
	Entry  uint64    // that entry
	Heard  time.Time // when the other side was heard last; zero if that is not known
	When   time.Time // when people went on here
	By     string
	Seq    uint64
}

// A Contradictory is what two logs can say different things of.
type Contradictory string

// What two logs can contradict each other in.
const (
	OfAnswer    Contradictory = "answer"    // a decision or a question was answered twice
	OfService   Contradictory = "service"   // it is in two states
	OfRole      Contradictory = "role"      // two people hold it
	OfClock     Contradictory = "clock"     // it was started, met or waived twice
	OfStep      Contradictory = "step"      // it ended in two ways
	OfNotice    Contradictory = "notice"    // it was sent twice
	OfAmendment Contradictory = "amendment" // the same entry was amended twice
	OfClosing   Contradictory = "closing"   // the incident was closed, and elsewhere it went on
)

// Contradictories lists them all.
func Contradictories() []Contradictory {
	return []Contradictory{OfAnswer, OfService, OfRole, OfClock, OfStep, OfNotice, OfAmendment, OfClosing}
}

// Chosen reports whether one of the entries has to hold: what went out twice did.
func (c Contradictory) Chosen() bool { return c != OfNotice }

// A TwoAnswers is something of which several answers stand that contradict each other,
// until somebody settles it.
type TwoAnswers struct {
	What    Contradictory
	Of      string   // its id; of an amendment the number of the entry
	Entry   uint64   // which they amend; 0 of anything else
	Entries []uint64 // that say it; several may say the same
	Merged  uint64   // the entry that says that they contradict each other
	// Settled is the entry that settles it; 0 while both answers stand.
	Settled uint64
	Holds   uint64 // the entry that holds by it; 0 if none need
	Why     string
	By      string
	When    time.Time
}

// ID names what has two answers among all that have: service:gisis.
func (t TwoAnswers) ID() string { return string(t.What) + ":" + t.Of }
