package state

import "strings"

// A Noun is a kind of thing that people name.
type Noun string

// The nouns. Those of an incident are found by [Find]; those of a scenario and those
// that no incident has by [FindAmong], by whoever has them; words of which there are
// always the same few by [FindWord].
const (
	NounStep    Noun = "step"
	NounPhase   Noun = "phase"
	NounService Noun = "service"
	NounNotice  Noun = "notice"
	NounClock   Noun = "clock"
	NounContact Noun = "contact"
	NounRole    Noun = "role"
	NounInput   Noun = "input"

	NounObjective Noun = "objective"
	NounInject    Noun = "inject"

	NounIncident     Noun = "incident"
	NounRunbook      Noun = "runbook"
	NounOrganisation Noun = "organisation"
	NounScenario     Noun = "scenario"
	NounChannel      Noun = "channel"

	NounState    Noun = "state"    // of a service
	NounOutcome  Noun = "outcome"  // of a call
	NounSeverity Noun = "severity" // of an incident
	NounFormat   Noun = "format"   // of an export, a report
	NounReport   Noun = "report"   // how much of an incident it tells
	NounAudience Noun = "audience" // of a report
	NounPart     Noun = "part"     // of a log, to be withheld
	NounSchema   Noun = "schema"   // of what is printed with --json
	NounTheme    Noun = "theme"
	NounQuestion Noun = "question" // of a step
	NounAnswer   Noun = "answer"   // to a decision
	NounForm     Noun = "form"     // that somebody demands
	NounField    Noun = "field"    // of a form
	NounChoice   Noun = "choice"   // that a field of a form has
	NounKind     Noun = "kind of entry"
	NounPerson   Noun = "person"
)

// A Named is something that can be named.
type Named struct {
	ID     string
	Number string // as it is shown: 2.3; "" if it has none
	Title  string // "" if it has none, or none to be found by
}

// label is how one of several is told from the others.
func (n Named) label() string {
	switch {
	case n.Number != "" && n.Title != "":
		return n.Number + " " + n.Title
	case n.Title != "" && n.Title != n.ID:
		return n.ID + " (" + n.Title + ")"
	}
	return n.ID
}

// Key is the noun as logs and fields have it: its last word. A running timer is a timer.
func (n Noun) Key() string { return string(n[strings.LastIndexByte(string(n), ' ')+1:]) }

// inIncident says where what an incident has is looked for.
const inIncident = " in this incident"

// where says of what an incident or a scenario has that it is looked for there.
func (n Noun) where() string {
	switch n {
	case NounStep, NounPhase, NounService, NounNotice, NounClock, NounContact, NounRole, NounInput, NounPerson:
		return inIncident
	case NounObjective, NounInject:
		return " in this scenario"
	}
	return ""
}

// plural is the noun for several of a kind.
func (n Noun) plural() string {
	if stem, ok := strings.CutSuffix(string(n), "ty"); ok {
		return stem + "ties"
	}
	switch n {
	case NounKind:
		return "kinds of entry"
	case NounPerson:
		return "people"
	}
	return string(n) + "s"
}
