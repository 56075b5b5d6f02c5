package state

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// A Merging is what it takes to take a branch's entries over into a log.
type Merging struct {
	Common uint64 // the last entry that both begin with
	// Entries are those that the log does not have, in the branch's order, as they are to
	// stand in the log; neither sealed nor linked.
	Entries []Entry
	There   int // entries behind the common ones that the log has already
	// Contradictions are what the two say differently of one thing, by the numbers that
	// entries have in the log once they are taken over.
	Contradictions []Contradicted
}

// ErrForeign says that a log is none that could be merged with another.
var ErrForeign = errors.New("these are not two logs of one incident")

// PlanMerge says what of a branch is to be taken over into a log, whose next entry the first
// of them will be. Nothing is refused that happened; what is refused is another incident's
// log, a drill's with a live one's, and a copy from which something is withheld. It changes
// neither.
func PlanMerge(base, branch *Incident) (*Merging, error) {
	if err := mayMerge(base, branch); err != nil {
		return nil, err
	}
	m := &merger{
		Merging: Merging{Common: commonOf(base, branch)}, base: base, branch: branch,
		carrier: newCarrier(len(branch.Log)), has: bearersOf(base.Log), known: make(map[uint64]bool),
	}
	if err := m.take(); err != nil {
		return nil, err
	}
	m.compare()
	return &m.Merging, nil
}

// mayMerge refuses what is not another log of the same incident.
func mayMerge(base, branch *Incident) error {
	if len(base.Log) == 0 || len(branch.Log) == 0 {
		return fmt.Errorf("%w: a log has no entries", ErrForeign)
	}
	switch {
	case base.Mode != branch.Mode:
		return fmt.Errorf("%w: one is a drill and the other a live incident, which never become one", ErrForeign)
	case base.Log[0].Hash != branch.Log[0].Hash && base.ID == branch.ID:
		return fmt.Errorf("%w: both are called %s, but they do not begin with the same entry", ErrForeign, base.ID)
	case base.Log[0].Hash != branch.Log[0].Hash:
		return fmt.Errorf("%w: one is %s, the other %s", ErrForeign, base.ID, branch.ID)
	}
	return nil
}

// commonOf is the last entry that two logs begin with. Up to there the hashes are the
// same, and behind it none is.
func commonOf(a, b *Incident) uint64 {
	low, high := 1, min(len(a.Log), len(b.Log))
	for low < high {
		if mid := (low + high + 1) / 2; a.Log[mid-1].Hash == b.Log[mid-1].Hash {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return uint64(low)
}

// A merger makes a Merging.
type merger struct {
	Merging
	base, branch *Incident
	carrier      *carrier
	has          bearers
	known        map[uint64]bool // entries of the log behind the common ones that the branch has too
}

// take finds what the log does not have, and makes it what it will be there.
func (m *merger) take() error {
	place, names := newPlacing(), newNamer(m.base)
	next := m.base.Head.Seq
	for i := range m.branch.Log {
		e := &m.branch.Log[i]
		_, after := place.place(e)
		if e.Seq <= m.Common {
			m.carrier.seqs[i] = e.Seq
			continue
		}
		if seq := m.carrier.find(m.has[identity(e)], e, after, m.at); seq != 0 {
			m.carrier.seqs[i], m.known[seq] = seq, true
			m.There++
			continue
		}
		if e.Kind == KindIncidentOpened {
			return fmt.Errorf("entry %d of the branch opens an incident anew: that is no log which muster wrote", e.Seq)
		}
		if e.Withheld != 0 {
			return fmt.Errorf("entry %d of the branch lacks its %v: something is withheld from this copy, so that it cannot be taken over", e.Seq, e.Withheld.Names())
		}
		if e.Verbatim != "" {
			return fmt.Errorf("entry %d of the branch was written by a newer muster, and this one cannot take over all that it says", e.Seq)
		}
		next++
		m.carrier.seqs[i] = next
		m.has[identity(e)] = append(m.has[identity(e)], next)
		m.carrier.made(e.Data, func(what thing) string { return names.name(m.base, what) })
		taken := m.carrier.over(e, after)
		names.see(taken.Data)
		m.Entries = append(m.Entries, taken)
	}
	return nil
}

// at is an entry that the log has, or takes over.
func (m *merger) at(seq uint64) *Entry {
	if n := uint64(len(m.base.Log)); seq > n {
		return &m.Entries[seq-n-1]
	}
	return &m.base.Log[seq-1]
}

// dataAt is the data of an entry; nil if there is none.
func dataAt(inc *Incident, seq uint64) Data {
	if seq == 0 || seq > uint64(len(inc.Log)) {
		return nil
	}
	return inc.Log[seq-1].Data
}

// compare finds what the two logs say differently of one thing, where neither knew what the
// other said.
func (m *merger) compare() {
	m.answers()
	m.services()
	m.roles()
	m.clocks()
	m.steps()
	m.notices()
	m.amendments()
}

// both reports whether each of two entries, one of either log, is news to the other.
func (m *merger) both(base, branch uint64) bool {
	return base > m.Common && !m.known[base] && m.carrier.seq(branch) > m.base.Head.Seq
}

func (m *merger) found(what Contradictory, of string, base, branch uint64) {
	c := Contradicted{What: what, Of: of, Entries: []uint64{base, m.carrier.seq(branch)}}
	m.Contradictions = append(m.Contradictions, c)
}

func (m *merger) answers() {
	for _, id := range slices.Sorted(maps.Keys(m.base.answers)) {
		here := m.base.answers[id]
		there, ok := m.branch.answers[id]
		if ok && here.Value != there.Value && m.both(here.Seq, there.Seq) {
			m.found(OfAnswer, id, here.Seq, there.Seq)
		}
	}
}

func (m *merger) services() {
	for i := range m.base.Services {
		here := &m.base.Services[i]
		there := m.branch.Service(here.ID)
		if there != nil && here.State != there.State && m.both(here.Seq, there.Seq) {
			m.found(OfService, here.ID, here.Seq, there.Seq)
		}
	}
}

func (m *merger) roles() {
	for i := range m.base.Roles {
		here := &m.base.Roles[i]
		there := m.branch.Role(here.Def.ID)
		if there != nil && here.Person != there.Person && m.both(here.Seq, there.Seq) {
			m.found(OfRole, here.Def.ID, here.Seq, there.Seq)
		}
	}
}

func (m *merger) clocks() {
	for i := range m.base.Clocks {
		here := &m.base.Clocks[i]
		there := m.branch.Clock(here.ID)
		switch {
		case there == nil:
		case m.both(here.EndSeq, there.EndSeq) && (here.Waived != there.Waived || !here.Ended.Equal(there.Ended)):
			m.found(OfClock, here.ID, here.EndSeq, there.EndSeq)
		case m.both(here.StartSeq, there.StartSeq) && !here.Started.Equal(there.Started):
			m.found(OfClock, here.ID, here.StartSeq, there.StartSeq)
		}
	}
}

// steps finds those that ended in two ways. That something was done twice is none.
func (m *merger) steps() {
	for i := range m.base.Steps {
		here := &m.base.Steps[i]
		there := m.branch.Step(here.ID)
		if there == nil || here.Ended.IsZero() || there.Ended.IsZero() || here.Status == there.Status || !m.both(here.Last, there.Last) {
			continue
		}
		m.found(OfStep, here.ID, here.Last, there.Last)
	}
}

func (m *merger) notices() {
	for i := range m.base.Notices {
		here := &m.base.Notices[i]
		there := m.branch.Notice(here.ID)
		if there == nil {
			continue
		}
		_, one := here.LastSent()
		_, other := there.LastSent()
		if one != nil && other != nil && m.both(one.Seq, other.Seq) {
			m.found(OfNotice, here.ID, one.Seq, other.Seq)
		}
	}
}

func (m *merger) amendments() {
	var all []uint64
	for seq := range m.branch.amended {
		all = append(all, seq)
	}
	slices.Sort(all)
	for _, seq := range all {
		at := m.carrier.seq(seq)
		here, there := m.base.AmendedBy(at), m.branch.AmendedBy(seq)
		if here == 0 || there == 0 || !m.both(here, there) {
			continue
		}
		one, _ := dataAt(m.base, here).(*EntryAmended)
		other, _ := dataAt(m.branch, there).(*EntryAmended)
		if one != nil && other != nil && one.differs(other) {
			m.Contradictions = append(m.Contradictions, Contradicted{What: OfAmendment, Entry: at, Entries: []uint64{here, m.carrier.seq(there)}})
		}
	}
}

// differs reports whether two amendments of one entry make different things of it.
func (data *EntryAmended) differs(other *EntryAmended) bool {
	text := data.Text != nil && other.Text != nil && *data.Text != *other.Text
	when := data.Occurred != nil && other.Occurred != nil && !data.Occurred.Equal(*other.Occurred)
	return text || when
}
