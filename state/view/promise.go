package view

import (
	"time"

	"muster/state"
)

// A Promise is a next update that a statement promised, and what became of it. The next
// statement to the same audience keeps it.
type Promise struct {
	Notice  string     `json:"notice" doc:"which promised it"`
	Title   string     `json:"title"`
	Version int        `json:"version"`
	Sent    uint64     `json:"sent_seq" doc:"the entry that sent it"`
	Made    time.Time  `json:"promised_at"`
	Due     time.Time  `json:"due"`
	Status  Text       `json:"status" null:"what would tell is withheld" doc:"kept, late, due, overdue; never: closed without it, its time up; dropped: closed without it, before its time was up"`
	Kept    *time.Time `json:"given_at,omitempty" doc:"when the next statement was sent; left out if none was"`
	KeptSeq uint64     `json:"given_seq,omitempty" doc:"the entry that sent it"`
	Early   bool       `json:"given_before_its_draft,omitempty" doc:"by the times that people gave, that statement was sent before its text was drafted"`
	Asked   bool       `json:"given_before_its_approval,omitempty" doc:"by the times that people gave, that statement was sent before it was approved"`
	Truth   Text       `json:"given_truth,omitempty" doc:"of that statement: \"not true when sent\", \"not known to be true when sent\", or \"not known\" if what would tell is withheld; left out if all of it was true"`
	Late    *int64     `json:"late_seconds,omitempty" doc:"of one that was given late, that is overdue, or that was never given: by the close"`
}

// PromisesOf are the updates that were promised, as they stand at now; nil, not known, if
// there are none and a runbook is withheld.
func PromisesOf(inc *state.Incident, now time.Time) []Promise {
	var out []Promise
	for _, p := range state.Promises(inc) {
		out = append(out, promiseOf(inc, &p, now))
	}
	return known(out, inc.Redacted.Runbook)
}

func promiseOf(inc *state.Incident, p *state.Promise, now time.Time) Promise {
	standing := p.Standing(inc, now)
	out := Promise{
		Notice: p.Notice, Title: inc.Notice(p.Notice).Title(), Version: p.Version, Sent: p.Sent, Made: p.Made.UTC(), Due: p.Due.UTC(),
		Status: Text(standing.Status), Kept: moment(standing.Kept), KeptSeq: standing.KeptSeq, Truth: Text(standing.Truth),
		Early: standing.Early.Draft, Asked: standing.Early.Approval,
	}
	if standing.Late > 0 {
		out.Late = whole(standing.Late)
	}
	return out
}

// Says says in words what became of the promise; clock writes a time.
func (p *Promise) Says(clock func(time.Time) string) string {
	standing := state.PromiseStanding{Status: state.PromiseStatus(p.Status), Due: p.Due, KeptSeq: p.KeptSeq, Truth: state.ClaimVerdict(p.Truth), Early: state.Early{Draft: p.Early, Approval: p.Asked}}
	if p.Kept != nil {
		standing.Kept = *p.Kept
	}
	if p.Late != nil {
		standing.Late = time.Duration(*p.Late) * time.Second
	}
	return standing.Says(clock)
}
