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
			plan.Entries[i].Data = moved.carry(plan.Entries[i].Data)
		}
	}
	return true
}
