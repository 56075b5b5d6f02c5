package view

import (
	"time"

	"muster/state"
)

// incidentFormat stands first in an export.
const incidentFormat = "muster-incident"

// An Incident is all of it: what muster export --format json writes.
type Incident struct {
	Format        string `json:"format" doc:"muster-incident"`
	FormatVersion int    `json:"format_version"`
	Program       string `json:"program" doc:"what wrote the export"`
	Head
	Unknown    int     `json:"unknown_entries" doc:"of a kind that the program does not know"`
	Unresolved int     `json:"misplaced_entries" doc:"they name a step, service or role that is not there, or whose runbook is withheld"`
	Damage     *Damage `json:"damage,omitempty" doc:"why the log was not read to its end"`
	// Contradicts is what is wrong in a log of which every line is right.
	Contradicts []Contradiction `json:"contradictions" null:"the entries were not held against each other: there are too many"`
	Merges      []Merge         `json:"merges" doc:"branches that were taken over, in the order of the log"`
	Two         []TwoAnswers    `json:"two_answers" doc:"what merged logs said differently: what nobody has settled first"`
	Zones       []Counted       `json:"zones" doc:"the zones of those who wrote the entries"`
	Opener      Text            `json:"opened_with" null:"the first entry is withheld" doc:"the program that opened the incident"`
	Grades      []Change        `json:"severity_history" doc:"in the order of the log"`
	Titles      []Change        `json:"title_history" doc:"in the order of the log"`
	Last        *time.Time      `json:"last_recorded" null:"there is no such time in the log" doc:"when the last entry was written"`
	Closing     *Closing        `json:"closing,omitempty" doc:"how it ended; left out while it is open"`
	Closings    []Change        `json:"closings" doc:"every time that it was closed, also those that it was reopened after"`
	Reopened    []Change        `json:"reopenings"`
	Duration    *int64          `json:"duration_seconds" null:"detected is" doc:"from detected to closed, or to the last entry"`
	Milestones  []Milestone     `json:"milestones" doc:"those that there were, or that are not known"`
	Lapses      []Lapse         `json:"milestones_lost" null:"what would tell is withheld" doc:"the times during which one was reached, and lost again"`
	Impact      Impact          `json:"impact"`
	Keys        []KeyEvent      `json:"key_events" doc:"some thirty entries that tell what happened: those that people marked, and the weightiest of the others, in the order of the log"`
	Runbooks    []Book          `json:"runbooks" doc:"the first is the one it was opened with"`
	Roles       []RoleRecord    `json:"roles" null:"the runbook is withheld" doc:"in the runbooks' order"`
	People      []Person        `json:"people" doc:"who made entries, by name; not those whose names are withheld"`
	Unnamed     *Unnamed        `json:"unnamed,omitempty" doc:"the entries of those; left out if there are none"`
	Tally       *TallyRecord    `json:"tally" null:"which steps there are is withheld" doc:"of the steps of all runbooks that can be read"`
	Phases      []Phase         `json:"phases" null:"the runbook is withheld"`
	Steps       []StepRecord    `json:"steps" null:"the runbook is withheld" doc:"all of them, those never run too"`
	Answers     []Answer        `json:"answers" null:"the runbook is withheld" doc:"inputs, decisions and asks, the unanswered too"`
	Services    []ServiceRecord `json:"services" null:"the runbook is withheld"`
	Checks      []Check         `json:"checks" doc:"looks at services from outside, in the order of the log"`
	Notices     []NoticeRecord  `json:"notices" null:"the runbook is withheld, and no notice was drafted" doc:"in the runbooks' order, then those that no runbook has"`
	Promises    []Promise       `json:"promised_updates" null:"the runbook is withheld" doc:"by when they were promised, as they stood at the last entry"`
	Clocks      []Clock         `json:"clocks" null:"the runbook is withheld" doc:"as they stood at the last entry"`
	Contacts    []Contact       `json:"contacts" null:"the runbook is withheld, and no other contact was called" doc:"in the runbooks' order"`
	Calls       []Call          `json:"unnamed_calls" doc:"to contacts whose names are withheld: one, or several"`
	Lists
	Evidence []Evidence   `json:"evidence" doc:"in the order of the log"`
	Fixes    []Correction `json:"corrections" doc:"amendments and retractions"`
	Over     []Override   `json:"overrides" doc:"in the order of the log"`
	Open     []OpenItem   `json:"open_items" null:"the runbook is withheld" doc:"what is not finished now, as far as the runbooks can be read"`
	Unplaced []Unplaced   `json:"unplaced" doc:"what entries name and no runbook here has, in the order of the log"`
	Timeline []Entry      `json:"timeline,omitempty" doc:"every entry of the log, by seq"`
}

// A Damage says at which line the log could not be read on.
type Damage struct {
	Line  int    `json:"line" doc:"from 1"`
	Seq   uint64 `json:"seq" doc:"the entry that should stand there"`
	What  string `json:"what"`
	Newer bool   `json:"newer,omitempty" doc:"well formed, but of a newer format version"`
}

// A Counted is a value and in how many entries it stands.
type Counted struct {
	Value   string `json:"value"`
	Entries int    `json:"entries"`
}

// A Closing is how the incident ended.
type Closing struct {
	At      time.Time  `json:"at"`
	By      string     `json:"by"`
	Summary string     `json:"summary,omitempty"`
	Open    []OpenItem `json:"open_items" null:"the entry that closes it is withheld" doc:"what was unfinished"`
	More    int        `json:"more_open_items,omitempty" doc:"unfinished things beyond those listed"`
	Why     string     `json:"why,omitempty" doc:"why it was closed all the same"`
	Seq     uint64     `json:"seq"`
}

// An OpenItem is something unfinished.
type OpenItem struct {
	What  string `json:"what" doc:"step, confirmation, service, clock, notice, update, role; or what people set, such as timer"`
	ID    string `json:"id"`
	Name  string `json:"name" doc:"a step's number and title, or the title"`
	State string `json:"state"`

	Due time.Time `json:"-"` // of what people set; else zero
}

// A Book is a runbook of the incident.
type Book struct {
	ID       string      `json:"id"`
	Prefix   string      `json:"prefix,omitempty" doc:"stands before its ids, with a colon; the first has none"`
	Title    Text        `json:"title" null:"its text is withheld"`
	Version  string      `json:"version,omitempty"`
	TLP      Text        `json:"tlp" null:"its text is withheld"`
	Source   string      `json:"source" doc:"where it came from: built in, or a layer and path"`
	SHA256   *state.Hash `json:"sha256" null:"its text is withheld" doc:"of its text, which is in the log"`
	Withheld bool        `json:"withheld,omitempty" doc:"nothing is known of it but its id"`
	Attached uint64      `json:"seq" doc:"the entry that holds its text"`
}

// A Person is somebody who made entries.
type Person struct {
	Name    string   `json:"name"`
	Roles   []string `json:"roles" doc:"that they held at some time, or made entries in, sorted"`
	Via     []string `json:"via" doc:"sorted"`
	Entries int      `json:"entries"`
}

// A Correction is an entry that corrects an earlier one.
type Correction struct {
	Kind        string    `json:"kind" doc:"amended, retracted"`
	Of          uint64    `json:"of" doc:"the entry it corrects"`
	Was         string    `json:"was" doc:"what that entry said as first written"`
	Text        *Words    `json:"text,omitempty" null:"whether the entry has a new text is withheld" doc:"its new text; left out if that stays"`
	Occurred    *Moved    `json:"occurred,omitempty"`
	By          string    `json:"by"`
	At          time.Time `json:"at"`
	Why         string    `json:"why"`
	Seq         uint64    `json:"seq"`
	RetractedBy uint64    `json:"retracted_by,omitempty" doc:"left out if the correction counts"`

	Withheld bool `json:"-"` // whether the entry has a new text is
}

// A Moved is a corrected time.
type Moved struct {
	From time.Time `json:"from" doc:"as first written"`
	To   time.Time `json:"to"`
}

// An Unplaced is a step, service, role, clock or notice that entries name, and that
// is in no runbook that can be read here: because the text of its runbook is
// withheld, or because no muster wrote the log.
type Unplaced struct {
	What string     `json:"what" doc:"step, service, role, clock, notice"`
	ID   string     `json:"id"`
	Last string     `json:"last,omitempty" doc:"what was recorded of it last; left out if that says nothing of its state"`
	At   *time.Time `json:"at,omitempty" doc:"when that occurred"`
	By   string     `json:"by,omitempty" doc:"who recorded it"`
	Seqs []uint64   `json:"entries" doc:"that name it, and were not retracted"`
}
