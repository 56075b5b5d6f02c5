package state

import (
	"cmp"
	"fmt"
	"slices"

	"muster/runbooks"
)

// A Met is what somebody recorded elsewhere that does what a step asks: a service set by
// hand, a notice sent, a contact reached.
type Met struct {
	Seq  uint64 // the entry
	What string // verified, restored, shut down, sent, reached
	// Settles says that nothing else is asked: the step counts as finished, and not as
	// done. If not, it only says where a part of it was done.
	Settles bool
	Untold  bool // whether it settles the step is not known: what would tell is withheld
}

// Met is the entry by which what a step asks is done, though nobody walked the step; its
// Seq is 0 if there is none, or if what was recorded of the step itself says more. That a
// service is proved to be back settles what was to bring it back, however many lines that
// has; of other steps the fact settles those that ask for nothing besides.
func (s *Step) Met(inc *Incident) Met {
	if s.Empty || s.Status != Todo {
		return Met{}
	}
	var m Met
	switch kind := s.Def.Kind; {
	case kind == runbooks.Restore || kind == runbooks.Verify:
		m = s.metBack(inc)
	case kind == runbooks.Shutdown:
		m = s.metDown(inc)
	case kind == runbooks.Decision && s.Service != "":
		m = s.metFound(inc)
	case s.Def.Notice != "":
		m = s.metSaid(inc)
	case kind == runbooks.Notify && s.Def.Contact != "":
		m = s.metReached(inc)
	}
	if twin := s.metTwin(inc); twin.Settles || m.Seq == 0 {
		m = twin
	}
	if s.By != "" && m.Seq <= s.Last {
		return Met{} // somebody took the step up, or reopened it, since
	}
	return m
}

// metBack is how a service is known to be back that a step was to restore or to verify.
func (s *Step) metBack(inc *Incident) Met {
	service := inc.Service(s.Service)
	switch {
	case service == nil || !inc.Knows(service.ID):
	case service.State == Verified:
		return Met{Seq: service.Seq, What: "verified", Settles: true}
	case service.State == Restored && s.Def.Kind == runbooks.Restore:
		return Met{Seq: service.Seq, What: "restored"}
	}
	return Met{}
}

// metFound is what somebody said of the service by hand that a decision asks how it stands:
// what one of its answers would have set.
func (s *Step) metFound(inc *Incident) Met {
	service := inc.Service(s.Service)
	if service == nil || !inc.Knows(service.ID) {
		return Met{}
	}
	for i := len(service.moves) - 1; i >= 0; i-- {
		m := service.moves[i]
		if slices.ContainsFunc(s.Def.Options, func(o runbooks.Option) bool { return o.State != "" && ServiceState(o.State) == m.to }) {
			return Met{Seq: m.seq, What: "found " + string(m.to), Settles: s.plain() && s.Def.Reason != runbooks.Demanded}
		}
	}
	return Met{}
}

func (s *Step) metDown(inc *Incident) Met {
	service := inc.Service(s.Service)
	if service == nil || !inc.Knows(service.ID) {
		return Met{}
	}
	for i := len(service.moves) - 1; i >= 0; i-- {
		if m := service.moves[i]; m.to == ShutDown {
			return Met{Seq: m.seq, What: "shut down", Settles: s.plain()}
		}
	}
	return Met{}
}

// metSaid is the sending that is a step's own: of several steps that ask for one notice
// the first sending is the first one's. What was not true when it was sent, or
// not known to be, does not do what a step asks.
func (s *Step) metSaid(inc *Incident) Met {
	n := inc.Notice(inc.Books[s.Book].IDOf(NounNotice, s.Def.Notice))
	if n == nil {
		return Met{}
	}
	var sent []uint64
	for _, v := range n.Versions {
		for i := range v.Sent {
			if n.Then(inc, &v.Sent[i]) == "" {
				sent = append(sent, v.Sent[i].Seq)
			}
		}
	}
	slices.Sort(sent)
	met := s.nth(inc, sent, verbOf(inc.Mode == Drill), func(d *runbooks.Step) bool { return d.Notice == s.Def.Notice })
	if early := sentEarly(inc, n.ID, met.Seq).String(); early != "" {
		met.What += ", " + early + ","
	}
	return met
}

func (s *Step) metReached(inc *Incident) Met {
	id := inc.Books[s.Book].IDOf(NounContact, s.Def.Contact)
	var reached []uint64
	for i := range inc.Contacts {
		if c := &inc.Contacts[i]; c.ID == id {
			for _, call := range c.Calls {
				if call.Outcome == Reached {
					reached = append(reached, call.Seq)
				}
			}
		}
	}
	return s.nth(inc, reached, "reached", func(d *runbooks.Step) bool { return d.Notice == "" && d.Contact == s.Def.Contact })
}

// nth is the entry of a list that is a step's, by its place among the steps that ask for
// the same.
func (s *Step) nth(inc *Incident, seqs []uint64, what string, same func(*runbooks.Step) bool) Met {
	if len(seqs) == 0 {
		return Met{}
	}
	at := 0
	for i := range inc.Steps {
		other := &inc.Steps[i]
		if other.ID == s.ID {
			break
		}
		if other.Book == s.Book && !other.Empty && same(other.Def) {
			at++
		}
	}
	if at >= len(seqs) {
		return Met{}
	}
	return Met{Seq: seqs[at], What: what, Settles: s.plain()}
}

// plain reports whether a step asks for nothing besides the fact: no line that is not
// ticked, no question, no evidence, no second person.
func (s *Step) plain() bool {
	asks := slices.ContainsFunc(s.Def.Ask, func(a runbooks.Ask) bool { return a.Required })
	return !asks && !s.Def.Evidence && !s.Def.TwoPerson && len(s.Def.Checklist) <= countTicks(s)
}

func countTicks(s *Step) int {
	n := 0
	for i := range s.Ticks {
		if s.Ticked(i) {
			n++
		}
	}
	return n
}

// String says it in words; "" if nothing meets the step.
func (m Met) String() string {
	switch {
	case m.Seq == 0:
		return ""
	case m.Settles:
		return fmt.Sprintf("not walked; %s by entry %d", m.What, m.Seq)
	case m.Untold:
		return fmt.Sprintf("%s by entry %d; whether what else it asks for is done is not known", m.What, m.Seq)
	}
	return fmt.Sprintf("%s by entry %d; what else it asks for is to do", cmp.Or(m.What, "done"), m.Seq)
}

// oneStep is the id by which the steps that ask for the same as s are known.
func (s *Step) oneStep(inc *Incident) string {
	if s.Added {
		return s.ID
	}
	return inc.Books[s.Book].IDOf(NounStep, s.Def.ID)
}

// metTwin is how a step was done in another runbook of the incident that asks for it too.
func (s *Step) metTwin(inc *Incident) Met {
	if len(inc.twins) == 0 {
		return Met{}
	}
	id := s.oneStep(inc)
	others := inc.twins[id]
	if len(others) == 0 {
		return Met{}
	}
	for _, root := range append(slices.Clip(others), id) {
		for _, i := range inc.roots[root] {
			twin := &inc.Steps[i]
			if twin.Status != Done || twin.Book == s.Book || twin.Service != s.Service {
				continue
			}
			what := "done as " + twin.Number
			if s.Def.Kind == runbooks.Decision {
				what = "decided as " + twin.Number
			}
			settles, untold := s.coveredBy(inc, twin)
			return Met{Seq: twin.doneSeq, What: what, Settles: settles, Untold: untold}
		}
	}
	return Met{}
}

// coveredBy reports whether all that a step asks for was done with its twin; untold if
// what would tell is withheld.
func (s *Step) coveredBy(inc *Incident, twin *Step) (settles, untold bool) {
	for _, ask := range s.Def.Ask {
		if _, known := inc.AskAnswer(s, ask.ID); ask.Required && !known {
			return false, inc.Unseen(s.askKey(inc, ask.ID))
		}
	}
	for i, line := range s.Def.Checklist {
		at := slices.Index(twin.Def.Checklist, line)
		if !s.Ticks[i] && (at < 0 || !twin.Ticks[at]) {
			return false, s.unlisted || twin.unlisted
		}
	}
	return (twin.Def.Evidence || !s.Def.Evidence) && (twin.Def.TwoPerson || !s.Def.TwoPerson), false
}
