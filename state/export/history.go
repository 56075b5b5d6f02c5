package export

import "muster/state"

// serviceHistory computes which states each service went through, by its id. A
// step can move a service as well as an entry that names it, so the log is played
// again, without what was retracted and with what was amended, and the services
// are looked at after each entry.
func serviceHistory(inc *state.Incident) map[string][]Change {
	history := make(map[string][]Change)
	if len(inc.Services) == 0 {
		return history
	}
	var shadow state.Incident
	for _, e := range inc.Log {
		if shadow.Apply(counting(inc, e)) != nil {
			break // a gap: what is known so far is still true
		}
		for i := range shadow.Services {
			if s := &shadow.Services[i]; s.Seq == e.Seq {
				history[s.ID] = append(history[s.ID], Change{To: string(s.State), At: s.Since.UTC(), By: s.By, Why: s.Why, Seq: s.Seq})
			}
		}
	}
	return history
}

// counting is an entry as it counts: amended, or, if it was retracted or is itself
// a correction, without effect.
func counting(inc *state.Incident, e state.Entry) state.Entry {
	switch e.Data.(type) {
	case *state.EntryAmended, *state.EntryRetracted:
		return state.Entry{Seq: e.Seq, Withheld: true}
	}
	if inc.RetractedBy(e.Seq) != 0 {
		return state.Entry{Seq: e.Seq, Withheld: true}
	}
	amended, _ := inc.Entry(e.Seq)
	return amended
}
