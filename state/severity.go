package state

import (
	"fmt"
	"slices"

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
	return &SeverityChanged{Severity: c.Severity, Why: c.Why}
}

func (d *decision) severity(severity runbooks.Severity) {
	if !slices.Contains(runbooks.Severities(), severity) {
		noWord(d, NounSeverity, severity, runbooks.Severities())
	}
}

func (data *SeverityChanged) effect(inc *Incident, _ *Entry) { inc.Severity = data.Severity }

func (data *SeverityChanged) describe(*Incident, Entry) string {
	return fmt.Sprintf("severity %s", data.Severity) + said(data.Why)
}
