package state

import (
	"fmt"
	"slices"
	"strings"

	"muster/state/sorted"
)

// KindLogMerged is the kind of [LogMerged].
const KindLogMerged Kind = "log.merged"

// LogMerged records that the entries of a branch were taken over. They stand before it and
// count from it on. The branch's own lines lie beside the log as evidence.
type LogMerged struct {
	Source  string `json:"source" part:"names"`  // where the branch lay
	File    Hash   `json:"file" part:"evidence"` // of the branch's lines
	Head    Hash   `json:"head"`                 // of the branch
	Knew    []Hash `json:"knew,omitempty"`       // the last entries of the branch, as they were recorded first, if its head was taken over itself
	Entries uint64 `json:"entries"`              // how many it has
	Common  uint64 `json:"common" entry:"of"`    // the last entry that both begin with
	Taken   int    `json:"taken"`                // how many were taken over; the others were there
}

// Kind is KindLogMerged.
func (*LogMerged) Kind() Kind { return KindLogMerged }

// MergeLog makes log.merged. The entries that it tells of stand in the log, or are about to.
type MergeLog LogMerged

func (MergeLog) kind() Kind { return KindLogMerged }

func (c MergeLog) decide(d *decision) Data {
	d.need("source", "where the branch lies", c.Source, MaxSource)
	switch {
	case c.Head.IsZero() || c.File.IsZero() || c.Entries == 0:
		return d.refuse(Refusal{Reason: Missing, Text: "The branch's head is missing."})
	case c.Common > d.inc.Head.Seq || c.Common == 0 || c.Common > c.Entries:
		return d.refuse(Refusal{Reason: Invalid, Text: fmt.Sprintf("Entry %d is none that both logs begin with.", c.Common)})
	}
	data := LogMerged(c)
	return &data
}

func (*LogMerged) effect(inc *Incident, e *Entry) {
	inc.Merges = append(slices.Clip(inc.Merges), e.Seq)
}

// LastOf are the last entries of the branch, by the hash under which they were recorded first.
func (data *LogMerged) LastOf() []Hash { return append([]Hash{data.Head}, data.Knew...) }

func (data *LogMerged) describe(inc *Incident, e Entry) string {
	taken, n := fmt.Sprintf("%d entries", data.Taken), 0
	if data.Taken == 1 {
		taken = "one entry"
	}
	text := fmt.Sprintf("merged %s: %s taken over", data.Source, taken)
	for i := range inc.Two {
		if inc.Two[i].Merged == e.Seq {
			n++
		}
	}
	if n == 1 {
		text += ", one contradiction"
	} else if n > 1 {
		text += fmt.Sprintf(", %d contradictions", n)
	}
	return text
}

// Contradicting lists what has several answers that nobody has settled. What was retracted
// is no answer any more.
func Contradicting(inc *Incident) []TwoAnswers {
	var open []TwoAnswers
	for _, two := range inc.Two {
		if two.Settled != 0 {
			continue
		}
		two.Entries = sorted.Without(slices.Clone(two.Entries), func(seq uint64) bool { return inc.RetractedBy(seq) != 0 })
		if len(two.Entries) > 1 {
			open = append(open, two)
		}
	}
	return open
}

// NameOfContradiction is how people call what has two answers, by its ID.
func NameOfContradiction(inc *Incident, id string) string {
	for _, two := range inc.Two {
		if two.ID() == id {
			return two.Name(inc)
		}
	}
	return id
}

// openAnswers lists what has several answers, as things that are open.
func openAnswers(inc *Incident) (items []OpenItem) {
	for _, two := range Contradicting(inc) {
		items = append(items, OpenItem{What: "contradiction", ID: two.ID(), State: "two answers: " + entryList(two.Entries)})
	}
	return items
}

// entryList names entries.
func entryList(entries []uint64) string {
	words := make([]string, len(entries))
	for i, seq := range entries {
		words[i] = fmt.Sprint(seq)
	}
	return "entries " + strings.Join(words, " and ")
}

// Name is how people call what has two answers.
func (t TwoAnswers) Name(inc *Incident) string {
	switch t.What {
	case OfService:
		return serviceTitle(inc, t.Of)
	case OfRole:
		if role := inc.Role(t.Of); role != nil {
			return role.Def.Title
		}
	case OfClock:
		return clockTitle(inc, t.Of)
	case OfNotice:
		return noticeTitle(inc, t.Of)
	case OfAmendment:
		return "entry " + t.Of
	case OfClosing:
		return "the end"
	}
	return stepName(inc, t.Of)
}
