package view

import (
	"time"

	"muster/state"
)

// An AsOf says that something is told as of a moment before now.
type AsOf struct {
	At      time.Time `json:"at"`
	How     string    `json:"how" doc:"known: as it was known then; was: as it is now known to have been"`
	Entries int       `json:"entries" doc:"that it rests on: those recorded by then, or those that had happened"`
	Of      uint64    `json:"log_entries" doc:"of the whole log, by which it is told"`
}

// AsOfOf says as of when an incident is looked at; nil for now.
func AsOfOf(inc *state.Incident) *AsOf {
	p := inc.Past
	if p == nil {
		return nil
	}
	out := &AsOf{At: p.At.UTC(), How: "known", Entries: p.Entries, Of: p.Of}
	if p.AsItWas {
		out.How = "was"
	}
	return out
}

// Title says as of when it is told, as clock writes times: AS KNOWN AT 02:41.
func (a *AsOf) Title(clock func(time.Time) string) string { return a.past().Title(clock) }

// String says what stands in it and what does not, a sentence.
func (a *AsOf) String() string { return a.past().String() }

func (a *AsOf) past() *state.Past {
	return &state.Past{At: a.At, AsItWas: a.How == "was", Entries: a.Entries, Of: a.Of}
}

// What a command prints that lists one thing, as of a moment before now.
type (
	// ServicesAsOf are services as of a moment before now.
	ServicesAsOf struct {
		AsOf     AsOf      `json:"as_of"`
		Services []Service `json:"services" null:"the runbook is withheld"`
	}
	// RolesAsOf are roles as of a moment before now.
	RolesAsOf struct {
		AsOf  AsOf   `json:"as_of"`
		Roles []Role `json:"roles" null:"the runbook is withheld"`
	}
	// ClocksAsOf are clocks as of a moment before now.
	ClocksAsOf struct {
		AsOf   AsOf    `json:"as_of"`
		Clocks []Clock `json:"clocks" null:"the runbook is withheld"`
	}
	// NoticesAsOf are notices as of a moment before now.
	NoticesAsOf struct {
		AsOf    AsOf         `json:"as_of"`
		Notices []NoticeText `json:"notices"`
	}
	// ContactsAsOf are contacts as of a moment before now.
	ContactsAsOf struct {
		AsOf     AsOf          `json:"as_of"`
		Contacts []ContactCard `json:"contacts"`
	}
	// EntryAsOf is an entry as of a moment before now.
	EntryAsOf struct {
		AsOf AsOf `json:"as_of"`
		Entry
	}
)
