package view

import (
	"fmt"
	"strings"

	"muster/state"
)

// A PartCount says from how many entries a part is withheld.
type PartCount struct {
	Part    string `json:"part" doc:"names, notes, evidence or runbook"`
	Entries int    `json:"entries" doc:"that lack it, and are not withheld whole"`
}

// Unnamed are the entries of which it is withheld who made them: one person, or
// several.
type Unnamed struct {
	Roles   []string `json:"roles" doc:"in which they were made, sorted"`
	Via     []string `json:"via" doc:"sorted"`
	Entries int      `json:"entries"`
}

// Gaps are what a copy of a log lacks.
type Gaps struct {
	state.Redacted
	Entries int // without any content
	Partly  int // entries without some parts
	Counts  []PartCount
	End     *state.Entry      // the last closing or reopening, if it is withheld whole; else nil
	Amended map[uint64]uint64 // entry → the last amendment whose text is withheld
}

// GapsOf finds what the copy of the log lacks that the incident was computed from.
func GapsOf(inc *state.Incident) *Gaps {
	g := &Gaps{Redacted: inc.Redacted, Amended: make(map[uint64]uint64)}
	var count [8]int
	for i := range inc.Log {
		e := &inc.Log[i]
		switch {
		case e.Data == nil:
			g.Entries++
			continue
		case e.Withheld != 0:
			g.Partly++
		}
		for _, part := range withholdable {
			if e.Withheld.Has(part) {
				count[part]++
			}
		}
		if data, ok := e.Data.(*state.EntryAmended); ok && e.Withheld.Has(state.Notes) && inc.RetractedBy(e.Seq) == 0 {
			g.Amended[data.Seq] = e.Seq
		}
	}
	for _, part := range withholdable {
		if count[part] > 0 {
			g.Counts = append(g.Counts, PartCount{part.String(), count[part]})
		}
	}
	if g.Ending > 0 {
		g.End = &inc.Log[g.Ending-1]
	}
	return g
}

// withholdable are the parts that can be withheld one by one.
var withholdable = [...]state.Part{state.Names, state.Notes, state.Evidence, state.Procedure}

// Any reports whether anything is withheld.
func (g *Gaps) Any() bool { return g.Entries+g.Partly > 0 }

// String says what is withheld, from how many entries: names (55 entries), notes (1
// entry). It is plain text, of constants and numbers.
func (g *Gaps) String() string {
	var list []string
	for _, p := range g.Counts {
		list = append(list, fmt.Sprintf("%s (%s)", p.Part, entries(p.Entries)))
	}
	if g.Entries > 0 {
		list = append(list, fmt.Sprintf("everything (%s)", entries(g.Entries)))
	}
	return strings.Join(list, ", ")
}

// Correction says what it means that a correction is withheld whole; "" if none is.
func (g *Gaps) Correction() string {
	if g.Corrected == 0 {
		return ""
	}
	return fmt.Sprintf("Entry %d, which is withheld, corrects another: what stands here of an entry before it may not count, or not so.", g.Corrected)
}

// entries counts entries in words.
func entries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}

// Closed reports whether the last word is that the incident was closed, in an entry
// that is withheld whole.
func (g *Gaps) Closed() bool { return g.End != nil && g.End.Kind == state.KindIncidentClosed }

// lacking reports whether a part of entry seq is withheld.
func lacking(inc *state.Incident, seq uint64, part state.Part) bool {
	return seq >= 1 && seq <= uint64(len(inc.Log)) && inc.Log[seq-1].Withheld.Has(part)
}
