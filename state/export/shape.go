package export

import (
	"strconv"

	"muster/state"
)

// An Audience is for whom the first page of a report is: it says in which order that tells
// the same facts.
type Audience string

// The audiences. The zero Audience is everybody.
const (
	Board     Audience = "board"
	Regulator Audience = "regulator"
	Team      Audience = "team"
)

// Audiences lists every audience.
func Audiences() []Audience { return []Audience{Board, Regulator, Team} }

// ParseAudience reads an audience's name; see [state.FindWord].
func ParseAudience(name string) (Audience, error) {
	return state.FindWord(state.NounAudience, name, Audiences())
}

// leads say with what the first page begins.
var leads = map[Audience]markdown{
	Board:     "For the board: impact, since when, who was told and what is open come first.",
	Regulator: "For the regulator: the deadlines, awareness, who was notified and what was hit come first.",
	Team:      "For the team: key events, what is open, steps and roles come first.",
}

// A Report is how much of an incident a report tells.
type Report string

// The reports.
const (
	FullReport Report = "full"
	PostMortem Report = "post-mortem"
)

// Reports lists every report.
func Reports() []Report { return []Report{FullReport, PostMortem} }

// ParseReport reads a report's name; see [state.FindWord].
func ParseReport(name string) (Report, error) {
	return state.FindWord(state.NounReport, name, Reports())
}

// Live says of a page that is written anew as the log grows whether it goes on. The zero
// Live is a page that is written once.
type Live string

// What can be of a live page.
const (
	LiveGoesOn Live = "goes on" // it is written anew at every entry
	LiveEnded  Live = "ended"   // whoever wrote it has stopped
	LiveClosed Live = "closed"  // the incident is closed
)

// RefreshSeconds is how often a live page loads itself anew.
const RefreshSeconds = 10

// refresh has a browser load the page anew; nothing where it is not written anew.
func (l Live) refresh() string {
	if l != LiveGoesOn {
		return ""
	}
	return `<meta http-equiv="refresh" content="` + strconv.Itoa(RefreshSeconds) + "\">\n"
}
