package state

import (
	"fmt"
	"slices"

	"muster/runbooks"
)

// byOneself says of a look that nobody else had a part in it.
const byOneself = "not by another person"

// An OwnLook is that a service counts as verified, and nobody but who restored it has looked.
type OwnLook struct {
	By  string // who looked
	Why string // the reason that was given; "" if none was
	Seq uint64
}

// String says it in words, raw.
func (o *OwnLook) String() string {
	if o.Why == "" || o.Why == WithheldText {
		return byOneself
	}
	return byOneself + " (override: " + Quoted(o.Why) + ")"
}

// looked keeps who says that a service is verified, each by the entry that says it.
func (s *Service) looked(e *Entry, said ...*Entry) {
	l := look{at: e.When(), seq: e.Seq, restored: s.RestoredBy}
	for _, by := range said {
		own := overrides(by, SamePerson, SameSeat)
		if own && l.why == "" {
			l.why = by.Override.Why
		}
		l.who, l.own = append(l.who, by.By.Name), append(l.own, own)
	}
	s.looks = append(slices.Clip(s.looks), l)
}

// byOneself reports whether a look was by nobody but who had restored the service; known is false
// if that is withheld.
func (l *look) byOneself(inc *Incident) (own, known bool) {
	known = true
	for i, name := range l.who {
		switch {
		case l.own[i]:
		case untoldPerson(l.restored, name):
			known = false
		case !onePerson(inc, l.restored, name):
			return false, true
		}
	}
	return known, known
}

// OwnLook is by what a service counts as verified, if nobody but who restored it has looked since;
// else nil, and also if that is withheld.
func (s *Service) OwnLook(inc *Incident) *OwnLook {
	if s.State != Verified || !inc.Knows(s.ID) {
		return nil
	}
	own, _ := s.ownLook(inc, func(l *look) bool { return l.seq >= s.Seq })
	return own
}

// ByWhom is who a service's state is by, as it is told: with who else said so, and of one that is
// verified also that nobody but who restored it has looked.
func ByWhom(inc *Incident, s *Service) string {
	by := s.By + s.others()
	if own := s.OwnLook(inc); own != nil {
		return SaidBy(by, own.String())
	}
	return by
}

// OwnLooks says of each service that counts as verified, and that nobody has looked at but who restored
// it, that it is so: a sentence each.
func OwnLooks(inc *Incident) (says []string) {
	for i := range inc.Services {
		s := &inc.Services[i]
		if own := s.OwnLook(inc); own != nil {
			says = append(says, fmt.Sprintf("%s is %s by %s%s, %s", s.Def.Title, s.State, s.By, s.others(), own))
		}
	}
	return says
}

// OwnBy says of the entry that told of a state of a service that nobody else had a part in that look;
// "" if it was otherwise, or that is withheld.
func (s *Service) OwnBy(inc *Incident, seq uint64) string {
	if own, _ := s.ownLook(inc, func(l *look) bool { return l.seq == seq }); own != nil {
		return own.String()
	}
	return ""
}

// SaidBy is who something is by, with what is said of that: Ada (not by another person); own is "" if nothing is.
func SaidBy(by, own string) string {
	if own == "" {
		return by
	}
	return by + " (" + own + ")"
}

// ownLook is the first of some looks, if all were by who had restored the service; else nil.
// known is false if whether they were is withheld.
func (s *Service) ownLook(inc *Incident, is func(*look) bool) (first *OwnLook, known bool) {
	known = true
	for i := range s.looks {
		l := &s.looks[i]
		if !is(l) {
			continue
		}
		own, told := l.byOneself(inc)
		if told && !own {
			return nil, true
		}
		if known = known && told; first == nil {
			first = &OwnLook{l.who[0], l.why, l.seq}
		}
	}
	if !known {
		return nil, false
	}
	return first, true
}

// lookedThen is ownLook as it was when a statement was sent, of a service that had been verified
// by a move then.
func (s *Service) lookedThen(inc *Incident, was serviceMove, sent *Sending) (own *OwnLook, known bool) {
	return s.ownLook(inc, func(l *look) bool {
		return l.seq == was.seq || !l.at.Before(was.at) && (l.at.Before(sent.When) || l.at.Equal(sent.When) && l.seq < sent.Seq)
	})
}

// byAnother reports whether to say that a service is in this state is to say that somebody else
// than who restored it has looked.
func (s ServiceState) byAnother() bool { return s == Restored || s == Verified }

// unshared refuses, softly, to say of a service that it was verified where nobody has looked but
// who restored it.
func unshared(d *decision, service *Service) {
	if own := service.OwnLook(d.inc); own != nil {
		d.refuse(Refusal{Reason: Unverified, Overridable: true, Seq: own.Seq, Acts: []Act{{Deed: DeedVerify, Of: service.ID}},
			Text: service.Def.Title + " was verified by " + own.By + ": " + own.String() + ".",
			Hint: "Ask another person to look, and to say so; or take it out of the text."})
	}
}

// allUnshared is unshared of each service that a statement says is well, by its claims or by
// saying all.
func allUnshared(d *decision, def *runbooks.Notice, known []ClaimKnown) {
	all := allBack(def)
	for i := range d.inc.Services {
		s := &d.inc.Services[i]
		said := slices.IndexFunc(known, func(c ClaimKnown) bool { return c.Service == s.ID })
		if said >= 0 && known[said].Holds && known[said].State.byAnother() || said < 0 && all.byAnother() {
			unshared(d, s)
		}
	}
}

// doneEntry is the entry by which a step was done, as it was written.
func (s *Step) doneEntry(inc *Incident) *Entry {
	if s.doneSeq == 0 || s.doneSeq > uint64(len(inc.Log)) {
		return nil
	}
	return &inc.Log[s.doneSeq-1]
}

// OwnOf is by what a claim holds, if it says that somebody else has looked and nobody has but who
// restored the service; else nil.
func OwnOf(inc *Incident, c ClaimKnown) *OwnLook {
	if s := inc.Service(c.Service); s != nil && c.State.byAnother() && c.Holds {
		return s.OwnLook(inc)
	}
	return nil
}

// oneLooked is by what the first service was verified of which a statement says so in an entry,
// though nobody but who restored it had looked and no word is said of that; nil if none was.
func oneLooked(inc *Incident, e *Entry, claims []ClaimKnown) *OwnLook {
	if overrides(e, Unverified) {
		return nil
	}
	for _, c := range claims {
		if own := OwnOf(inc, c); own != nil {
			return own
		}
	}
	return nil
}
