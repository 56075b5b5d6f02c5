package state

import (
	"time"

	"muster/runbooks"
)

// An Action is a command and how it is meant.
type Action struct {
	Command  Command
	Occurred time.Time // when it happened; zero for now
	Override string    // why refusals that can be overridden do not hold; "" for no override
}

// A Stamp is what the shell adds to an action: who, where and when.
type Stamp struct {
	By       Actor // Role is filled in by Decide
	Recorded time.Time
	Zone     string
	Salts    Salts
}

// A Command is something a person (or muster itself) wants to record. It makes
// exactly one entry.
type Command interface {
	decide(d *decision) Data
}

// The commands. STEP is a step's id in the incident. Each makes the entry whose
// kind stands behind it.
type (
	// OpenIncident makes incident.opened. The action's Occurred is when the
	// incident was detected.
	OpenIncident struct {
		ID       string
		Mode     Mode
		Title    string            // "" for the runbook's
		Severity runbooks.Severity // "" for the runbook's
		Inputs   map[string]string
		Program  string
		Runbook  Document
		Scenario *SealedScenario // of a drill that has one
	}
	AnswerInputs struct { // incident.answered
		Values map[string]string // by input, with its runbook's prefix
	}
	OpenSession SessionOpened // session.opened
	StepClock   ClockStepped  // clock.step
	MendLog     Recovered     // log.recovered

	StartStep struct{ Step, Note string } // step.started; also takes up a blocked step again
	// DoStep makes step.done. Values answers asks of the step at the same time.
	DoStep struct {
		Step, Note string
		Values     map[string]string
	}
	ConfirmStep struct{ Step, Note string } // step.confirmed
	FailStep    struct{ Step, Why string }  // step.failed
	BlockStep   struct{ Step, On string }   // step.blocked
	SkipStep    struct{ Step, Why string }  // step.skipped
	ReopenStep  struct{ Step, Why string }  // step.reopened
	AssignStep  struct{ Step, To string }   // step.assigned
	TickStep    struct {                    // step.ticked
		Step string
		Item int // 1 is the first
		On   bool
	}
	// AnswerStep makes step.answered: Option decides a decision step and
	// settles it; Values answers the asks of any step.
	AnswerStep struct {
		Step, Option string
		Values       map[string]string
		Note         string
	}
	AddStep struct { // step.added
		Phase, ID, Title, Text, Role string // ID "" is made from the title
		Required                     bool
	}

	AddNote     struct{ Step, Text string } // note.added; Step may be ""
	AddEvidence EvidenceAdded               // evidence.added; the file was put beside the log before
	AssignRole  struct{ Role, Person string }
	SetService  struct { // service.state
		Service string
		State   ServiceState
		Why     string
	}
	SetSeverity struct { // severity.changed
		Severity runbooks.Severity
		Why      string
	}
	AttachRunbook struct { // runbook.attached
		Prefix  string // "" for the runbook's id
		Runbook Document
		Why     string
	}
	AmendEntry struct { // entry.amended
		Seq      uint64
		Text     *string    // nil leaves it
		Occurred *time.Time // nil leaves it
		Why      string
	}
	RetractEntry struct { // entry.retracted
		Seq uint64
		Why string
	}
	CloseIncident  struct{ Summary string } // incident.closed
	ReopenIncident struct{ Why string }     // incident.reopened
)
