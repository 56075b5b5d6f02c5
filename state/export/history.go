package export

import (
	"slices"

	"muster/state"
)

// A past is what is only seen by looking at the incident after each entry.
type past struct {
	services map[string][]Change // the states each service went through, by its id
	untrue   map[string][]Untrue // when each notice said what was not true, by its id
}

// pastOf plays the log again, without what was retracted and with what was
// amended: a step can move a service as well as an entry that names it, and what
// makes a statement untrue need not name the statement.
func pastOf(inc *state.Incident, gaps *gaps) past {
	p := past{services: make(map[string][]Change), untrue: make(map[string][]Untrue)}
	if len(inc.Services) == 0 && len(inc.Notices) == 0 {
		return p
	}
	var shadow state.Incident
	for _, e := range inc.Log {
		e = counting(inc, e)
		if shadow.Apply(e) != nil {
			break // a gap: what is known so far is still true
		}
		for i := range shadow.Services {
			if s := &shadow.Services[i]; s.Seq == e.Seq {
				p.services[s.ID] = append(p.services[s.ID], Change{To: string(s.State), At: s.Since.UTC(), By: s.By, Why: s.Why, Seq: s.Seq})
			}
		}
		if bearsOnTruth(e.Data) && !gaps.book {
			p.seeTruth(&shadow, &e, gaps)
		}
	}
	return p
}

// bearsOnTruth reports whether an entry can change what is true of a statement.
func bearsOnTruth(data state.Data) bool {
	switch data.(type) {
	case *state.ServiceSet, *state.ServiceChecked, *state.StepDone, *state.StepConfirmed, *state.StepAnswered, *state.StepReopened,
		*state.InputsAnswered, *state.NoticeSent:
		return true
	}
	return false
}

// seeTruth notes which statements an entry made untrue, or true again.
func (p *past) seeTruth(shadow *state.Incident, e *state.Entry, gaps *gaps) {
	at := e.When().UTC()
	for i := range shadow.Notices {
		n := &shadow.Notices[i]
		why, times := gaps.stale(shadow, n), p.untrue[n.ID]
		last := len(times) - 1
		open := last >= 0 && times[last].UntilSeq == 0
		switch {
		case open && slices.Equal(why, times[last].Why):
			continue
		case open:
			times[last].Until, times[last].UntilSeq = moment(at), e.Seq
		}
		if len(why) > 0 {
			p.untrue[n.ID] = append(times, Untrue{From: at, Seq: e.Seq, Why: why})
		}
	}
}

// counting is an entry as it counts: amended, or, if it was retracted or is itself
// a correction, without effect.
func counting(inc *state.Incident, e state.Entry) state.Entry {
	switch e.Data.(type) {
	case *state.EntryAmended, *state.EntryRetracted:
		return state.Entry{Seq: e.Seq}
	}
	if inc.RetractedBy(e.Seq) != 0 {
		return state.Entry{Seq: e.Seq}
	}
	amended, _ := inc.Entry(e.Seq)
	return amended
}
