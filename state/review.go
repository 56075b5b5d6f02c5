package state

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// maxFactors is how many things may have contributed.
const maxFactors = 20

// KindCauseStated is the kind of [CauseStated].
const KindCauseStated Kind = "cause.stated"

// CauseStated says why the incident happened. The last one counts.
type CauseStated struct {
	Text    string   `json:"text" part:"notes" text:"amend"`
	Factors []string `json:"factors,omitempty" part:"notes"`
}

// Kind is KindCauseStated.
func (*CauseStated) Kind() Kind { return KindCauseStated }

// StateCause makes cause.stated.
type StateCause struct {
	Text    string
	Factors []string // what contributed
}

func (StateCause) kind() Kind { return KindCauseStated }

func (c StateCause) decide(d *decision) Data {
	d.need("text", "the root cause", c.Text, MaxText)
	for _, factor := range c.Factors {
		d.need("factors", "what contributed", factor, MaxText)
	}
	if len(c.Factors) > maxFactors {
		return d.refuse(Refusal{Reason: Invalid, Field: "factors", Text: fmt.Sprintf("At most %d things are listed that contributed.", maxFactors)})
	}
	return &CauseStated{Text: c.Text, Factors: c.Factors}
}

func (data *CauseStated) effect(inc *Incident, e *Entry) {
	inc.Review.Cause = &Cause{Text: data.Text, Factors: data.Factors, By: e.By.Name, When: e.When(), Seq: e.Seq}
}

func (data *CauseStated) describe(*Incident, Entry) string {
	text := "root cause" + said(data.Text)
	if len(data.Factors) > 0 {
		text += "; contributed: " + strings.Join(data.Factors, "; ")
	}
	return text
}

// KindActionPlanned is the kind of [ActionPlanned].
const KindActionPlanned Kind = "action.planned"

// ActionPlanned says what is to be done after the incident, by whom and by when.
type ActionPlanned struct {
	What  string `json:"what" part:"notes" text:"amend"`
	Owner string `json:"owner" part:"names"`
	Due   string `json:"due,omitempty"` // a date: 2026-12-24
}

// Kind is KindActionPlanned.
func (*ActionPlanned) Kind() Kind { return KindActionPlanned }

// PlanAction makes action.planned.
type PlanAction struct{ What, Owner, Due string }

func (PlanAction) kind() Kind { return KindActionPlanned }

func (c PlanAction) decide(d *decision) Data {
	d.need("what", "what is to be done", c.What, MaxText)
	d.text("owner", "the owner", c.Owner, MaxTitle)
	if _, err := time.Parse(time.DateOnly, c.Due); c.Due != "" && err != nil {
		return d.refuse(Refusal{Reason: Invalid, Field: "due", Text: fmt.Sprintf("%q is no date.", c.Due), Hint: "Write it as 2026-12-24."})
	}
	return &ActionPlanned{What: c.What, Owner: KnownAs(d.inc, c.Owner), Due: c.Due}
}

func (data *ActionPlanned) effect(inc *Incident, e *Entry) {
	action := ReviewAction{What: data.What, Owner: data.Owner, Due: data.Due, By: e.By.Name, When: e.When(), Seq: e.Seq}
	inc.Review.Actions = append(slices.Clip(inc.Review.Actions), action)
}

func (data *ActionPlanned) describe(*Incident, Entry) string {
	text := "action planned"
	if data.Owner != "" {
		text += " for " + data.Owner
	}
	if data.Due != "" {
		text += ", by " + data.Due
	}
	return text + said(data.What)
}

// KindActionDone is the kind of [ActionDone].
const KindActionDone Kind = "action.done"

// ActionDone records that what was planned is done.
type ActionDone struct {
	Action uint64 `json:"action"` // the entry that planned it
	Note   string `json:"note,omitempty" part:"notes" text:"amend"`
}

// Kind is KindActionDone.
func (*ActionDone) Kind() Kind { return KindActionDone }

// FinishAction makes action.done.
type FinishAction struct {
	Action uint64 // the entry that planned it
	Note   string
}

func (FinishAction) kind() Kind { return KindActionDone }

func (c FinishAction) decide(d *decision) Data {
	d.text("note", "the note", c.Note, MaxText)
	switch at := plannedAt(d.inc, c.Action); {
	case at < 0:
		return d.refuse(Refusal{Reason: NotFound, Field: "action", Text: fmt.Sprintf("Entry %d plans no action that counts.", c.Action)})
	case !d.inc.Review.Actions[at].Done.IsZero():
		a := &d.inc.Review.Actions[at]
		return d.refuse(Refusal{Reason: AlreadySo, Field: "action", Text: fmt.Sprintf("That was done already, %s says so, at %s.", a.DoneBy, d.clock(a.Done))})
	}
	return &ActionDone{Action: c.Action, Note: c.Note}
}

// plannedAt is the index of the action that an entry planned; -1 if it planned none.
func plannedAt(inc *Incident, seq uint64) int {
	return slices.IndexFunc(inc.Review.Actions, func(a ReviewAction) bool { return a.Seq == seq })
}

func (data *ActionDone) effect(inc *Incident, e *Entry) {
	at := plannedAt(inc, data.Action)
	if at < 0 {
		inc.Unresolved++
		return
	}
	inc.Review.Actions = slices.Clone(inc.Review.Actions)
	a := &inc.Review.Actions[at]
	a.Done, a.DoneBy, a.Note = e.When(), e.By.Name, data.Note
}

func (data *ActionDone) describe(inc *Incident, _ Entry) string {
	text := fmt.Sprintf("action of entry %d is done", data.Action)
	if at := plannedAt(inc, data.Action); at >= 0 {
		text += said(inc.Review.Actions[at].What)
	}
	return text + said(data.Note)
}

func (data *ActionDone) contradicts(inc *Incident, _ *Entry) string {
	return notThere(inc, data.Action)
}
