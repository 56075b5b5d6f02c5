package view

import (
	"slices"

	"muster/runbooks"
	"muster/state"
)

// A Tally counts steps by where they stand. The counts add up to Total.
type Tally struct {
	Total         int `json:"total"`
	Done          int `json:"done"`
	Unconfirmed   int `json:"unconfirmed" doc:"done by one of two persons"`
	Skipped       int `json:"skipped"`
	Failed        int `json:"failed"`
	NotApplicable int `json:"not_applicable"`
	Blocked       int `json:"blocked"`
	Active        int `json:"active"`
	Todo          int `json:"todo"`
	Waiting       int `json:"waiting" doc:"for other steps, or for an answer"`
	Unseen        int `json:"not_known,omitempty" doc:"where they stand is withheld; each other count, but the total, is then the least that it can be. Left out if there are none"`
}

// A TallyRecord also says what became of those that are to do or wait.
type TallyRecord struct {
	Tally
	Reopened int `json:"reopened" doc:"of those that are to do or wait: were settled before"`
	NeverRun int `json:"never_run" doc:"of those that are to do or wait: nobody ever started or settled them, nor does an entry elsewhere"`
	Met      int `json:"settled_elsewhere" doc:"of those that are to do or wait: an entry elsewhere does what they ask"`
}

// A Phase is a phase of one of the runbooks.
type Phase struct {
	ID     string       `json:"id"`
	Number int          `json:"number"`
	Title  string       `json:"title"`
	Goal   string       `json:"goal,omitempty"`
	Tally  *TallyRecord `json:"tally" null:"which steps it has is withheld"`
}

// stepsLost reports whether it is withheld which steps there are: what was added, or of
// which services there are copies.
func stepsLost(inc *state.Incident) bool {
	return inc.Redacted.Added > 0 || inc.Redacted.Services > 0 && slices.ContainsFunc(inc.Steps, func(s state.Step) bool { return s.Def.Each != runbooks.Once })
}

// tallyOf counts all steps; nil, not known, if it is withheld which there are.
func tallyOf(inc *state.Incident) *Tally {
	t := inc.Tally(-1)
	if t.Total == 0 && inc.Redacted.Runbook || stepsLost(inc) {
		return nil
	}
	return &Tally{
		Total: t.Total, Done: t.Done, Unconfirmed: t.Unconfirmed, Skipped: t.Skipped, Failed: t.Failed,
		NotApplicable: t.NotNeeded, Blocked: t.Blocked, Active: t.Active, Todo: t.Todo, Waiting: t.Waiting, Unseen: t.Unseen,
	}
}

// add counts a step.
func (t *TallyRecord) add(s *StepRecord) {
	t.Total++
	switch s.Status {
	case state.Done:
		t.Done++
	case state.Unconfirmed:
		t.Unconfirmed++
	case state.Failed:
		t.Failed++
	case state.Skipped:
		t.Skipped++
	case state.NotNeeded:
		t.NotApplicable++
	case state.Blocked:
		t.Blocked++
	case state.Active:
		t.Active++
	case state.Waiting:
		t.Waiting++
	case state.Unseen:
		t.Unseen++
	default:
		t.Todo++
	}
	if s.NeverRun {
		t.NeverRun++
	}
	if s.Met != nil && s.Met.Settles {
		t.Met++
	}
	if s.Reopened {
		t.Reopened++
	}
}
