package state

import (
	"time"

	"muster/state/line"
)

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
func (m *Merging) Again(branch *Incident) (see func(text []byte)) {
	seq, at := uint64(0), 0
	m.Bodies = make([]Body, len(m.Entries))
	return func(text []byte) {
		if seq++; at == len(m.From) || m.From[at] != seq || seq > uint64(len(branch.Log)) {
			return
		}
		if was := &branch.Log[seq-1]; was.Data == m.Entries[at].Data && was.Origin == nil {
			m.Bodies[at] = bodyAgain(&m.Entries[at], text)
		}
		at++
	}
}

// bodyAgain makes the body of an entry that was taken over from another log, from the verified
// line in which it stands there: what it says is not written anew, but for when it happened
// and where it was taken from. It is as [line.Format.Body] would make it. Nothing but its time
// and its origin may differ from what the line says, and the line must be as [line.Format.Seal]
// writes it. There is none if the line cannot be used so.
func bodyAgain(e *Entry, text []byte) Body {
	_, unknown := e.Data.(*Unknown)
	if own := unknown || e.Data == nil || e.Sealing == nil || e.Verbatim != ""; own || e.Withheld != 0 || e.Occurred.IsZero() || e.Origin == nil {
		return Body{}
	}
	var was, parts []byte
	for key, value := range line.Members(text) {
		switch string(key) {
		case "d":
			was = value
		case "p":
			parts = value
		}
	}
	if was == nil || parts == nil {
		return Body{}
	}
	return line.NewBody(takenOver(e, was), parts)
}

// takenOver is the content d of a line, with the time and the origin of e.
func takenOver(e *Entry, was []byte) []byte {
	d := append(make([]byte, 0, len(was)+300), '{')
	for key, value := range line.Members(was) {
		switch string(key) {
		case "occurred":
			continue
		case "zone": // before which it stands
			d = append(e.Occurred.UTC().AppendFormat(append(d, `,"occurred":"`...), time.RFC3339Nano), '"')
		case "data":
			value = e.Origin.Append(nil, value)
		}
		if len(d) > 1 {
			d = append(d, ',')
		}
		d = append(append(append(d, '"'), key...), `":`...)
		d = append(d, value...)
	}
	return append(d, '}')
}
