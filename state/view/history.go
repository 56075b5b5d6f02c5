package view

import (
	"slices"

	"muster/state"
)

// A past is what is only seen by looking at the incident after each entry.
type past struct {
	services map[string][]Change // the states each service went through, by its id
	again    map[string][]Change // what others said again of them
	untrue   map[string][]Untrue // when each notice rested on an answer that was another, by its id
	untold   map[string][]string // what each notice's truth rested on at some time and is withheld, by its id
}

// pastOf plays the log again, without what was retracted and with what was
// amended: a step can move a service as well as an entry that names it, and what
// makes a statement untrue need not name the statement.
func pastOf(inc *state.Incident) past {
	p := past{services: make(map[string][]Change), again: make(map[string][]Change), untrue: make(map[string][]Untrue), untold: make(map[string][]string)}
	if len(inc.Services) == 0 && len(inc.Notices) == 0 {
		return p
	}
	shadow := state.Incident{Log: make([]state.Entry, 0, len(inc.Log))} // grown, a long log would be copied many times
	for _, written := range inc.Log {
		e := counting(inc, written)
		if shadow.Apply(e) != nil {
			break // a gap: what is known so far is still true
		}
		for i := range shadow.Services {
			s := &shadow.Services[i]
			n := len(p.services[s.ID])
			if earlier := n > 0 && s.Since.Before(p.services[s.ID][n-1].At); s.Seq == e.Seq || earlier { // it was so earlier than was known
				p.services[s.ID] = append(p.services[s.ID], Change{To: string(s.State), At: s.Since.UTC(), By: s.By, Why: s.Why, Seq: e.Seq})
			}
			if last := len(s.Again) - 1; last >= 0 && s.Again[last].Seq == e.Seq {
				p.again[s.ID] = append(p.again[s.ID], againOf(s)[last])
			}
		}
		if state.BearsOnTruth(e.Kind) || written.Data == nil { // what is withheld whole may bear on it
			p.seeTruth(&shadow, &e)
		}
	}
	for i := range inc.Notices {
		p.seeUntold(inc, &inc.Notices[i])
	}
	return p
}

// seeUntold notes what the truth of a statement rests on now and is withheld.
func (p *past) seeUntold(inc *state.Incident, n *state.Notice) {
	for _, what := range n.Untold(inc) {
		if !slices.Contains(p.untold[n.ID], what) {
			p.untold[n.ID] = append(p.untold[n.ID], what)
			slices.Sort(p.untold[n.ID])
			slices.Reverse(p.untold[n.ID]) // services before answers
		}
	}
}

// seeTruth notes which statements rest on an answer that an entry changed, or changed
// back: one time for each answer.
func (p *past) seeTruth(shadow *state.Incident, e *state.Entry) {
	at := e.When().UTC()
	for i := range shadow.Notices {
		n := &shadow.Notices[i]
		why := n.Changed(shadow)
		p.seeUntold(shadow, n)
		for t := range p.untrue[n.ID] {
			one := &p.untrue[n.ID][t]
			switch still := slices.IndexFunc(why, func(f state.Failing) bool { return f.Of == one.of }); {
			case one.UntilSeq != 0:
			case still >= 0:
				why = slices.Delete(why, still, still+1)
			case len(n.Untold(shadow)) > 0: // it may have been ended by what is withheld, and not here
			default:
				one.Until, one.UntilSeq = moment(at), e.Seq
			}
		}
		for _, f := range why {
			p.untrue[n.ID] = append(p.untrue[n.ID], Untrue{Fault: f.Fault, From: at, Seq: e.Seq, Why: f.Why, of: f.Of})
		}
	}
}

// failedOf are the times during which a notice said what did not hold: of each claim
// of each sending, and then of what rested on answers.
func (p *past) failedOf(inc *state.Incident, n *state.Notice) []Untrue {
	var out []Untrue
	for v := range n.Versions {
		for s := range n.Versions[v].Sent {
			sent := &n.Versions[v].Sent[s]
			for _, j := range n.Judge(inc, sent) {
				for _, t := range j.Failed {
					one := Untrue{Fault: t.Fault, Service: j.Service, From: t.From.UTC(), Seq: t.Seq, Sent: sent.Seq, WhenSent: t.Fault.WhenSent(),
						Why: n.SayDiffers(inc, sent, j.Claim, t.State), Until: moment(t.Until), UntilSeq: t.UntilSeq}
					if one.WhenSent {
						one.KnownSince = moment(j.KnownSince)
						one.Why += after(j.Withdrawn)
					}
					out = append(out, one)
				}
			}
		}
	}
	return append(out, p.untrue[n.ID]...)
}

// after is what was retracted of that on which a claim rested, behind what is said of it.
func after(w state.Withdrawn) string {
	if w.Seq == 0 {
		return ""
	}
	return "; " + w.String()
}

// UntoldClaims reports whether it is withheld what a statement's claims rest on, so
// that it is not known to be true again either.
func UntoldClaims(untold []string) bool {
	return slices.ContainsFunc(untold, func(what string) bool { return what != "answers" })
}

// counting is an entry as it counts: amended, or, if it was retracted, is itself a
// correction or is not within what is told, without effect.
func counting(inc *state.Incident, e state.Entry) state.Entry {
	switch e.Data.(type) {
	case *state.EntryAmended, *state.EntryRetracted:
		return state.Entry{Seq: e.Seq, Frame: new(state.Frame)}
	}
	if inc.RetractedBy(e.Seq) != 0 || !state.Within(inc, e.Seq) {
		return state.Entry{Seq: e.Seq, Frame: new(state.Frame)}
	}
	amended, _ := inc.Entry(e.Seq)
	return amended
}
