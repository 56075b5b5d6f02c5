package view

import (
	"encoding/json"
	"time"

	"muster/runbooks"
	"muster/state"
)

// formatName and formatVersion stand first in every JSON export. The version
// changes when a field's meaning does or a field goes; fields may be added.
const (
	formatName    = "muster-incident"
	formatVersion = 1
)

// A Report is the computed incident: the schema of the json format. Times are RFC
// 3339 in UTC with Z, and null where there is none; durations are whole seconds;
// ids are the runbook's own; seq numbers name entries of the log. Texts are as they
// were typed.
//
// Of what is withheld from this copy of the log, texts and names are "(withheld)",
// and hashes, numbers and the like null. It does not say that there was something,
// and two of them need not be the same: withheld_counts and each entry's
// withheld_parts say where to expect it.
type Report struct {
	Format        string `json:"format"`         // "muster-incident"
	FormatVersion int    `json:"format_version"` // 1
	Program       string `json:"program"`        // what wrote the export

	Incident string       `json:"incident"`          // its id; "" if the entry that says it is withheld
	Mode     state.Mode   `json:"mode"`              // live or drill
	Exercise bool         `json:"exercise"`          // true for a drill
	TLP      string       `json:"tlp"`               // FIRST TLP 2.0, of the first runbook; "" if that cannot be read
	Head     Head         `json:"head"`              // vouches for every entry
	Entries  int          `json:"entries"`           // how many the log has
	Unknown  int          `json:"unknown_entries"`   // of a kind that the program does not know
	Withheld int          `json:"withheld_entries"`  // their content is not in this copy of the log
	Partly   int          `json:"partly_withheld"`   // parts of their content are not
	Parts    []PartCount  `json:"withheld_counts"`   // which parts, and from how many of those
	Foreign  int          `json:"misplaced_entries"` // they name a step, service or role that is not there, or whose runbook is withheld
	Damage   *Damage      `json:"damage,omitempty"`  // why the log was not read to its end
	Zones    []Counted    `json:"zones"`             // the zones of those who wrote the entries
	Opener   string       `json:"opened_with"`       // the program that opened the incident
	Title    string       `json:"title"`
	Severity string       `json:"severity"`         // now
	Grades   []Change     `json:"severity_history"` // in the order of the log
	Detected *time.Time   `json:"detected"`         // by the word of who opened the incident
	Opened   *time.Time   `json:"opened"`           // when the log began
	OpenedBy string       `json:"opened_by"`
	Last     *time.Time   `json:"last_recorded"`    // when the last entry was written
	Closed   *Closing     `json:"closed"`           // null while the incident is open, or if the entry that closes it is withheld
	Reopened []Change     `json:"reopenings"`       // To is "open"
	Duration *int64       `json:"duration_seconds"` // from detected to closed, or to the last entry
	Runbooks []Book       `json:"runbooks"`         // the first is the one it was opened with
	Roles    []Role       `json:"roles"`            // in the runbooks' order
	People   []Person     `json:"people"`           // who made entries, by name; not those whose names are withheld
	Unnamed  *Unnamed     `json:"unnamed"`          // the entries of those; null if there are none
	Tally    Tally        `json:"tally"`            // of all steps
	Phases   []Phase      `json:"phases"`
	Steps    []Step       `json:"steps"`   // all of them, those never run too
	Answers  []Answer     `json:"answers"` // inputs, decisions and asks, the unanswered too
	Services []Service    `json:"services"`
	Checks   []Check      `json:"checks"`  // looks at services from outside, in the order of the log
	Notices  []Notice     `json:"notices"` // in the runbooks' order, then those that no runbook has
	Clocks   []Clock      `json:"clocks"`
	Contacts []Contact    `json:"contacts"`      // in the runbooks' order
	Calls    []Call       `json:"unnamed_calls"` // to contacts whose names are withheld: one, or several
	Timers   []Timer      `json:"timers"`
	Handed   []Handover   `json:"handovers"`          // in the order of the log
	Sitreps  []SitrepSent `json:"sitreps"`            // that were issued
	Vouchers []Voucher    `json:"witnesses"`          // who can vouch for the log, by its own word; in its order
	Evidence []Evidence   `json:"evidence"`           // in the order of the log
	Fixes    []Fix        `json:"corrections"`        // amendments and retractions
	Over     []Override   `json:"overrides"`          // in the order of the log
	Open     []OpenItem   `json:"open_items"`         // what is not finished now, as far as the runbooks can be read
	Unplaced []Unplaced   `json:"unplaced"`           // what entries name and no runbook here has, in the order of the log
	Timeline []Entry      `json:"timeline,omitempty"` // every entry of the log, by seq
}

// A Head is the end of the log.
type Head struct {
	Seq  uint64     `json:"seq"`
	Hash state.Hash `json:"hash"` // SHA-256 of the last line's envelope
	Code string     `json:"code"` // its first 80 bits, to be read aloud
}

// A Damage says at which line the log could not be read on.
type Damage struct {
	Line  int    `json:"line"` // 1-based
	Seq   uint64 `json:"seq"`  // the entry that should stand there
	What  string `json:"what"`
	Newer bool   `json:"newer"` // well formed, but of a newer format version
}

// A Counted is a value and in how many entries it stands.
type Counted struct {
	Value   string `json:"value"`
	Entries int    `json:"entries"`
}

// A Change is one value over time: a severity, a role's holder, a service's state.
type Change struct {
	To  string    `json:"to"`
	At  time.Time `json:"at"` // occurred
	By  string    `json:"by"`
	Why string    `json:"why,omitempty"`
	Seq uint64    `json:"seq"`
}

// A Closing is how the incident ended.
type Closing struct {
	At      time.Time  `json:"at"`
	By      string     `json:"by"`
	Summary string     `json:"summary"`
	Open    []OpenItem `json:"open_items"`      // what was unfinished
	More    int        `json:"more_open_items"` // unfinished things beyond those listed
	Why     string     `json:"why,omitempty"`   // why it was closed all the same
	Seq     uint64     `json:"seq"`
}

// An OpenItem is something unfinished.
type OpenItem struct {
	What  string `json:"what"` // step, confirmation, service, clock, notice, timer, role
	ID    string `json:"id"`
	Name  string `json:"name"` // a step's number and title, or the title
	State string `json:"state"`
}

// A Book is a runbook of the incident.
type Book struct {
	ID       string      `json:"id"`
	Prefix   string      `json:"prefix"` // stands before its ids, with a colon; "" for the first
	Title    string      `json:"title"`
	Version  string      `json:"version"`
	TLP      string      `json:"tlp"`
	Source   string      `json:"source"`
	SHA256   *state.Hash `json:"sha256"`   // of its text, which is in the log; null if that is withheld
	Withheld bool        `json:"withheld"` // so that nothing is known of it but its id
	Attached uint64      `json:"seq"`      // the entry that holds its text
}

// A Role is a role and who held it.
type Role struct {
	ID       string   `json:"id"`
	Title    string   `json:"title"`
	Required bool     `json:"required"`
	Person   string   `json:"person"`  // now; "" for nobody
	History  []Change `json:"history"` // To is the person; "" lays it down
}

// A Person is somebody who made entries.
type Person struct {
	Name    string   `json:"name"`
	Roles   []string `json:"roles"` // in which entries were made, sorted
	Via     []string `json:"via"`   // sorted
	Entries int      `json:"entries"`
}

// A Tally counts steps by what became of them. The counts add up to Total.
type Tally struct {
	Total         int `json:"total"`
	Done          int `json:"done"`
	Unconfirmed   int `json:"unconfirmed"` // done by one of two persons
	Failed        int `json:"failed"`
	Skipped       int `json:"skipped"`
	NotApplicable int `json:"not_applicable"`
	Blocked       int `json:"blocked"`
	Active        int `json:"active"`
	Reopened      int `json:"reopened"`  // were settled, and are to do again
	NeverRun      int `json:"never_run"` // nobody ever started or settled them
}

// A Phase is a phase of one of the runbooks.
type Phase struct {
	ID     string `json:"id"`
	Number int    `json:"number"`
	Title  string `json:"title"`
	Goal   string `json:"goal"`
	Tally  Tally  `json:"tally"`
}

// A Step is one step, as it stands after all entries.
type Step struct {
	ID       string        `json:"id"`
	Number   string        `json:"number"`
	Title    string        `json:"title"`
	Phase    string        `json:"phase"` // its id
	Kind     runbooks.Kind `json:"kind"`
	Role     string        `json:"role"`    // that should do it
	Service  string        `json:"service"` // that it acts on
	Required bool          `json:"required"`
	Added    bool          `json:"added"` // by hand, during the incident
	Empty    bool          `json:"empty"` // stands for copies and has none; counted nowhere

	Status    state.Status `json:"status"` // todo, active, blocked, unconfirmed, done, failed, skipped, waiting, not-applicable
	Because   string       `json:"because"`
	NeverRun  bool         `json:"never_run"` // still to do, and nobody ever started or settled it
	Reopened  bool         `json:"reopened"`  // still to do, and was settled before
	Started   *time.Time   `json:"started"`
	Ended     *time.Time   `json:"ended"`
	Duration  *int64       `json:"duration_seconds"` // from started to ended
	Expected  *int64       `json:"expected_seconds"`
	StartedBy string       `json:"started_by"`
	By        string       `json:"by"` // who acted on its status last
	DoneBy    string       `json:"done_by"`
	Confirmed string       `json:"confirmed_by"`
	Assignee  string       `json:"assignee"`
	Reason    string       `json:"reason"` // why it failed, was skipped or is blocked; or the note given with done

	Checklist []Tick     `json:"checklist"`
	Answers   []Answer   `json:"answers"`
	Notes     []Note     `json:"notes"`
	Evidence  []Evidence `json:"evidence"`
	Overrides []Override `json:"overrides"`
	Seqs      []uint64   `json:"entries"` // about it, that were not retracted
}

// A Tick is a line of a checklist.
type Tick struct {
	Text string `json:"text"`
	Done bool   `json:"done"`
}

// An Answer is what was decided or learned, or should have been.
type Answer struct {
	ID     string     `json:"id"`
	Kind   string     `json:"kind"`   // input, decision, ask
	Step   string     `json:"step"`   // its id; "" for an input
	Prompt string     `json:"prompt"` // a decision's is its step's title
	Value  string     `json:"value"`  // an option's id, or what was typed; "" if not answered
	Title  string     `json:"title"`  // the option's title, or the value
	By     string     `json:"by"`
	At     *time.Time `json:"at"`  // null if not answered
	Seq    uint64     `json:"seq"` // 0 if not answered
	// Withheld: notes that are withheld may hold an answer, or a newer one.
	Withheld bool `json:"withheld"`
}

// A Note is something somebody said about a step.
type Note struct {
	Text string    `json:"text"`
	At   time.Time `json:"at"`
	By   string    `json:"by"`
	Seq  uint64    `json:"seq"`
}

// A Service is a service and its states over time.
type Service struct {
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Tier    int      `json:"tier"`
	State   string   `json:"state"` // now
	History []Change `json:"history"`
}

// An Evidence is a file kept beside the log.
type Evidence struct {
	Name        string      `json:"name"`
	SHA256      *state.Hash `json:"sha256"` // null if it is withheld
	Size        *int64      `json:"size"`   // bytes; null if it is withheld
	Note        string      `json:"note"`
	Step        string      `json:"step"`
	By          string      `json:"by"`
	At          time.Time   `json:"at"`
	Seq         uint64      `json:"seq"`
	RetractedBy uint64      `json:"retracted_by"` // 0 if it counts
}

// A Fix is an entry that corrects an earlier one.
type Fix struct {
	Kind        string    `json:"kind"`     // amended, retracted
	Of          uint64    `json:"of"`       // the entry it corrects
	Was         string    `json:"was"`      // what that entry said as first written
	Text        *string   `json:"text"`     // its new text; null if that stays, or if it is withheld
	Withheld    bool      `json:"withheld"` // whether that entry has a new text is
	Occurred    *Moved    `json:"occurred"`
	By          string    `json:"by"`
	At          time.Time `json:"at"`
	Why         string    `json:"why"`
	Seq         uint64    `json:"seq"`
	RetractedBy uint64    `json:"retracted_by"` // 0 if the correction counts
}

// A Moved is a corrected time.
type Moved struct {
	From time.Time `json:"from"` // as first written
	To   time.Time `json:"to"`
}

// An Override is a refusal that somebody went past, and why.
type Override struct {
	Of          []state.Reason `json:"of"`
	Why         string         `json:"why"`
	What        string         `json:"what"` // the entry that was made
	Step        string         `json:"step"`
	By          string         `json:"by"`
	At          time.Time      `json:"at"`
	Seq         uint64         `json:"seq"`
	RetractedBy uint64         `json:"retracted_by"` // 0 if it counts
}

// An Entry is one line of the timeline. Occurred, What and Text are as they count,
// with all amendments.
type Entry struct {
	Seq         uint64          `json:"seq"`
	Mode        state.Mode      `json:"mode"`
	Exercise    bool            `json:"exercise"`
	Occurred    time.Time       `json:"occurred"`
	Recorded    time.Time       `json:"recorded"`
	Zone        string          `json:"zone"` // the writer's
	Person      string          `json:"person"`
	Role        string          `json:"role"`
	Via         string          `json:"via"`
	Kind        state.Kind      `json:"kind"`
	Step        string          `json:"step"` // id
	StepNumber  string          `json:"step_number"`
	What        string          `json:"what"` // in one line; the override is not part of it
	Text        string          `json:"text"` // what the person said
	Override    *state.Override `json:"override"`
	Withheld    bool            `json:"withheld"`                 // the whole content
	Parts       []string        `json:"withheld_parts,omitempty"` // names, notes, evidence or runbook
	Unknown     bool            `json:"unknown"`                  // of a kind that the program does not know
	RetractedBy uint64          `json:"retracted_by"`
	AmendedBy   uint64          `json:"amended_by"`
	Written     *Written        `json:"written,omitempty"` // as it was first written; only where it was amended
	Hash        state.Hash      `json:"hash"`
	Data        json.RawMessage `json:"data"` // all that the entry records, as written, without a runbook's text; null for what is withheld
}

// A Written is what an amended entry said at first.
type Written struct {
	Occurred time.Time `json:"occurred"`
	What     string    `json:"what"`
	Text     string    `json:"text"`
}
