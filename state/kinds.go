package state

import (
	"time"

	"muster/runbooks"
)

// The kinds of entry that this version writes.
const (
	KindOpened           Kind = "incident.opened"
	KindInputsAnswered   Kind = "incident.answered"
	KindSessionOpened    Kind = "session.opened"
	KindClockStepped     Kind = "clock.step"
	KindRecovered        Kind = "log.recovered"
	KindStepStarted      Kind = "step.started"
	KindStepDone         Kind = "step.done"
	KindStepConfirmed    Kind = "step.confirmed"
	KindStepFailed       Kind = "step.failed"
	KindStepBlocked      Kind = "step.blocked"
	KindStepSkipped      Kind = "step.skipped"
	KindStepReopened     Kind = "step.reopened"
	KindStepAssigned     Kind = "step.assigned"
	KindStepTicked       Kind = "step.ticked"
	KindStepAnswered     Kind = "step.answered"
	KindStepAdded        Kind = "step.added"
	KindNoteAdded        Kind = "note.added"
	KindEvidenceAdded    Kind = "evidence.added"
	KindRoleAssigned     Kind = "role.assigned"
	KindServiceSet       Kind = "service.state"
	KindSeverityChanged  Kind = "severity.changed"
	KindRunbookAttached  Kind = "runbook.attached"
	KindEntryAmended     Kind = "entry.amended"
	KindEntryRetracted   Kind = "entry.retracted"
	KindIncidentClosed   Kind = "incident.closed"
	KindIncidentReopened Kind = "incident.reopened"
)

// A Document is a runbook's text as it lay in its file, kept in the log so that
// the incident never depends on a file that may change.
type Document struct {
	ID     string `json:"id"`                    // the runbook's id
	Source string `json:"source" part:"runbook"` // where it came from: "built in", or a layer and path
	SHA256 Hash   `json:"sha256" part:"runbook"` // of Text
	Text   string `json:"text" part:"runbook"`   // the TOML, verbatim
}

// Opened is the first entry of every log.
type Opened struct {
	ID       string            `json:"id"` // the incident's id
	Title    string            `json:"title" part:"notes"`
	Severity runbooks.Severity `json:"severity"`
	Inputs   map[string]string `json:"inputs,omitempty" part:"notes"`
	Program  string            `json:"program"` // name and version that opened it
	Runbook  Document          `json:"runbook"`
	Scenario *SealedScenario   `json:"scenario,omitempty"` // of a drill that has one
}

// InputsAnswered records answers to the runbooks' inputs, learned after the start.
type InputsAnswered struct {
	Values map[string]string `json:"values" part:"notes"` // by input, with its runbook's prefix
}

// SessionOpened says which machine and clock the entries after it were written by.
type SessionOpened struct {
	Program string `json:"program"`
	Host    string `json:"host" part:"names"`
	Boot    string `json:"boot"`   // the boot's id; "" if the system has none
	Synced  string `json:"synced"` // whether the clock is synchronised: "yes", "no" or "unknown"
	// BootAt is the wall clock's time minus the time since boot, in
	// milliseconds since 1970. It stands still while nobody sets the clock.
	BootAt int64 `json:"boot_at"`
}

// ClockStepped says that the wall clock jumped against the boot clock.
type ClockStepped struct {
	Boot     string `json:"boot"`    // as in SessionOpened
	ByMillis int64  `json:"by_ms"`   // positive: the clock was set forward
	BootAt   int64  `json:"boot_at"` // as in SessionOpened, after the jump
}

// Recovered says that the log's end was mended, and how.
type Recovered struct {
	What   string `json:"what"`                          // "torn tail", "failed write" or "changed file"
	Bytes  int64  `json:"bytes"`                         // how many were cut off, or put aside
	SHA256 Hash   `json:"sha256"`                        // of those bytes
	Kept   string `json:"kept,omitempty"`                // the file in the incident's folder that has them
	Detail string `json:"detail,omitempty" part:"notes"` // the error that made it necessary
}

// A StepRef is the step an entry is about.
type StepRef struct {
	Step string `json:"step"` // its id in the incident: shut-down, shut-down/gisis, malware:isolate
}

// StepStarted records that somebody began a step, or took it up again.
type StepStarted struct {
	StepRef
	Note string `json:"note,omitempty" part:"notes"`
}

// StepDone records that a step is done.
type StepDone struct {
	StepRef
	Note   string            `json:"note,omitempty" part:"notes"`
	Values map[string]string `json:"values,omitempty" part:"notes"` // answers to the step's asks
}

// StepConfirmed records that a second person confirms a step.
type StepConfirmed struct {
	StepRef
	Note string `json:"note,omitempty" part:"notes"`
}

// StepFailed records that a step was tried and did not work.
type StepFailed struct {
	StepRef
	Why string `json:"why" part:"notes"`
}

// StepBlocked records that a step cannot go on, and on what it waits.
type StepBlocked struct {
	StepRef
	On string `json:"on" part:"notes"`
}

// StepSkipped records that a step will not be done. Skipped is not done.
type StepSkipped struct {
	StepRef
	Why string `json:"why" part:"notes"`
}

// StepReopened records that a settled step is to do again.
type StepReopened struct {
	StepRef
	Why string `json:"why" part:"notes"`
}

// StepAssigned records who is to do a step.
type StepAssigned struct {
	StepRef
	To string `json:"to" part:"names"` // a person; "" takes the assignment away
}

// StepTicked records one line of a step's checklist.
type StepTicked struct {
	StepRef
	Item int  `json:"item"` // 1 is the first
	On   bool `json:"on"`
}

// StepAnswered records a decision, or answers to a step's asks.
type StepAnswered struct {
	StepRef
	Option string            `json:"option,omitempty"`              // the decision's; "" for asks
	Values map[string]string `json:"values,omitempty" part:"notes"` // by ask
	Note   string            `json:"note,omitempty" part:"notes"`
}

// StepAdded records a step that no runbook has.
type StepAdded struct {
	StepRef
	Phase    string `json:"phase"` // the id of the phase it ends up last in
	Title    string `json:"title" part:"notes"`
	Text     string `json:"text,omitempty" part:"notes"`
	Role     string `json:"role,omitempty"`
	Required bool   `json:"required"`
}

// NoteAdded records something somebody saw, heard or thinks.
type NoteAdded struct {
	Step string `json:"step,omitempty"`
	Text string `json:"text" part:"notes"`
}

// EvidenceAdded records a file copied beside the log.
type EvidenceAdded struct {
	Step   string `json:"step,omitempty"`
	Name   string `json:"name" part:"evidence"` // the file's base name
	SHA256 Hash   `json:"sha256" part:"evidence"`
	Size   int64  `json:"size" part:"evidence"` // bytes
	Note   string `json:"note,omitempty" part:"notes"`
}

// RoleAssigned records who holds a role from now on.
type RoleAssigned struct {
	Role   string `json:"role"`
	Person string `json:"person" part:"names"` // "" lays the role down
}

// ServiceSet records a service's state set by hand.
type ServiceSet struct {
	Service string       `json:"service"`
	State   ServiceState `json:"state"`
	Why     string       `json:"why" part:"notes"`
}

// SeverityChanged records a new severity.
type SeverityChanged struct {
	Severity runbooks.Severity `json:"severity"`
	Why      string            `json:"why" part:"notes"`
}

// RunbookAttached records that another runbook's steps belong to the incident now.
type RunbookAttached struct {
	Prefix  string   `json:"prefix"` // stands before its ids, with a colon
	Why     string   `json:"why" part:"notes"`
	Runbook Document `json:"runbook"`
}

// EntryAmended corrects the text or the time of an earlier entry.
type EntryAmended struct {
	Seq      uint64     `json:"seq"`
	Text     *string    `json:"text,omitempty" part:"notes"`
	Occurred *time.Time `json:"occurred,omitempty"`
	Why      string     `json:"why" part:"notes"`
}

// EntryRetracted takes back an earlier entry: it stays in the log and no longer
// counts.
type EntryRetracted struct {
	Seq uint64 `json:"seq"`
	Why string `json:"why" part:"notes"`
}

// An OpenItem is something that was not finished when an incident was closed.
type OpenItem struct {
	What  string `json:"what"` // step, confirmation, service, clock, notice, timer, role
	ID    string `json:"id"`
	State string `json:"state"`
}

// IncidentClosed records the end of an incident, and what was left open.
type IncidentClosed struct {
	Summary string     `json:"summary" part:"notes"`
	Open    []OpenItem `json:"open,omitempty"`
	More    int        `json:"more,omitempty"` // open items beyond those listed
}

// IncidentReopened records that a closed incident goes on.
type IncidentReopened struct {
	Why string `json:"why" part:"notes"`
}

// Kind methods name each type's kind.

func (*Opened) Kind() Kind           { return KindOpened }
func (*InputsAnswered) Kind() Kind   { return KindInputsAnswered }
func (*SessionOpened) Kind() Kind    { return KindSessionOpened }
func (*ClockStepped) Kind() Kind     { return KindClockStepped }
func (*Recovered) Kind() Kind        { return KindRecovered }
func (*StepStarted) Kind() Kind      { return KindStepStarted }
func (*StepDone) Kind() Kind         { return KindStepDone }
func (*StepConfirmed) Kind() Kind    { return KindStepConfirmed }
func (*StepFailed) Kind() Kind       { return KindStepFailed }
func (*StepBlocked) Kind() Kind      { return KindStepBlocked }
func (*StepSkipped) Kind() Kind      { return KindStepSkipped }
func (*StepReopened) Kind() Kind     { return KindStepReopened }
func (*StepAssigned) Kind() Kind     { return KindStepAssigned }
func (*StepTicked) Kind() Kind       { return KindStepTicked }
func (*StepAnswered) Kind() Kind     { return KindStepAnswered }
func (*StepAdded) Kind() Kind        { return KindStepAdded }
func (*NoteAdded) Kind() Kind        { return KindNoteAdded }
func (*EvidenceAdded) Kind() Kind    { return KindEvidenceAdded }
func (*RoleAssigned) Kind() Kind     { return KindRoleAssigned }
func (*ServiceSet) Kind() Kind       { return KindServiceSet }
func (*SeverityChanged) Kind() Kind  { return KindSeverityChanged }
func (*RunbookAttached) Kind() Kind  { return KindRunbookAttached }
func (*EntryAmended) Kind() Kind     { return KindEntryAmended }
func (*EntryRetracted) Kind() Kind   { return KindEntryRetracted }
func (*IncidentClosed) Kind() Kind   { return KindIncidentClosed }
func (*IncidentReopened) Kind() Kind { return KindIncidentReopened }
