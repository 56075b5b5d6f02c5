package state

// A Deed is something that a person can do when something was refused. The core says which
// would help; by which key or command it is done is the surface's to say, in one table.
type Deed string

// The deeds.
const (
	DeedApprove     Deed = "approve"         // a notice's last text
	DeedDraft       Deed = "draft"           // a notice anew
	DeedSend        Deed = "send"            // a notice
	DeedNotice      Deed = "draft or send"   // a notice, whichever
	DeedSettle      Deed = "settle"          // say what came of a notice that may have left
	DeedInput       Deed = "input"           // answer what the runbook asks at the start
	DeedTakeRole    Deed = "take role"       // oneself
	DeedTick        Deed = "tick"            // a step's checklist
	DeedAnswer      Deed = "answer"          // what a step asks
	DeedAttach      Deed = "attach evidence" // to a step
	DeedSetService  Deed = "set service"     // to a state
	DeedReopen      Deed = "reopen"          // the incident
	DeedAmend       Deed = "amend"           // an entry
	DeedRetime      Deed = "retime"          // an entry: when it happened
	DeedRetract     Deed = "retract"         // an entry
	DeedIssueSitrep Deed = "issue sitrep"
	DeedStartLaw    Deed = "start law" // the clock of a law that no runbook names
	DeedDrill       Deed = "start drill"
	DeedTitle       Deed = "title"   // what the incident is called
	DeedCall        Deed = "call"    // a contact
	DeedWitness     Deed = "witness" // tell somebody the head
	DeedSign        Deed = "sign"    // the head
	DeedStamp       Deed = "stamp"   // have an authority stamp the head
	DeedLint        Deed = "lint"    // a runbook's file
	DeedHold        Deed = "hold"    // say which of two answers holds
	DeedReopenStep  Deed = "reopen step"
	DeedConfirm     Deed = "confirm" // a step, as another person
	DeedDo          Deed = "done"    // a step
	DeedSkip        Deed = "skip"    // a step
	DeedStartClock  Deed = "start clock"
	DeedVerify      Deed = "verify service" // looked at from outside
	DeedAddWay      Deed = "add way"        // to reach a contact
	DeedStartPlay   Deed = "start exercise clock"
	DeedResumePlay  Deed = "resume exercise clock"
	DeedByHand      Deed = "by hand" // send a notice oneself, and record it
	DeedDeliver     Deed = "deliver inject"
	DeedRepeat      Deed = "repeat inject"
)

// An Act is a deed, and of what.
type Act struct {
	Deed Deed
	Of   string // the id of a notice, role or input, or the number of a step; "" if of none
	Ask  string // the id of what the step asks; "" if any
	Seq  uint64 // the entry; 0 if of none
}
