// Package runbooks is the runbook: its types, its strict reading from TOML, the
// problems a file can have, and the library that finds runbooks by id.
//
// # The file
//
// A runbook is one TOML file. The smallest useful one is
//
//	title = "Printer on fire"
//	[[phase]]
//	title = "Put it out"
//	[[phase.step]]
//	title = "Pull the plug"
//
// Everything else has a sensible default: the runbook's id is the file's name
// without .toml, a phase's or step's id is its title in lower case with dashes,
// a step's kind is action and it is required.
//
// Reading is strict. An unknown key, a wrong type, a duplicate id, a needs that
// names nothing, a cycle or a template that does not parse are all [Problem]s,
// and all of them are reported at once, each with file, line and hint.
//
// # Ids
//
// An id is 1 to 64 characters of a–z, 0–9 and "-", beginning with a letter or
// digit. Decision steps, asks and inputs share one space of ids, since each of
// them becomes an answer that a when or a template can name.
//
// # Conditions
//
// A when is one or more clauses joined by " and ". A clause is ID=VALUE,
// ID!=VALUE or ID=VALUE|VALUE, where ID is a decision step, an ask or an input.
// A step whose condition is false is not applicable; while an answer it names is
// missing, the step waits.
//
// # Copies
//
// A step with each = "affected" stands once for every service that was hit, one
// with each = "services" once for every service of the runbook. Within such a
// step, templates have .Service, and a needs or when that names another step
// with the same each means the copy for the same service.
//
// # Templates
//
// A step's title, text, command and done_when, and a notice's text, are templates:
// see [Renderer.Render] and [Values]. What is not known is drawn as «org».
//
// # Bounds
//
// A file is UTF-8 of at most 4 MiB, with at most 32 tables and arrays inside one
// another, keys of at most 8 parts and 256 bytes, and 400,000 values. A runbook has
// at most 10,000 steps; titles have at most 200 characters, texts 32 KiB, lists
// 1000 entries. What it becomes is bounded too: see [Size].
package runbooks

import (
	"strings"
	"time"
)

// Schema is the version of the runbook format that this package reads.
const Schema = 1

// A Runbook is one whole runbook, as read and with its defaults filled in.
type Runbook struct {
	Schema      int       // always 1
	ID          string    // from the file's name if the file does not say
	Title       string    // not empty
	Version     string    // free text, by custom MAJOR.MINOR.PATCH; "" if not said
	Summary     string    // when to use this runbook, a sentence or two
	Severity    Severity  // the default at the start of an incident; SEV2 if not said
	TLP         string    // FIRST TLP 2.0: RED, AMBER+STRICT, AMBER, GREEN or CLEAR; AMBER if not said
	Org         string    // the organisation's name, for texts; "" if not said
	Tags        []string  // for search
	Owner       string    // who keeps the runbook up to date
	Reviewed    time.Time // UTC midnight of the day; zero if never
	ReviewEvery Span      // zero: no review is asked for
	References  []string  // standards and documents it rests on
	// Immediate are the ids of the steps that come before all else, in their order: at most
	// [MaxImmediate], so that they can be read at a glance.
	Immediate []string

	Inputs   []Input
	Roles    []Role
	Services []Service
	Contacts []Contact
	Clocks   []Clock
	Notices  []Notice
	Phases   []Phase // at least one
}

// MaxImmediate is how many first acts a runbook may name.
const MaxImmediate = 7

// A Severity grades an incident, SEV1 the worst and SEV4 the least.
type Severity string

// The severities, worst first.
const (
	SEV1 Severity = "SEV1"
	SEV2 Severity = "SEV2"
	SEV3 Severity = "SEV3"
	SEV4 Severity = "SEV4"
)

// Severities lists every severity, worst first.
func Severities() []Severity { return []Severity{SEV1, SEV2, SEV3, SEV4} }

// An Input is asked for at the start of the incident; its value is an answer.
type Input struct{ Ask }

// An Ask is a value collected when it becomes known.
type Ask struct {
	ID       string
	Prompt   string
	Type     AskType  // text if not said
	Choices  []string // for AskChoice, at least two
	Default  string   // inputs only
	Required bool     // false if not said
	// Sets is what the answer sets besides, of a step's question: role:ID, who holds that
	// role from now on, or [SetsSeverity]; "" for nothing.
	Sets string
}

// SetsSeverity is an Ask's Sets whose answer is the incident's severity.
const SetsSeverity = "severity"

// SetsRole is the role whose holder the answer names; false if it names none.
func (a *Ask) SetsRole() (id string, ok bool) { return strings.CutPrefix(a.Sets, "role:") }

// An AskType says what an answer may look like.
type AskType string

// The types of an ask.
const (
	AskText   AskType = "text"   // any one line
	AskNumber AskType = "number" // a decimal number
	AskTime   AskType = "time"   // RFC 3339, or a clock time of today
	AskBool   AskType = "bool"   // yes or no
	AskChoice AskType = "choice" // one of Choices
)

// A Role is a part that a person takes in the response.
type Role struct {
	ID       string
	Title    string
	Duties   string
	Required bool // somebody must hold it
}

// A Service is a system that the organisation runs. The JSON is what the log keeps of
// one that comes from the organisation's file.
type Service struct {
	ID        string   `json:"id"`
	Title     string   `json:"title"`
	Tier      int      `json:"tier"`                 // 1 (restore first) to 5; 3 if not said
	DependsOn []string `json:"depends_on,omitempty"` // ids of services it cannot run without
	Shutdown  string   `json:"shutdown,omitempty"`   // how to shut it down
	Restore   string   `json:"restore,omitempty"`    // how to restore it
	Owner     string   `json:"owner,omitempty"`
	Check     Check    `json:"check,omitzero"`
	// Example: it stands in the runbook so that there is something to see, and gives
	// way to the services of the organisation as soon as that has any.
	Example bool `json:"-"`
}

// A Check says how to see from outside whether a service answers. At most one of
// URL, TCP and DNS is set; the zero Check means there is none.
type Check struct {
	URL    string `json:"url,omitempty"`    // http or https
	Expect int    `json:"expect,omitempty"` // the status expected of URL; 200 if not said
	Text   string `json:"text,omitempty"`   // what the body of URL must contain; "" for anything
	TCP    string `json:"tcp,omitempty"`    // host:port
	DNS    string `json:"dns,omitempty"`    // a name that must resolve
}

// IsZero reports whether no check is set.
func (c Check) IsZero() bool { return c == Check{} }

// A Contact is a person or body to reach.
type Contact struct {
	ID    string   `json:"id"`
	Title string   `json:"title"`
	Role  string   `json:"role,omitempty"`  // a role's id, or a word such as "authority"
	Reach []string `json:"reach,omitempty"` // tel:, mailto:, sms:, signal:, https: … in order of preference
	Hours string   `json:"hours,omitempty"`
	Note  string   `json:"note,omitempty"`
}

// A Clock is a deadline that an event starts.
type Clock struct {
	ID     string
	Law    string // the id of the ready-made clock it takes its words from; "" if none
	Title  string
	Within Span
	Starts string // incident.opened, step:ID, step:ID=OPTION, answer:ID=VALUE, notice:ID, clock:ID, or manual
	From   string // answer:ID of a time: what the law counts from; "" for when what starts it happened
	Stops  string // step:ID, notice:ID, or manual
	// Outer is a second bound of the same duty; its Within is zero if there is none.
	// The earlier counts, unless what starts the clock comes after the outer bound
	// has passed: then the clock's own Within counts alone.
	Outer Bound
	// Restarts: it counts anew each time that what starts it happens again, until
	// it is met. DORA's final report is due a month after the latest update.
	Restarts bool
	To       string // who must be told
	Source   string // the law or contract that sets it
	// Checked is the day on which the ready-made source was last looked at,
	// YYYY-MM-DD; "" if the runbook's author answers for it.
	Checked string
}

// A Bound is a limit of a clock beside its own.
type Bound struct {
	Within Span
	Starts string // as [Clock.Starts]
	From   string // as [Clock.From]
}

// EveryAffected stands in the claims of a notice or an option for every service that was hit.
const EveryAffected = "*"

// A Notice is a message to people.
type Notice struct {
	ID         string
	Title      string
	Audience   string // public, members, staff, authority …
	Channel    string
	Approver   string   // a role's id; "" if nobody need approve
	NextUpdate Span     // zero: no update is promised
	Claims     []string // SERVICE=STATE, said in the text; *=STATE for every service that was hit
	Corrects   []string // ids of notices that it takes the place of
	Text       string   // a template
}

// A Phase is a stretch of the response.
type Phase struct {
	ID    string
	Title string
	Goal  string
	Steps []Step // at least one
}

// A Kind says what a step does to the incident when it is done.
type Kind string

// The kinds of step.
const (
	Action   Kind = "action"   // nothing but itself
	Decision Kind = "decision" // becomes an answer
	Shutdown Kind = "shutdown" // its service is shut down
	Restore  Kind = "restore"  // its service is restored
	Verify   Kind = "verify"   // its service is verified
	Notify   Kind = "notify"   // a notice inside, or to an authority
	Announce Kind = "announce" // a notice to the public
)

// Kinds lists every kind of step.
func Kinds() []Kind {
	return []Kind{Action, Decision, Shutdown, Restore, Verify, Notify, Announce}
}

// An Each says for which services a step is copied.
type Each string

// The values of Step.Each.
const (
	Once          Each = ""         // the step stands once
	EachAffected  Each = "affected" // once for every service that was hit
	EachOfService Each = "services" // once for every service of the runbook
)

// A Wanted says whether something is asked for.
type Wanted string

// The values of Step.Reason. A step without one asks if it is a decision, unless it is
// copied for each service, where it is a check.
const (
	Asked    Wanted = "asked"    // the report lists a decision that has none
	Demanded Wanted = "required" // a decision without one is refused, unless it is overridden
	NotAsked Wanted = "no"
)

// AsksReason reports whether whoever decides the step is asked why.
func (s *Step) AsksReason() bool {
	return s.Kind == Decision && (s.Reason == Asked || s.Reason == Demanded)
}

// A Step is one thing to do in a phase.
type Step struct {
	ID        string
	Kind      Kind
	Title     string // a template
	Each      Each
	Service   string // the id of the service it acts on; "" with Each, or if none
	Notice    string // the id of the notice it sends
	Contact   string // the id of the contact to call
	Role      string // the id of the role that does it
	Expect    Span   // how long it should take; zero if not said
	Needs     []string
	When      string // see the package comment; "" always
	Text      string // Markdown, a template
	Checklist []string
	Command   string // one shell command, a template
	DoneWhen  string // a template
	Evidence  bool   // done asks for a file or a note
	TwoPerson bool   // another person must confirm
	Reason    Wanted // whether a decision asks for its reason
	Required  bool   // true if not said
	Options   []Option
	Ask       []Ask
}

// An Option is one answer of a decision.
type Option struct {
	ID     string
	Title  string
	State  string   // the state it gives the step's service; "" leaves it
	Claims []string // SERVICE=STATE, as a notice's: what is so if this is the answer
}
