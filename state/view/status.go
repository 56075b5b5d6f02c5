package view

import (
	"time"

	"muster/state"
)

// A Status is where an incident stands at a moment: what muster status prints.
type Status struct {
	Head
	Tally    *Tally       `json:"tally" null:"which steps there are is withheld" doc:"of all steps"`
	Next     string       `json:"next,omitempty" doc:"the step to do next, by its id"`
	Steps    []Step       `json:"steps" null:"the runbook is withheld" doc:"all but those without copies"`
	Services []Service    `json:"services" null:"the runbook is withheld"`
	Roles    []Role       `json:"roles" null:"the runbook is withheld"`
	Copy     *Copy        `json:"copy,omitempty" doc:"what the log follows; left out if it is no copy"`
	Two      []TwoAnswers `json:"two_answers" doc:"what merged logs say differently, until somebody settles it"`
	Open     []OpenItem   `json:"open_items" null:"the runbook is withheld" doc:"what is not finished"`
	Clocks   []Clock      `json:"clocks" null:"the runbook is withheld"`
	Notices  []Notice     `json:"notices" null:"the runbook is withheld, and no notice was drafted"`
	Promises []Promise    `json:"promised_updates" null:"the runbook is withheld"`
	Pending
	Due []Due `json:"due" doc:"all that has a time and is known not to be over, what is due first at the top"`
}

// StatusOf is where an incident stands at now. inc must hold at least one entry.
func StatusOf(inc *state.Incident, now time.Time) Status {
	s := Status{
		Head: HeadOf(inc), Tally: tallyOf(inc), Steps: StepsOf(inc), Services: ServicesOf(inc), Roles: RolesOf(inc),
		Open: known(openItems(inc, inc.OpenItems(), now), inc.Redacted.Runbook), Clocks: ClocksOf(inc, now), Notices: NoticesOf(inc), Promises: PromisesOf(inc, now), Pending: pendingOf(inc), Due: DueOf(inc, now), Two: TwoAnswersOf(inc, false),
	}
	if next := inc.Next(); next != nil {
		s.Next = next.ID
	}
	return s
}

// A Listed is an incident in a list. Of a log of which nothing can be read, there are
// only the id and the problem.
type Listed struct {
	ID string `json:"id"`
	*Head
	RunbookID Text       `json:"runbook_id,omitempty" doc:"of the first runbook; left out if it is withheld"`
	Steps     *StepCount `json:"steps,omitempty" doc:"left out if it is withheld which there are, or where they stand"`
	Copy      *Copy      `json:"copy,omitempty" doc:"what the log follows; left out if it is no copy"`
	Two       int        `json:"two_answers,omitempty" doc:"how many things have two answers that nobody has settled; left out if none has"`
	Left      int        `json:"may_have_left,omitempty" doc:"how many sendings were begun of which nobody knows what came of them; left out if none"`
	Problem   string     `json:"problem,omitempty" doc:"why its log cannot be read to the end"`
}

// A StepCount says how far an incident is.
type StepCount struct {
	Done  int `json:"done"`
	Total int `json:"total" doc:"as in the tally of muster status"`
	// Applicable is how many of them are not known not to be applicable.
	Applicable int `json:"applicable" doc:"of the total, without those that are not applicable"`
}

// ListedOf is an incident in a list. inc must hold at least one entry.
func ListedOf(inc *state.Incident) Listed {
	gaps := GapsOf(inc)
	head := headOf(inc, gaps)
	out := Listed{ID: string(head.ID), Head: &head, Two: len(state.Contradicting(inc))}
	if len(inc.Books) > 0 && !gaps.First {
		out.RunbookID = Text(inc.Books[0].Doc.ID)
	}
	for i := range inc.Notices {
		out.Left += len(inc.Notices[i].MayHaveLeft())
	}
	if t := tallyOf(inc); t != nil && t.Unseen == 0 {
		out.Steps = &StepCount{t.Done, t.Total, t.Total - t.NotApplicable}
	}
	return out
}
