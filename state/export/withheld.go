package export

import (
	"fmt"
	"strings"

	"muster/state"
)

// A PartCount says from how many entries a part is withheld.
type PartCount struct {
	Part    string `json:"part"`    // names, notes, evidence or runbook
	Entries int    `json:"entries"` // that lack it, and are not withheld whole
}

// Unnamed are the entries of which it is withheld who made them: one person, or
// several.
type Unnamed struct {
	Roles   []string `json:"roles"` // in which they were made, sorted
	Via     []string `json:"via"`   // sorted
	Entries int      `json:"entries"`
}

// gaps are what a copy of a log lacks.
type gaps struct {
	state.Lacks
	whole   int // entries without any content
	partly  int // entries without some parts
	parts   []PartCount
	ending  *state.Entry      // the last closing or reopening, if it is withheld whole; else nil
	amended map[uint64]uint64 // entry → the last amendment whose text is withheld
}

func gapsOf(inc *state.Incident) *gaps {
	g := &gaps{Lacks: inc.Lacks, amended: make(map[uint64]uint64)}
	var count [8]int
	for i := range inc.Log {
		e := &inc.Log[i]
		switch {
		case e.Data == nil:
			g.whole++
			continue
		case e.Withheld != 0:
			g.partly++
		}
		for _, part := range withholdable {
			if e.Withheld.Has(part) {
				count[part]++
			}
		}
		if data, ok := e.Data.(*state.EntryAmended); ok && e.Withheld.Has(state.Notes) && inc.RetractedBy(e.Seq) == 0 {
			g.amended[data.Seq] = e.Seq
		}
	}
	for _, part := range withholdable {
		if count[part] > 0 {
			g.parts = append(g.parts, PartCount{part.String(), count[part]})
		}
	}
	if g.Ending > 0 {
		g.ending = &inc.Log[g.Ending-1]
	}
	return g
}

// withholdable are the parts that can be withheld one by one.
var withholdable = [...]state.Part{state.Names, state.Notes, state.Evidence, state.Procedure}

// any reports whether anything is withheld.
func (g *gaps) any() bool { return g.whole+g.partly > 0 }

// counts is the list of parts for JSON.
func (g *gaps) counts() []PartCount { return append([]PartCount{}, g.parts...) }

// String says what is withheld, from how many entries: names (55 entries), notes (1
// entry). It is plain text, of constants and numbers.
func (g *gaps) String() string {
	var list []string
	for _, p := range g.parts {
		list = append(list, fmt.Sprintf("%s (%s)", p.Part, counted(p.Entries, "entry", "entries")))
	}
	if g.whole > 0 {
		list = append(list, fmt.Sprintf("everything (%s)", counted(g.whole, "entry", "entries")))
	}
	return strings.Join(list, ", ")
}

// warn says at the top of a report what is withheld; nothing if nothing is.
func (p *page) warn(g *gaps) {
	if !g.any() {
		return
	}
	p.para("> **WITHHELD from this copy of the log: ", escaped(g.String()), ".** “(withheld)” stands where something is, or may be, in the log itself: it does not mean that nothing is there, ",
		"and two of them need not be the same. The copy has the head of the whole log, so that what is left can be checked.")
}

// saysOf says what it means that a part is withheld.
func saysOf(part string) markdown {
	switch part {
	case state.Names.String():
		return "who made them, and whom they name. Where two say “(withheld)”, it may be one person or two, or the program."
	case state.Notes.String():
		return "what people wrote, said and answered. An answer that may be among it is called not known."
	case state.Evidence.String():
		return "files, by name, size and hash. That there were files is seen."
	}
	return "the runbook's text. Of steps, services, roles, clocks and contacts that stand in it, only those are seen that entries name, and by their ids; what was to be done and was not, and whether a statement still held, cannot be told."
}

// people names the entries of which it is withheld who made them.
func (u *Unnamed) people() markdown {
	if u.Entries == 1 {
		return "withheld"
	}
	return "withheld: one person or several"
}

// closed reports whether the last word is that the incident was closed, in an entry
// that is withheld whole.
func (g *gaps) closed() bool { return g.ending != nil && g.ending.Kind == state.KindIncidentClosed }

// noTLP says why it is not known with whom a report may be shared.
func (g *gaps) noTLP() markdown {
	if g.First {
		return "not known: the runbook, which says it, is withheld"
	}
	return "not stated"
}

// untold is [state.Incident.Untold], never nil, so that JSON has a list.
func untold(inc *state.Incident, n *state.Notice) []string {
	return append([]string{}, inc.Untold(n)...)
}

// stale is [state.Incident.Stale], never nil.
func stale(inc *state.Incident, n *state.Notice) []string { return append([]string{}, inc.Stale(n)...) }

// lacking reports whether a part of entry seq is withheld.
func lacking(inc *state.Incident, seq uint64, part state.Part) bool {
	return seq >= 1 && seq <= uint64(len(inc.Log)) && inc.Log[seq-1].Withheld.Has(part)
}

// given is a hash; nil if it is withheld.
func given(h state.Hash, withheld bool) *state.Hash {
	if withheld {
		return nil
	}
	return &h
}

// hashOr writes a hash, or that it is withheld.
func hashOr(h *state.Hash) markdown {
	if h == nil {
		return "withheld"
	}
	return markdown(h.String())
}
