package state

// Replan moves plans, which were made one behind the other for a log with an older head, to
// where the log ends now, and reports whether it could: only if nothing was recorded since
// but what a merge writes of itself before it. Else they have to be made anew.
func Replan(base *Incident, planned Head, plans []*Merging) bool {
	n := uint64(len(base.Log))
	if planned.Seq == 0 || planned.Seq > n || base.Log[planned.Seq-1].Hash != planned.Hash {
		return false
	}
	for i := range base.Log[planned.Seq:] {
		e := &base.Log[int(planned.Seq)+i]
		if _, file := e.Data.(*EvidenceAdded); e.Origin != nil || !file && !kinds.is(e.Kind, ofProgram) {
			return false
		}
	}
	if n == planned.Seq {
		return true
	}
	moved := &carrier{from: planned.Seq, by: n - planned.Seq}
	for _, plan := range plans {
		for i := range plan.Entries {
			data := moved.carry(plan.Entries[i].Data)
			if data != plan.Entries[i].Data && plan.Bodies != nil {
				plan.Bodies[i] = Body{}
			}
			plan.Entries[i].Data = data
		}
	}
	return true
}

// Again is for the verified lines of the branch, one after the other: it makes the bodies of
// what is taken over as it stands there, which need not be written and hashed anew.
func (m *Merging) Again(branch *Incident) (see func(line []byte)) {
	seq, at := uint64(0), 0
	m.Bodies = make([]Body, len(m.Entries))
	return func(line []byte) {
		if seq++; at == len(m.From) || m.From[at] != seq || seq > uint64(len(branch.Log)) {
			return
		}
		if was := &branch.Log[seq-1]; was.Data == m.Entries[at].Data && was.Origin == nil {
			m.Bodies[at] = format.Again(&m.Entries[at], line)
		}
		at++
	}
}
