package view

import (
	"time"

	"muster/state"
)

// A Review is what people found when they looked back at an incident: what the report for
// a wiki and that of a drill have in common.
type Review struct {
	Good    []AARNote      `json:"went_well"`
	Bad     []AARNote      `json:"did_not_go_well"`
	Cause   *RootCause     `json:"root_cause,omitempty" doc:"the last that was stated; left out if none was"`
	Actions []ReviewAction `json:"actions" doc:"in the order in which they were planned"`
	Hidden  bool           `json:"not_known,omitempty" doc:"entries of a review are withheld whole: there may be more"`
}

// A RootCause is why it happened, by the word of who reviewed it.
type RootCause struct {
	Text    string    `json:"text"`
	Factors []string  `json:"factors" null:"they are withheld" doc:"what contributed"`
	By      string    `json:"by"`
	At      time.Time `json:"at"`
	Seq     uint64    `json:"seq"`
}

// A ReviewAction is something that is to be done after the incident.
type ReviewAction struct {
	Number int        `json:"number" doc:"by which it is named"`
	What   string     `json:"what"`
	Owner  string     `json:"owner,omitempty" doc:"left out if nobody is named"`
	Due    string     `json:"due,omitempty" doc:"a date; left out if none was said"`
	By     string     `json:"by" doc:"who recorded it"`
	At     time.Time  `json:"at"`
	Seq    uint64     `json:"seq"`
	Done   *time.Time `json:"done,omitempty" doc:"left out while it is not"`
	DoneBy string     `json:"done_by,omitempty"`
	Note   string     `json:"note,omitempty" doc:"what came of it"`
}

// Reviewed is a review, and of which incident: what muster review prints.
type Reviewed struct {
	Head
	Review Review `json:"review"`
}

// ReviewedOf is the review of an incident, which must hold at least one entry.
func ReviewedOf(inc *state.Incident) Reviewed { return Reviewed{HeadOf(inc), ReviewOf(inc)} }

// ReviewOf is what was found in an incident.
func ReviewOf(inc *state.Incident) Review {
	r := Review{Actions: []ReviewAction{}}
	r.Good, r.Bad = observed(inc)
	if c := inc.Review.Cause; c != nil {
		r.Cause = &RootCause{Text: c.Text, Factors: list(c.Factors), By: c.By, At: c.When.UTC(), Seq: c.Seq}
		if lacking(inc, c.Seq, state.Notes) {
			r.Cause.Factors = nil
		}
	}
	for i, a := range inc.Review.Actions {
		r.Actions = append(r.Actions, ReviewAction{Number: i + 1, What: a.What, Owner: a.Owner, Due: a.Due, By: a.By, At: a.When.UTC(), Seq: a.Seq, Done: moment(a.Done), DoneBy: a.DoneBy, Note: a.Note})
	}
	for i := range inc.Log {
		switch e := &inc.Log[i]; e.Kind {
		case state.KindObservationAdded, state.KindCauseStated, state.KindActionPlanned, state.KindActionDone:
			r.Hidden = r.Hidden || e.Data == nil
		}
	}
	return r
}

// observed is what went well and what did not, in the order of the log.
func observed(inc *state.Incident) (good, bad []AARNote) {
	good, bad = []AARNote{}, []AARNote{}
	for _, o := range inc.Exercise.Observations {
		note := AARNote{Text: o.Text, Objective: o.Objective, By: o.By, Seq: o.Seq}
		if o.Mark == state.Strength {
			good = append(good, note)
		} else {
			bad = append(bad, note)
		}
	}
	return good, bad
}

// State says where an action stands, in a word or two, on a day: open, done, overdue.
func (a *ReviewAction) State(today time.Time) string {
	switch {
	case a.Done != nil:
		return "done"
	case a.Due != "" && a.Due < today.Format(time.DateOnly):
		return "OVERDUE"
	}
	return "open"
}

// An AARNote is an observation.
type AARNote struct {
	Text      string `json:"text"`
	Objective string `json:"objective,omitempty"`
	By        string `json:"by"`
	Seq       uint64 `json:"seq"`
}
