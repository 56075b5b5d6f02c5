package view

import (
	"time"

	"muster/state"
)

// A Change is one value over time: a severity, a role's holder, a service's state.
type Change struct {
	To  string    `json:"to" doc:"of a role, the person; \"\" lays it down"`
	At  time.Time `json:"at" doc:"when it happened"`
	By  string    `json:"by"`
	Why string    `json:"why,omitempty"`
	Seq uint64    `json:"seq"`
}

// An Evidence is a file kept beside the log.
type Evidence struct {
	Name        string      `json:"name"`
	SHA256      *state.Hash `json:"sha256" null:"it is withheld"`
	Size        *int64      `json:"bytes" null:"it is withheld"`
	Note        string      `json:"note,omitempty"`
	Step        string      `json:"step,omitempty"`
	By          string      `json:"by"`
	At          time.Time   `json:"at"`
	Seq         uint64      `json:"seq"`
	RetractedBy uint64      `json:"retracted_by,omitempty" doc:"left out if it counts"`
}

// An Override is a refusal that somebody went past, and why.
type Override struct {
	Of          []state.Reason `json:"of"`
	Why         string         `json:"why"`
	Stood       []string       `json:"stood,omitempty" doc:"of a statement that was sent: what it said and was not known to be so"`
	What        string         `json:"what" doc:"the entry that was made"`
	Step        string         `json:"step,omitempty"`
	By          string         `json:"by"`
	At          time.Time      `json:"at"`
	Seq         uint64         `json:"seq"`
	RetractedBy uint64         `json:"retracted_by,omitempty" doc:"left out if it counts"`
}
