package export

import (
	"fmt"
	"slices"
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

// gaps are what a copy of a log lacks, and what cannot be told because of that.
type gaps struct {
	whole   int // entries without any content
	partly  int // entries without some parts
	parts   []PartCount
	book    bool // the text of a runbook is withheld
	first   bool // that of the first one is
	answers bool // notes that may hold answers are

	truth  bool         // an entry is withheld whole that may bear on the truth of a statement
	ending *state.Entry // the last closing or reopening, if it is withheld whole; else nil

	answered map[string]uint64 // by step, "" for the inputs: the last entry whose notes may hold an answer
	anywhere uint64            // the last entry withheld whole that may hold any answer
	amended  map[uint64]uint64 // entry → the last amendment whose text is withheld
}

func gapsOf(inc *state.Incident) *gaps {
	g := &gaps{answered: make(map[string]uint64), amended: make(map[uint64]uint64)}
	var count [8]int
	for i := range inc.Log {
		e := &inc.Log[i]
		g.see(inc, e)
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
	}
	for _, part := range withholdable {
		if count[part] > 0 {
			g.parts = append(g.parts, PartCount{part.String(), count[part]})
		}
	}
	g.answers = len(g.answered) > 0 || g.anywhere > 0
	return g
}

// withholdable are the parts that can be withheld one by one.
var withholdable = [...]state.Part{state.Names, state.Notes, state.Evidence, state.Procedure}

// see takes in what cannot be told for the sake of one entry.
func (g *gaps) see(inc *state.Incident, e *state.Entry) {
	if inc.RetractedBy(e.Seq) != 0 {
		return
	}
	switch e.Kind {
	case state.KindOpened, state.KindAttached:
		if e.Data == nil || e.Withheld.Has(state.Procedure) {
			g.book = true
			g.first = g.first || e.Seq == 1
		}
	case state.KindClosed, state.KindReclaimed:
		g.ending = nil
		if e.Data == nil {
			g.ending = e
		}
	}
	if e.Data == nil {
		g.seeWhole(e)
	}
	if !e.Withheld.Has(state.Notes) {
		return
	}
	switch data := e.Data.(type) {
	case *state.Opened, *state.InputsAnswered:
		g.answered[""] = e.Seq
	case *state.StepDone, *state.StepAnswered:
		g.answered[inc.StepOf(*e)] = e.Seq
	case *state.EntryAmended:
		g.amended[data.Seq] = e.Seq
	}
}

// seeWhole takes in what an entry that is withheld whole may have said, by its kind.
func (g *gaps) seeWhole(e *state.Entry) {
	switch e.Kind {
	case state.KindOpened, state.KindInputs, state.KindDone, state.KindAnswered:
		g.anywhere = e.Seq
	}
	switch e.Kind {
	case state.KindService, state.KindChecked, state.KindStarted, state.KindDone, state.KindConfirmed, state.KindFailed, state.KindAnswered,
		state.KindReopened, state.KindInputs:
		g.truth = true
	}
}

// unseen reports whether an answer to what a step asks, "" for an input, may have
// been given after entry seq.
func (g *gaps) unseen(step string, seq uint64) bool { return max(g.answered[step], g.anywhere) > seq }

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
func (g *gaps) closed() bool { return g.ending != nil && g.ending.Kind == state.KindClosed }

// noTLP says why it is not known with whom a report may be shared.
func (g *gaps) noTLP() markdown {
	if g.first {
		return "not known: the runbook, which says it, is withheld"
	}
	return "not stated"
}

// because is [state.Incident.Because]; of a step that seems to wait for an answer
// that is withheld, it says so.
func (g *gaps) because(inc *state.Incident, s *state.Step) string {
	because := inc.Because(s)
	ref, waits := strings.CutPrefix(because, "waits for the answer to ")
	if waits && g.answers && !strings.Contains(ref, ".") { // a dot is in the number of a decision, which is a fact
		return because + ", unless it is among the notes that are withheld"
	}
	return because
}

// lacks says what the truth of a notice rests on and this copy does not tell.
func (g *gaps) lacks(inc *state.Incident, n *state.Notice) []string {
	if len(n.Versions) == 0 {
		return []string{}
	}
	if g.book || g.truth {
		return []string{"services", "answers"}
	}
	basis := slices.ContainsFunc(n.Versions, func(v state.NoticeVersion) bool { return lacking(inc, v.Seq, state.Notes) })
	if g.answers || basis {
		return []string{"answers"}
	}
	return []string{}
}

// stale is [state.Incident.Stale] without what only seems so, because it rests on
// something that is withheld.
func (g *gaps) stale(inc *state.Incident, n *state.Notice) []string {
	why := []string{}
	version, _ := n.LastSent()
	if g.book || version == nil {
		return why
	}
	for _, phrase := range inc.Stale(n) {
		if !g.answers || !unanswered(phrase, version.Basis) {
			why = append(why, phrase)
		}
	}
	return why
}

// unanswered reports whether a phrase says that one of the answers in basis is not
// given any more.
func unanswered(phrase string, basis map[string]string) bool {
	for id := range basis {
		if strings.HasPrefix(phrase, id+" was ") && strings.HasSuffix(phrase, ` and is ""`) {
			return true
		}
	}
	return false
}

// status is [state.Incident.NoticeStatus] by what [gaps.stale] says.
func (g *gaps) status(inc *state.Incident, n *state.Notice) state.NoticeStatus {
	status := inc.NoticeStatus(n)
	if status == state.Stale && len(g.stale(inc, n)) == 0 {
		return state.Sent
	}
	return status
}

// open are the open things without statements that only seem untrue.
func (g *gaps) open(inc *state.Incident) []state.OpenItem {
	return slices.DeleteFunc(inc.OpenItems(), func(item state.OpenItem) bool {
		n := inc.Notice(item.ID)
		return item.What == "notice" && n != nil && g.status(inc, n) != state.Stale
	})
}

// lacking reports whether a part of entry seq is withheld.
func lacking(inc *state.Incident, seq uint64, part state.Part) bool {
	return seq >= 1 && seq <= uint64(len(inc.Log)) && inc.Log[seq-1].Withheld.Has(part)
}

// noticeTitle is what a notice is called: its id, if its title is not known.
func noticeTitle(n *state.Notice) string {
	if n.Def.Title == "" || n.Def.Title == state.WithheldText {
		return n.ID
	}
	return n.Def.Title
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
