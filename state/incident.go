package state

import (
	"maps"
	"slices"
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
	graded   time.Time // since when it is the severity, if it was changed
	Opened   time.Time // when it was detected, by the word of who opened it
	OpenedAt time.Time // when the log began
	OpenedBy string
	Program  string // what opened it

	// Organisation is whose incident it is; nil if the log does not say.
	Organisation *Organisation

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
	Sitrep   uint64   // the entry of the last sitrep that went to others; 0 if none did
	Sitreps  []uint64 // the entries of all, and of those for who took a role
	Exercise Exercise
	Review   Review

	// FormAnswers is what was said for fields of forms, in the order of the log.
	FormAnswers []FormAnswer

	Witnesses  []Witness   // who was told a head, in the order of the log
	Signatures []Signature // of heads, in the order of the log
	Stamps     []Stamped   // over heads, in the order of the log

	Branch *Branch      // where it left the log that it was a copy of; nil if this is no branch
	Merges []uint64     // the entries by which branches were taken over, here or in a branch
	Two    []TwoAnswers // what has several answers that contradict each other, settled or not

	Closed   *Closing // nil while it is open
	Redacted Redacted // what is withheld from this copy of the log, and could be missed
	Past     *Past    // as of when it is looked at; nil for now

	// Log holds every entry, as read. Entry n has index n-1.
	Log     []Entry
	Head    Head
	Unknown int // entries of kinds this version does not know
	// Sessions are the session.opened entries, oldest first.
	Sessions []uint64
	// Over says what of the incident is not laid out, because it is too much.
	Over Over
	// Unresolved counts entries that name a step, service or role that is not there.
	Unresolved int

	said        *sayings            // while a merged log is computed: what is said of what
	answers     map[string]Answer   // by decision step, ask or input
	stepAt      map[string]int      // index in Steps, by id
	serviceAt   map[string]int      // index in Services, by id
	marked      []uint64            // entries that are key events by somebody's word
	checkpoints int                 // how many entries record one
	within      map[uint64]bool     // the entries that are told of; nil for all
	retracted   map[uint64]uint64   // entry → the entry that retracts it
	amended     map[uint64][]uint64 // entry → the entries that amend it, in order
	roots       map[string][]int    // indexes in Steps of a template's copies, by its id
	twins       map[string][]string // templates of attached runbooks, by the id of that which asks for the same
	copied      []copies            // what entries changed in the list of steps, in their order
	dynamic     []dynamicTitle      // the titles that depend on what is known
	stale       known               // what has changed since they were rendered
	reading     bool                // a log is being read: titles wait for its end
	laid        int                 // steps laid out so far, each time anew
	added       []addedStep
	seated      []seated                     // who acts where, in the order of the log
	beside      map[uint64]string            // entry → at whose terminal it was made; see Beside
	clocks      map[string]int64             // SessionOpened.BootAt as last recorded, by boot
	allowed     map[string]bool              // private targets that may be looked at, by Target.Address
	parsed      map[source]*runbooks.Runbook // runbooks read so far
}

// Clone returns an incident that can be applied to while others read this one.
// Only the newest of a line of clones may be applied to: they share the log's
// memory.
func (inc *Incident) Clone() *Incident {
	clone := *inc
	clone.Steps = slices.Clone(inc.Steps)
	clone.Services = slices.Clone(inc.Services)
	clone.Roles = slices.Clone(inc.Roles)
	clone.Notices = slices.Clone(inc.Notices)
	clone.Contacts = slices.Clone(inc.Contacts)
	clone.Clocks = slices.Clone(inc.Clocks)
	clone.Timers = slices.Clone(inc.Timers)
	clone.answers = maps.Clone(inc.answers)
	clone.Exercise = inc.Exercise.clone()
	return &clone
}

// A Pending is something that people set in an incident, with a time, until they say that it
// is over: a timer. By what it says of itself it is found, is due and rings, and is open when
// the incident is closed.
type Pending interface {
	Noun() Noun
	Named() Named
	// Stands says how it stands: "" when it is over, [Unseen] where that is withheld.
	Stands() string
	// DueAt is its time.
	DueAt() time.Time
	// Miss takes in that an entry of a kind is withheld whole, which may have ended it.
	Miss(kind Kind)
	// Over is when it was over; zero if that is not so, or not known.
	Over() time.Time
}

// Runs reports whether something that people set is known not to be over.
func Runs(p Pending) bool { stands := p.Stands(); return stands != "" && stands != string(Unseen) }

// PendingOf is all that people set in an incident, in its order.
func PendingOf(inc *Incident) []Pending {
	list := make([]Pending, len(inc.Timers))
	for i := range inc.Timers {
		list[i] = &inc.Timers[i]
	}
	return list
}

// PendingBy is the pending thing of a kind, by its noun's key, and an id; nil if there is none.
func PendingBy(inc *Incident, what, id string) Pending {
	for _, p := range PendingOf(inc) {
		if p.Noun().Key() == what && p.Named().ID == id {
			return p
		}
	}
	return nil
}

// SeqAt is the last entry that was recorded by time t; 0 if none was.
func (inc *Incident) SeqAt(t time.Time) uint64 {
	var seq uint64
	for i := range inc.Log {
		if !inc.Log[i].Recorded.After(t) {
			seq = inc.Log[i].Seq
		}
	}
	return seq
}

// Within reports whether an entry is one that the incident rests on: all are, but for those
// that had not happened yet when it is looked at as it was.
func Within(inc *Incident, seq uint64) bool { return inc.within == nil || inc.within[seq] }

// EndOf is the moment as of which the incident is told of: that of the last entry, or the one
// as of which it is looked at.
func EndOf(inc *Incident) time.Time {
	if inc.Past != nil {
		return inc.Past.At
	}
	return inc.Log[len(inc.Log)-1].Recorded
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

// An OpenItem is something that was not finished when an incident was closed.
type OpenItem struct {
	What  string `json:"what"` // step, confirmation, service, clock, notice, update, role; or a noun's key, of what people set
	ID    string `json:"id"`
	State string `json:"state"`
}

// A Role is one role in the incident.
type Role struct {
	Def    *runbooks.Role
	Person string // "" if nobody holds it
	Since  time.Time
	Seq    uint64 // the entry that said so
	// Pending is to whom it is handed over; "" if to nobody. Until that person
	// acknowledges, Person still holds it.
	Pending string
	before  bool // somebody held it before
}

// hold gives the role to a person, or to nobody.
func (r *Role) hold(person string, e *Entry) {
	r.before = r.before || r.Person != ""
	r.Person, r.Since, r.Pending, r.Seq = person, e.When(), "", e.Seq
}

// held takes that who holds the role held it earlier than it was known, as far as nobody else did.
func (r *Role) held(e *Entry) {
	if !r.before && e.When().Before(r.Since) {
		r.Since = e.When()
	}
}

// A Timer reminds of something at a time.
type Timer struct {
	ID     string
	Title  string
	Step   string // the step it belongs to; "" if none
	Due    time.Time
	By     string
	Set    time.Time
	Seq    uint64
	Ended  time.Time // zero while it runs
	Why    string
	Hidden bool // what is withheld may have ended it, so that Ended does not tell
}

// copies are the steps, by number, that an entry brought or took away.
type copies struct {
	seq        uint64
	came, went []string
}

// An addedStep is a step that somebody added to a phase.
type addedStep struct {
	phase  string
	def    *runbooks.Step
	behind bool // another that is withheld was added before: which number it has is not known
}

// An Organisation is whose incident it is, as the log keeps it: the incident never
// depends on a file that may change. What it runs goes with the runbook, and whom it
// calls and who works in it with the names, so that names can be withheld and the
// procedure shown.
type Organisation struct {
	Name     string             `json:"name,omitempty" part:"runbook"`
	ID       string             `json:"id,omitempty" part:"runbook"`     // of its file
	Source   string             `json:"source,omitempty" part:"runbook"` // where that came from: "built in", "yours", "file"
	SHA256   string             `json:"sha256,omitempty" part:"runbook"` // of its file, 64 hexadecimal digits; "" if there was none
	Services []runbooks.Service `json:"services,omitempty" part:"runbook"`
	Contacts []runbooks.Contact `json:"contacts,omitempty" part:"names"`
	People   []runbooks.Person  `json:"people,omitempty" part:"names"`
	Facts    runbooks.Facts     `json:"facts,omitzero" part:"runbook"`
}

// A Witness is somebody who was told a head, by the word of the log.
type Witness struct {
	Witness string    // who was told
	How     string    // by which way; see [Ways] for the usual ones
	Head    Hash      // what was told: the whole hash, or its code
	Entry   uint64    // the entry whose hash it is, and up to which the witness vouches
	When    time.Time // when the witness was told
	By      string    // who says so
	Seq     uint64
}

// A Signature is a signing of a head, by the word of the log.
type Signature struct {
	Head        Hash
	Entry       uint64 // the entry whose hash it is
	Fingerprint string // of the key: SHA256:…
	Namespace   string // of the signature
	When        time.Time
	By          string
	Seq         uint64
}

// A Stamped is a time-stamping authority's stamp over a head, by the word of the log.
type Stamped struct {
	Head      Hash
	Entry     uint64    // the entry whose hash it is
	Time      time.Time // by the authority's clock
	Authority string    // by its own word; "" if it does not say
	SHA256    Hash      // of its answer, which is kept with the evidence
	Hidden    bool      // which answer that is is withheld
	When      time.Time
	By        string
	Seq       uint64
}

// A Contact is one contact in the incident, with every call.
type Contact struct {
	ID    string // with the book's prefix
	Def   *runbooks.Contact
	Calls []Call // oldest first
}

// A Call is one try to reach a contact.
type Call struct {
	Contact  string // the id of whom was called
	Title    string // of a contact that no runbook has
	Via      string // which of its ways
	Outcome  Outcome
	CallBack *time.Time // when to try again; nil if that was not said
	Note     string
	In       bool // they called us
	When     time.Time
	By       string
	Seq      uint64
}

// Reached reports whether somebody was spoken to.
func (c *Contact) Reached() bool {
	for _, call := range c.Calls {
		if call.Outcome == Reached {
			return true
		}
	}
	return false
}

// AskedBack is when the contact's last call that is known says to call again; zero if it
// says no time.
func (c *Contact) AskedBack() time.Time {
	if n := len(c.Calls); n > 0 && c.Calls[n-1].CallBack != nil {
		return *c.Calls[n-1].CallBack
	}
	return time.Time{}
}

// CallBackAt is when the contact is to be called again; zero if no such time was given,
// if it was called since, or if what is withheld may have called it since.
func (c *Contact) CallBackAt(inc *Incident) time.Time {
	if c.MayHaveBeenCalled(inc) {
		return time.Time{}
	}
	return c.AskedBack()
}

// MayHaveBeenCalled reports whether what is withheld may have called the contact after the
// last call that is known.
func (c *Contact) MayHaveBeenCalled(inc *Incident) bool {
	var last uint64
	if n := len(c.Calls); n > 0 {
		last = c.Calls[n-1].Seq
	}
	return inc.Redacted.Calls > last || slices.ContainsFunc(inc.Calls, func(call Call) bool { return call.Seq > last })
}

// An Outcome is what came of calling a contact.
type Outcome string

// The outcomes.
const (
	Reached   Outcome = "reached"
	Voicemail Outcome = "voicemail"
	NoAnswer  Outcome = "no-answer"
	CallBack  Outcome = "call-back"
)

// Outcomes lists every outcome.
func Outcomes() []Outcome { return []Outcome{Reached, Voicemail, NoAnswer, CallBack} }

// DetectionGiven reports whether it was said when the incident was detected. Where not, or
// where what was said is withheld, its Opened is the time of its first entry.
func DetectionGiven(inc *Incident) bool {
	return !inc.Opened.IsZero() && !inc.Opened.Equal(inc.OpenedAt)
}
