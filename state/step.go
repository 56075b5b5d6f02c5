package state

import (
	"time"

	"muster/runbooks"
)

// A Step is one step in the incident.
type Step struct {
	ID      string // the runbook's id; with the service of a copy: shut-down/gisis; with the book's prefix: malware:isolate
	Number  string // as people say it: 2.3; a copy: 2.3b
	Title   string // rendered, raw: clean it before it is drawn
	Book    int    // index in Books
	Phase   int    // index in Phases
	Def     *runbooks.Step
	Service string // the id of the service it acts on; "" if none
	// Empty: the step stands for copies, and no service needs one so far. It can
	// not be acted on and is counted nowhere.
	Empty bool
	Added bool // by hand, during the incident

	Status    Status // as recorded; see Incident.Status for what it amounts to
	Started   time.Time
	Before    bool      // what is withheld may have started it before Started
	Ended     time.Time // when it was last settled; zero while it is not
	By        string    // who started or settled it last
	StartedBy string
	DoneBy    string // of a done or unconfirmed step
	Confirmed string // who confirmed
	Reason    string // why it failed, was skipped, or on what it is blocked; or the note given with done
	Assignee  string // a person; "" if only its role is known
	Ticks     []bool // one for each line of the checklist
	Files     []File
	Notes     []uint64 // entries
	Overrides []uint64 // entries
	Last      uint64   // the last entry about it; 0 if none

	doneSeq  uint64  // the entry by which DoneBy did it
	kept     []bool  // of Ticks, those that are from before it was reopened; nil if none is
	before   *Answer // of a decision that was reopened, what it was; nil if it was none
	root     string  // id of the template it is a copy of; its own id otherwise
	unlisted bool    // what is withheld may have ticked a line
	hidden   uint64  // the last entry whose notes are withheld, and may answer what it asks
}

// A File is evidence that belongs to a step: a copy of a file beside the log.
type File struct {
	Name   string // its base name
	SHA256 Hash
	Size   int64 // bytes
	Note   string
}

// A Status is what has become of a step.
type Status string

// The statuses. Waiting and NotNeeded are computed from other steps and answers,
// and are never in the log.
const (
	Todo        Status = "todo"
	Active      Status = "active"
	Blocked     Status = "blocked"
	Unconfirmed Status = "unconfirmed" // done by one of two persons
	Done        Status = "done"
	Failed      Status = "failed"
	Skipped     Status = "skipped"
	Waiting     Status = "waiting"        // todo, and something before it is not settled
	NotNeeded   Status = "not-applicable" // todo, and its condition does not hold
	Unseen      Status = "not known"      // what would tell is withheld
)

// Settled reports whether nothing more is expected of a step with this status.
func (s Status) Settled() bool {
	return s == Done || s == Skipped || s == Failed || s == NotNeeded
}

// A StepRef is the step an entry is about.
type StepRef struct {
	Step string `json:"step"` // its id in the incident: shut-down, shut-down/gisis, malware:isolate
}

func (r StepRef) step() string { return r.Step }

// Name is a step's number and title, raw: "2.3 Shut down GISIS".
func (s *Step) Name() string { return s.Number + " " + s.Title }

// Unlisted reports whether lines of its checklist may have been ticked, or unticked, in
// what is withheld.
func (s *Step) Unlisted() bool { return s.unlisted }
