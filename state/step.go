package state

import (
	"fmt"
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

// A StepRef is the step an entry is about.
type StepRef struct {
	Step string `json:"step"` // its id in the incident: shut-down, shut-down/gisis, malware:isolate
}

func (r StepRef) step() string { return r.Step }

// Name is a step's number and title, raw: "2.3 Shut down GISIS".
func (s *Step) Name() string { return s.Number + " " + s.Title }

func (s *Step) settle(status Status, e *Entry) {
	s.Status, s.By, s.Ended = status, e.By.Name, e.When()
}

// stepName is a step's number and title; its id if it is not there any more.
func stepName(inc *Incident, id string) string {
	if s := inc.Step(id); s != nil {
		return s.Name()
	}
	return id
}

// Step is the step of this id; nil if there is none. It may be read, not changed.
func (inc *Incident) Step(id string) *Step {
	if i, ok := inc.stepAt[id]; ok {
		return &inc.Steps[i]
	}
	return nil
}

// copiesFrom lists the indexes of the steps that were made from the template id.
func copiesFrom(inc *Incident, id string) []int {
	if list := inc.roots[id]; len(list) > 0 {
		return list
	}
	if i, ok := inc.stepAt[id]; ok {
		return []int{i}
	}
	return nil
}

// FindStep is the step that a person means; see [FindAmong]. The error is a *Refusal.
func (inc *Incident) FindStep(ref string) (*Step, error) {
	if s := inc.Step(ref); s != nil { // a step of many has names that are no id of its own
		return s, nil
	}
	id, err := Find(inc, NounStep, ref)
	if err != nil {
		return nil, err
	}
	return inc.Step(id), nil
}

// StepOf is the id of the step an entry is about; "" if it is about none.
func (inc *Incident) StepOf(e Entry) string {
	switch data := e.Data.(type) {
	case *NoteAdded:
		return data.Step
	case *EvidenceAdded:
		return data.Step
	case interface{ step() string }:
		return data.step()
	}
	return ""
}

// about is the step an entry names; nil if it names none.
func (inc *Incident) about(e *Entry, id string) *Step {
	if id == "" {
		return nil
	}
	s := inc.Step(id)
	if s == nil {
		inc.Foreign++
		return nil
	}
	s.Last = e.Seq
	if e.Override != nil {
		s.Overrides = append(s.Overrides, e.Seq)
	}
	return s
}

// find is the step a command names, ready to be acted on; nil if it was refused.
func (d *decision) find(id string) *Step {
	s := d.inc.Step(id)
	switch {
	case s == nil:
		d.none(NounStep, id)
		return nil
	case s.Empty:
		d.refuse(Refusal{Reason: NotApplicable, Text: fmt.Sprintf("%s is done once for each affected service, and none is affected so far.", s.Name()),
			Hint: "Set a service to affected first."})
		return nil
	}
	return s
}

// settled refuses if the step is settled already, and says by whom and when.
func (d *decision) settled(s *Step, except ...Status) bool {
	for _, status := range except {
		if s.Status == status {
			return false
		}
	}
	switch s.Status {
	case Done, Unconfirmed, Skipped, Failed:
	default:
		return false
	}
	reason := AlreadySo
	word := map[Status]string{Done: "done", Unconfirmed: "done", Skipped: "skipped", Failed: "recorded as failed"}[s.Status]
	hint := "Reopen it to do it again."
	if s.Status == Unconfirmed {
		hint = "It waits for another person to confirm it."
	}
	d.refuse(Refusal{Reason: reason, Seq: s.Last, Hint: hint,
		Text: fmt.Sprintf("%s was %s by %s at %s.", s.Name(), word, s.By, d.clock(s.Ended))})
	return true
}

// ready refuses, softly, a step whose turn has not come.
func (d *decision) ready(s *Step) {
	if s.Status != Todo {
		return
	}
	verdict, clause := s.holds(d.inc)
	switch verdict {
	case fails:
		d.refuse(Refusal{Reason: NotApplicable, Overridable: true, Text: fmt.Sprintf("%s is %s.", s.Name(), s.failing(d.inc, clause))})
	case open:
		d.refuse(Refusal{Reason: Undecided, Overridable: true, Text: fmt.Sprintf("%s %s.", s.Name(), s.undecided(d.inc, clause))})
	}
	for _, need := range s.unmet(d.inc) {
		d.refuse(Refusal{Reason: OutOfOrder, Overridable: true, Text: fmt.Sprintf("%s should come before: it is %s.", need.Name(), d.inc.Status(need))})
	}
}

// The verdicts on a condition.
const (
	fails = runbooks.Fails
	open  = runbooks.Unknown
)
