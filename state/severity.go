package state

import (
	"fmt"
	"slices"
	"time"

	"muster/runbooks"
)

// KindSeverityChanged is the kind of [SeverityChanged].
const KindSeverityChanged Kind = "severity.changed"

// SeverityChanged records a new severity.
type SeverityChanged struct {
	Severity runbooks.Severity `json:"severity"`
	Why      string            `json:"why" part:"notes" text:"amend"`
}

// Kind is KindSeverityChanged.
func (*SeverityChanged) Kind() Kind { return KindSeverityChanged }

// SetSeverity makes severity.changed.
type SetSeverity struct {
	Severity runbooks.Severity
	Why      string
}

func (SetSeverity) kind() Kind { return KindSeverityChanged }

func (c SetSeverity) decide(d *decision) Data {
	d.severity(c.Severity)
	if c.Severity == d.inc.Severity {
		return d.refuse(Refusal{Reason: AlreadySo, Text: fmt.Sprintf("The severity is %s already.", c.Severity)})
	}
	d.need("why", "the reason", c.Why, MaxText)
	notGradedSince(d)
	return &SeverityChanged{Severity: c.Severity, Why: c.Why}
}

// notGradedSince refuses, softly, a severity that is said to be from before the one there is: it
// would undo what was judged later. Times are compared by the minute, as people give them.
func notGradedSince(d *decision) {
	at, last := d.action.Occurred, d.inc.graded
	if at.IsZero() || !at.Before(last.Truncate(time.Minute)) {
		return
	}
	d.refuse(Refusal{Reason: Untrue, Field: "occurred", Overridable: true,
		Text: fmt.Sprintf("The severity is %s since %s, which was after %s.", d.inc.Severity, d.clock(last), d.clock(at)),
		Hint: "Give the time since when it is otherwise; or write down as a note what was so before."})
}

// grade takes a severity as the one there is since an entry's time.
func grade(inc *Incident, severity runbooks.Severity, e *Entry) {
	inc.Severity, inc.graded = severity, e.When()
}

func (d *decision) severity(severity runbooks.Severity) {
	if !slices.Contains(runbooks.Severities(), severity) {
		noWord(d, NounSeverity, severity, runbooks.Severities())
	}
}

func (data *SeverityChanged) effect(inc *Incident, e *Entry) { grade(inc, data.Severity, e) }

func (data *SeverityChanged) describe(*Incident, Entry) string {
	return fmt.Sprintf("severity %s", data.Severity) + said(data.Why)
}
