package state

import (
	"errors"
	"fmt"
)

// A Merging is what it takes to take a branch's entries over into a log.
type Merging struct {
	Common uint64 // the last entry that both begin with
	// Entries are those that the log does not have, in the branch's order, as they are to
	// stand in the log; neither sealed nor linked.
	Entries []Entry
	From    []uint64 // the number of each in the branch
	Bodies  []Body   // of those that are as the branch's line has them, once [Merging.Again] made them
	There   int      // entries behind the common ones that the log has already
	Quiet   int      // those that it lacks and need not have: they alone say nothing of the incident
	Knew    []Hash   // see LogMerged
	// Unfinished: entries of a merge that was broken off stand last in the log, and count
	// once that one is brought to its end.
	Unfinished bool
}

// Nothing reports whether there is nothing to do.
func (m *Merging) Nothing() bool { return len(m.Entries) == 0 && !m.Unfinished }

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
	common := commonOf(base, branch)
	m := &merger{
		Merging: Merging{Common: common, Knew: lastOf(branch.Log)}, base: base, branch: branch,
		carrier: newCarrier(len(branch.Log)), has: bearersOf(base.Log, branch.Log[common:]),
	}
	if err := m.take(); err != nil {
		return nil, err
	}
	m.Unfinished = base.Log[len(base.Log)-1].Origin != nil
	if !m.Unfinished && saysNothing(base, branch, m.Entries) {
		m.Quiet, m.Entries, m.From = len(m.Entries), nil, nil
	}
	return &m.Merging, nil
}

// saysNothing reports whether entries only tell of logs and programs: that somebody opened
// one, or merged another. Else two who merge each other's would never come to an end, for
// each merge is news to the other.
func saysNothing(base, branch *Incident, entries []Entry) bool {
	var kept map[Hash]bool
	for i := range entries {
		switch data := entries[i].Data.(type) {
		case *LogMerged:
		case *EvidenceAdded:
			if kept == nil {
				kept = branchFiles(base.Log, branch.Log)
			}
			if !kept[data.SHA256] {
				return false
			}
		default:
			if !kinds.is(entries[i].Kind, ofProgram) {
				return false
			}
		}
	}
	return true
}

// branchFiles are the files with the lines of branches that were merged into some logs.
func branchFiles(logs ...[]Entry) map[Hash]bool {
	files := make(map[Hash]bool)
	for _, log := range logs {
		for i := range log {
			if data, ok := log[i].Data.(*LogMerged); ok {
				files[data.File] = true
			}
		}
	}
	return files
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
}

// mayTake refuses what cannot be taken over.
func mayTake(e *Entry) error {
	switch {
	case e.Kind == KindIncidentOpened:
		return fmt.Errorf("entry %d of the branch opens an incident anew: that is no log which muster wrote", e.Seq)
	case e.Withheld != 0:
		return fmt.Errorf("entry %d of the branch lacks its %v: something is withheld from this copy, so that it cannot be taken over", e.Seq, e.Withheld.Names())
	case e.Verbatim != "":
		return fmt.Errorf("entry %d of the branch was written by a newer muster, and this one cannot take over all that it says", e.Seq)
	}
	return nil
}

// take finds what the log does not have, and makes it what it will be there.
func (m *merger) take() error {
	place, before, names := newPlacing(m.branch.Log), newPlacing(nil), newNamer(m.base)
	next := m.base.Head.Seq
	m.Entries = make([]Entry, 0, len(m.branch.Log)-int(m.Common))
	m.From = make([]uint64, 0, cap(m.Entries))
	for i := range m.branch.Log {
		e := &m.branch.Log[i]
		_, after := place.place(e)
		_, once := before.place(e)
		if e.Seq <= m.Common {
			m.carrier.seqs[i] = e.Seq
			continue
		}
		id := identity(e)
		seq := m.carrier.find(m.has[id], e, after, place.before, m.at)
		if seq == 0 && !once.Equal(after) { // as a muster took it over that placed it there
			seq = m.carrier.find(m.has[id], e, once, place.before, m.at)
		}
		if seq != 0 {
			m.carrier.seqs[i] = seq
			m.There++
			continue
		}
		if err := mayTake(e); err != nil {
			return err
		}
		next++
		m.carrier.seqs[i] = next
		m.has[id] = append(m.has[id], next)
		m.carrier.made(e.Data, func(what called) called { return names.name(m.base, what) })
		taken := m.carrier.over(e, after, place.before)
		names.see(taken.Data)
		m.Entries, m.From = append(m.Entries, taken), append(m.From, e.Seq)
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
