package state

import (
	"strings"
)

// Redacted is what a copy of a log lacks, as far as a conclusion could rest on it: the
// last of the entries that count and may have said it. All is zero in a log from
// which nothing is withheld.
//
// What may stand in what is missing is not known. It is never taken for empty or for
// not so, nor two names for one or for two.
type Redacted struct {
	Parts     Parts  // withheld from some entry
	All       bool   // some entry is withheld whole; its parts are not in Parts
	Runbook   bool   // the text of a runbook: what is in it is not known
	First     bool   // that of the first one
	Services  uint64 // withheld whole, and may have changed what is known of services
	Sent      uint64 // withheld whole, and may have said something to somebody
	Whole     uint64 // withheld whole, and may hold any answer
	Inputs    uint64 // whose notes may hold answers to inputs
	Asks      uint64 // whose notes may hold answers to what a step asks; see also [Step]
	Steps     uint64 // withheld whole, and may have moved a step
	Added     uint64 // withheld whole, and added a step
	Clocks    uint64 // withheld whole, and may have started or stopped a clock
	Corrected uint64 // withheld whole, and corrects another
	Drafts    uint64 // withheld whole, and may have changed where a notice stands
	Calls     uint64 // withheld whole, and may have reached somebody
	Exercise  uint64 // withheld whole, and may have set the exercise clock
	Injects   uint64 // withheld whole, and may have delivered, held or skipped an inject, or taken that back
	Rated     uint64 // withheld whole, and may have rated an objective, or taken that back
	Ending    uint64 // the last closing or reopening, if it is withheld whole; else 0
}

// String says what is withheld from some of the entries, in plain words: names, notes.
// It is empty if nothing is.
func (l *Redacted) String() string {
	what := l.Parts.Names()
	if l.All {
		what = append(what, "all of some entries")
	}
	return strings.Join(what, ", ")
}

// Plays reports whether what a drill counts may be among what is withheld: its injects
// and ratings.
func (l *Redacted) Plays() bool { return l.Injects|l.Rated != 0 }

// Answers reports whether answers may be among what is withheld.
func (l *Redacted) Answers() bool { return l.Whole|l.Inputs|l.Asks != 0 }
