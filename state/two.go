package state

import (
	"cmp"
	"fmt"
	"slices"

	"muster/state/line"
	"muster/state/sorted"
)

// say says what an amendment makes of an entry.
func (data *EntryAmended) say(inc *Incident, e *Entry) {
	of := subject{what: OfAmendment, of: fmt.Sprint(data.Seq)}
	if data.Text != nil {
		of.which = "text"
		inc.said.say(e, of, "="+*data.Text)
	}
	if data.Occurred != nil {
		of.which = "occurred"
		inc.said.say(e, of, data.Occurred.UTC().String())
	}
}

// two lists what has several answers: those between which nobody has decided, or else those
// between which somebody has.
func (s *sayings) two(inc *Incident) (all []TwoAnswers) {
	type id struct {
		what Contradictory
		of   string
	}
	open, closed := make(map[id][]uint64), make(map[id]*settled)
	between := make(map[id][]uint64)
	for of, list := range s.all {
		for _, pair := range s.knowing.apart(list, of.first) {
			key := id{of.what, of.of}
			if by := s.settledBy(key.what, key.of, pair); by == nil {
				open[key] = append(open[key], pair[0].entry, pair[1].entry)
			} else {
				between[key] = append(between[key], pair[0].entry, pair[1].entry)
				if last := closed[key]; last == nil || last.by.Seq < by.by.Seq {
					closed[key] = by
				}
			}
		}
	}
	for key, entries := range open {
		all = append(all, TwoAnswers{What: key.what, Of: key.of, Entries: entries})
	}
	for key, by := range closed {
		if open[key] == nil {
			data, e := by.by.Data.(*ContradictionSettled), by.by
			all = append(all, TwoAnswers{What: key.what, Of: key.of, Entries: between[key], Settled: e.Seq, Holds: data.Holds, Why: data.Why, By: e.By.Name, When: e.When()})
		}
	}
	for i := range all {
		two := &all[i]
		slices.Sort(two.Entries)
		two.Entries = slices.Compact(two.Entries)
		two.Merged = mergedBehind(inc, two.Entries)
		if two.What == OfAmendment {
			_, _ = fmt.Sscan(two.Of, &two.Entry)
		}
	}
	sorted.Stable(all, func(a, b TwoAnswers) int {
		return cmp.Or(cmp.Compare(slices.Index(Contradictories(), a.What), slices.Index(Contradictories(), b.What)), cmp.Compare(a.Entry, b.Entry), cmp.Compare(a.Of, b.Of))
	})
	return all
}

// settledBy is who settled it, knowing both answers; nil if nobody did.
func (s *sayings) settledBy(what Contradictory, of string, pair [2]saying) (last *settled) {
	for i := range s.settled {
		by := &s.settled[i]
		if by.what == what && by.of == of && slices.Contains(by.entries, pair[0].entry) && slices.Contains(by.entries, pair[1].entry) &&
			s.knowing.knew(by.by.Seq, pair[0].seq) && s.knowing.knew(by.by.Seq, pair[1].seq) {
			last = by
		}
	}
	return last
}

// mergedBehind is the entry that brought entries together.
func mergedBehind(inc *Incident, entries []uint64) (first uint64) {
	for _, seq := range inc.Merges {
		if seq > entries[len(entries)-1] && (first == 0 || seq < first) {
			first = seq
		}
	}
	return first
}

// A workers knows who worked on when others closed the incident.
type workers struct {
	inc      *Incident
	ends     []uint64      // the entries that close the incident
	branches map[Hash]bool // the files with the lines of branches
}

func newSayings(inc *Incident) *sayings {
	s := &sayings{knowing: knowingOf(inc.Log), all: make(map[subject][]saying)}
	w := s.workers(inc)
	s.wentOn = func(end uint64) bool {
		for i := range inc.Log {
			if s.beside(w, &inc.Log[i], end) {
				return true
			}
		}
		return false
	}
	return s
}

func (s *sayings) workers(inc *Incident) *workers {
	w := &workers{inc: inc, branches: branchFiles(inc.Log)}
	for i := range inc.Log {
		if _, closes := inc.Log[i].Data.(*IncidentClosed); closes {
			w.ends = append(w.ends, inc.Log[i].Seq)
		}
	}
	return w
}

// beside reports whether an entry tells of work by people who did not know of another, and
// of whom that one knew nothing. What those closed themselves is done.
func (s *sayings) beside(w *workers, e *Entry, other uint64) bool {
	if !s.knowing.none(e.Seq, other) || w.inc.retracted[e.Seq] != 0 ||
		slices.ContainsFunc(w.ends, func(end uint64) bool { return s.knowing.knew(end, e.Seq) && s.knowing.none(end, other) }) {
		return false
	}
	switch data := e.Data.(type) {
	case nil, *line.Unknown:
		return false
	case *NoteAdded:
		return true
	case *EvidenceAdded:
		return !w.branches[data.SHA256]
	}
	return !kinds.is(e.Kind, afterwards|unseen)
}

// closings says of each closing beside which people went on what they did last.
func (s *sayings) closings(inc *Incident, sorted []int) {
	of, w := subject{what: OfClosing, of: theEnd}, s.workers(inc)
	for _, closing := range s.knowing.counting(slices.Clone(s.all[of]), false) {
		if closing.value == "" {
			continue
		}
		for _, i := range slices.Backward(sorted) {
			if e := &inc.Log[i]; s.beside(w, e, closing.seq) {
				s.all[of] = append(s.all[of], saying{seq: e.Seq, entry: e.Seq, value: "went on"})
				break
			}
		}
	}
}
