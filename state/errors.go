package state

import "errors"

// Errors of stores and logs. Callers compare with errors.Is.
var (
	// ErrConflict: the log has grown since it was read. Nothing was written;
	// load what is new and decide again.
	ErrConflict = errors.New("the log has moved on")
	// ErrExists: there is an incident of this id already.
	ErrExists = errors.New("the incident exists already")
	// ErrNotFound: there is no incident of this id.
	ErrNotFound = errors.New("no such incident")
	// ErrNoFile: there is no such evidence beside the log.
	ErrNoFile = errors.New("no such file beside the log")
	// ErrNotSaved: the write or its fsync failed. The entry may not be taken as
	// recorded, and this log takes no more entries until it is rescued.
	ErrNotSaved = errors.New("not saved")
	// ErrChanged: what was read from the log is not there any more: something else
	// has changed, replaced or removed its file while it was open. What is in memory
	// may be the only whole copy; it can be rescued. It is ErrNotSaved too.
	ErrChanged = errors.New("the log was changed by something else")
	// ErrUnreachable: nobody may, or can, look at the log's place any more. What is there
	// is not known. It comes as ErrChanged.
	ErrUnreachable = errors.New("the log's file cannot be reached any more")
	// ErrReadOnly: the log can be read but not written.
	ErrReadOnly = errors.New("the log is read-only")
)

// The reasons.
const (
	NotFound      Reason = "not-found"      // no such step, service, role, entry …
	Invalid       Reason = "invalid"        // a value that cannot be
	Missing       Reason = "missing"        // a value that must be given
	AlreadySo     Reason = "already-so"     // somebody did it before
	Closed        Reason = "closed"         // the incident is closed
	OutOfOrder    Reason = "out-of-order"   // a step it needs is not settled
	NotApplicable Reason = "not-applicable" // its condition does not hold
	Undecided     Reason = "undecided"      // its condition has no answer yet
	Unticked      Reason = "unticked"       // its checklist is not all ticked
	Unanswered    Reason = "unanswered"     // a required ask has no answer
	Unreasoned    Reason = "unreasoned"     // the decision asks for its reason
	NoEvidence    Reason = "no-evidence"    // done asks for a file or a note
	SamePerson    Reason = "same-person"    // another person is asked for
	SameSeat      Reason = "same-terminal"  // another person is asked for, and this one acts at the same terminal
	LooksAlike    Reason = "looks-alike"    // the name looks like another's
	Untrue        Reason = "untrue"         // what has to come before was not so before: a service's state, or awareness
	StillOpen     Reason = "still-open"     // closing with things unfinished
	ForGood       Reason = "for-good"       // this entry can be neither amended nor retracted
	Happened      Reason = "happened"       // it happened outside, and taking the entry back does not undo it
	NotApprover   Reason = "not-approver"   // another role approves this notice
	NotApproved   Reason = "not-approved"   // the notice's text is not approved
	Unverified    Reason = "unverified"     // a notice claims more than is known
	Blank         Reason = "blank"          // a notice's text has blanks
	Unsaid        Reason = "unsaid"         // the step's notice was not sent
	NotHolder     Reason = "not-holder"     // somebody else holds the role
	WrongStatus   Reason = "wrong-status"   // the step is not in a state for this
	NotDrill      Reason = "not-a-drill"    // only a drill has this
	Forbidden     Reason = "forbidden"      // who connects by this key may not
)

// A Refusal is Decide's answer to a command that would be untrue or has no
// meaning. Its text is for a person.
type Refusal struct {
	Reason Reason
	// Field is the command's field that would help, in lower case: why, text, state,
	// person. A form that was refused goes on there. by, occurred and override are the
	// action's. "" if none would.
	Field string
	Text  string // what is wrong, a sentence
	Hint  string // what to do next, a sentence; may be empty
	// Overridable: the same action with an Override goes through, and the
	// override is in the log.
	Overridable bool
	// Also lists further refusals that the same override would cover.
	Also []*Refusal
	Seq  uint64 // the entry that stands in the way; 0 if none does
	Acts []Act  // what would help, in the order in which it is done
}

// All is the refusal and all others that the same override would cover.
func (r *Refusal) All() []*Refusal { return append([]*Refusal{r}, r.Also...) }

// Whole is the text, and the texts of what else the same override would cover.
func (r *Refusal) Whole() string {
	text := r.Text
	for _, also := range r.Also {
		text += " " + also.Text
	}
	return text
}

// Error is the whole text, and the hint.
func (r *Refusal) Error() string {
	text := r.Whole()
	if r.Hint != "" {
		text += " " + r.Hint
	}
	return text
}
