package state

import (
	"time"

	"muster/runbooks"
)

// An Incident is what the entries so far add up to. It is computed by Apply
// alone. Readers take it as it is; whoever applies to an incident that others
// read applies to a [Incident.Clone].
type Incident struct {
	ID       string
	Mode     Mode
	Title    string
	Severity runbooks.Severity
	Opened   time.Time // when it was detected, by the word of who opened it
	OpenedAt time.Time // when the log began
	OpenedBy string
	Program  string // what opened it

	Books    []Book
	Phases   []Phase
	Steps    []Step // in the order of the runbooks, copies in the place of their template
	Services []Service
	Roles    []Role
	Notices  []Notice
	Contacts []Contact
	Calls    []Call // of contacts whose names are withheld: one, or several
	Clocks   []Clock
	Timers   []Timer
	Sitrep   uint64 // the entry of the last sitrep; 0 if none was issued
	Exercise Exercise

	Witnesses  []Witness   // who was told a head, in the order of the log
	Signatures []Signature // of heads, in the order of the log

	Closed *Closing // nil while it is open
	Lacks  Lacks    // what is withheld from this copy of the log, and could be missed

	// Log holds every entry, as read. Entry n has index n-1.
	Log     []Entry
	Head    Head
	Unknown int // entries of kinds this version does not know
	// Sessions are the session.opened entries, oldest first.
	Sessions []uint64
	// Foreign counts entries that name a step, service or role that is not there.
	Foreign int

	answers   map[string]Answer   // by decision step, ask or input
	stepAt    map[string]int      // index in Steps, by id
	serviceAt map[string]int      // index in Services, by id
	retracted map[uint64]uint64   // entry → the entry that retracts it
	amended   map[uint64][]uint64 // entry → the entries that amend it, in order
	roots     map[string][]int    // indexes in Steps of a template's copies, by its id
	copied    []copies            // what entries changed in the list of steps, in their order
	dynamic   []int               // indexes in Steps whose title depends on what is known
	added     []addedStep
	clocks    map[string]int64             // SessionOpened.BootAt as last recorded, by boot
	parsed    map[source]*runbooks.Runbook // runbooks read so far
}

// A Book is a runbook that the incident runs.
type Book struct {
	Prefix  string // "" for the first; else stands before its ids, with a colon
	Runbook *runbooks.Runbook
	Doc     Document

	when map[*runbooks.Step]runbooks.Condition // the parsed conditions
}

// A Phase is a phase of one of the incident's runbooks.
type Phase struct {
	ID     string // with the book's prefix
	Number int    // 1 for the first
	Book   int    // index in Books
	Def    *runbooks.Phase
	First  int // index in Steps of its first step
	Count  int // how many steps it has
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
)

// Settled reports whether nothing more is expected of a step with this status.
func (s Status) Settled() bool {
	return s == Done || s == Skipped || s == Failed || s == NotNeeded
}

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
	Ended     time.Time // when it was last settled; zero while it is not
	By        string    // who started or settled it last
	StartedBy string
	DoneBy    string // of a done or unconfirmed step
	Confirmed string // who confirmed
	Reason    string // why it failed, was skipped, or on what it is blocked; or the note given with done
	Assignee  string // a person; "" if only its role is known
	Ticks     []bool // one for each line of the checklist
	Files     []EvidenceAdded
	Notes     []uint64 // entries
	Overrides []uint64 // entries
	Last      uint64   // the last entry about it; 0 if none

	root   string // id of the template it is a copy of; its own id otherwise
	hidden uint64 // the last entry whose notes are withheld, and may answer what it asks
}

// A Service is one service in the incident.
type Service struct {
	ID    string // one for all the incident's runbooks
	Def   *runbooks.Service
	State ServiceState
	Since time.Time // zero if never set
	By    string
	Why   string
	Seq   uint64 // the entry that set it
	// RestoredBy is who restored it last; another should verify it.
	RestoredBy string
	// EverRestored: it was restored once, so that a failing check is a regress.
	EverRestored bool
	Checked      *ServiceChecked // the last look from outside; nil if none
	CheckedAt    time.Time
}

// A Role is one role in the incident.
type Role struct {
	Def    *runbooks.Role
	Person string // "" if nobody holds it
	Since  time.Time
	// Pending is to whom it is handed over; "" if to nobody. Until that person
	// acknowledges, Person still holds it.
	Pending string
}

// An Answer is what was decided or learned.
type Answer struct {
	Value string // an option's id, or what was typed
	Title string // the option's title; else Value
	By    string
	When  time.Time
	Seq   uint64
}

// A Closing is how an incident ended.
type Closing struct {
	When    time.Time
	By      string
	Summary string
	Open    []OpenItem // what was unfinished
	More    int        // unfinished things beyond those listed
	Why     string     // why it was closed all the same; "" if nothing was open
	Seq     uint64
}
