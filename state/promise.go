package state

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"muster/state/sorted"
	"muster/state/when"
)

// A Promise is a next update that a statement promised. It is kept by the next statement
// to the same audience, or by one that corrects it, whatever that says; the same words
// sent again, as the same version or drafted anew, are no update: they neither keep the
// promise nor put it off.
type Promise struct {
	Notice  string
	Version int
	Sent    uint64    // the entry that sent it
	Made    time.Time // when it was sent
	Due     time.Time
	Kept    *Sending // what came next; nil if nothing did
	Hidden  bool     // what is withheld may be what came next, so that Kept does not tell
	by      *Notice  // which sent what came next
	made    *Sending // that made it
}

// A PromiseStatus is what has become of a promised update.
type PromiseStatus string

// The statuses of a promised update.
const (
	PromiseKept    PromiseStatus = "kept"
	PromiseLate    PromiseStatus = "late"
	PromiseDue     PromiseStatus = "due"     // it was not given yet, and has time left
	PromiseOverdue PromiseStatus = "overdue" // it was not given, and its time is up
	PromiseNever   PromiseStatus = "never"   // its time was up when the incident was closed without it
	PromiseDropped PromiseStatus = "dropped" // the incident was closed without it before its time was up
	PromiseUnknown PromiseStatus = ""        // what would tell is withheld
)

// A PromiseStanding is what has become of a promised update at a moment.
type PromiseStanding struct {
	Status  PromiseStatus
	Due     time.Time
	Late    time.Duration // of one given late, overdue, or never given: by the close; else 0
	Kept    time.Time     // when the next statement was sent; zero if none is known
	KeptSeq uint64        // the entry that sent it
	Early   Early         // what of that came only after it, by the times in the log
	Truth   ClaimVerdict  // of that: OverClaimed or Unfounded if something in it was, Untellable if that is withheld, else ""
}

// Standing is where a promise stands at now. What follows the close of the incident is
// not in its log, so there it stands as it did then.
func (p *Promise) Standing(inc *Incident, now time.Time) PromiseStanding {
	s := PromiseStanding{Due: p.Due}
	if p.Hidden {
		return s
	}
	closed := inc.Closed != nil && p.Kept == nil
	switch {
	case p.Kept != nil:
		now, s.Kept, s.KeptSeq, s.Status, s.Truth = p.Kept.When, p.Kept.When, p.Kept.Seq, PromiseKept, p.truth(inc)
		if p.by != nil {
			s.Early = p.by.Early(p.Kept)
		}
	case closed:
		now, s.Status = inc.Closed.When, PromiseDropped
	default:
		s.Status = PromiseDue
	}
	if !now.After(p.Due) {
		return s
	}
	s.Late = now.Sub(p.Due)
	switch {
	case p.Kept != nil:
		s.Status = PromiseLate
	case closed:
		s.Status = PromiseNever
	default:
		s.Status = PromiseOverdue
	}
	return s
}

// truth is whether what kept a promise was true when it was sent; "" if nothing in it was not.
func (p *Promise) truth(inc *Incident) ClaimVerdict {
	if p.by == nil {
		return ""
	}
	switch p.by.Then(inc, p.Kept) {
	case NeverTrue:
		return OverClaimed
	case NeverKnown:
		return Unfounded
	}
	if slices.ContainsFunc(p.by.Judge(inc, p.Kept), func(j Judged) bool { return j.Verdict == Untellable }) {
		return Untellable
	}
	return ""
}

// Says says in words what became of a promised update; clock writes a time.
func (s PromiseStanding) Says(clock func(time.Time) string) string {
	due, late := "due "+clock(s.Due), when.Duration(s.Late)
	switch s.Status {
	case PromiseKept:
		return fmt.Sprintf("%s; kept: the next statement was entry %d, %s", due, s.KeptSeq, clock(s.Kept)) + s.saysTruth()
	case PromiseLate:
		return fmt.Sprintf("%s; LATE by %s: the next statement was entry %d, %s", due, late, s.KeptSeq, clock(s.Kept)) + s.saysTruth()
	case PromiseDue:
		return due + "; not given yet"
	case PromiseOverdue:
		return due + "; OVERDUE by " + late
	case PromiseNever:
		return due + "; NEVER given: the incident was closed " + late + " after that"
	case PromiseDropped:
		return due + "; not given: the incident was closed before that"
	}
	return due + "; whether it was kept is not known: what would tell is withheld"
}

// saysTruth says of what kept a promise that it was sent too early to be so, that it was not true,
// or that this is not known.
func (s PromiseStanding) saysTruth() string {
	text := ""
	if early := s.Early.String(); early != "" {
		text = ", " + early
	}
	return text + s.truthOfIt()
}

func (s PromiseStanding) truthOfIt() string {
	switch s.Truth {
	case OverClaimed:
		return ", and that was NOT TRUE then"
	case Unfounded:
		return ", and that was NOT KNOWN TO BE TRUE then"
	case Untellable:
		return "; whether that was true is not known: what would tell is withheld"
	}
	return ""
}

// Promises lists every next update that was promised, by when it was. That none was is
// known only if no runbook is withheld.
func Promises(inc *Incident) []Promise {
	var list []Promise
	for i := range inc.Notices {
		list = append(list, inc.Notices[i].Promises(inc)...)
	}
	sorted.Stable(list, func(a, b Promise) int { return cmp.Or(a.Made.Compare(b.Made), cmp.Compare(a.Sent, b.Sent)) })
	return list
}

// Promises lists the next updates that a notice promised, by when it was sent.
func (n *Notice) Promises(inc *Incident) []Promise {
	if n.Def.NextUpdate.IsZero() {
		return nil
	}
	var sent []*Sending
	for i := range n.Versions {
		for j := range n.Versions[i].Sent {
			sent = append(sent, &n.Versions[i].Sent[j])
		}
	}
	sorted.Stable(sent, (*Sending).compare)
	var list []Promise
	for _, s := range sent {
		if last := len(list) - 1; last >= 0 && (repeats(list[last].made, s) || mayRepeat(list[last].made, s)) && (list[last].Kept == nil || s.compare(list[last].Kept) < 0) {
			continue // the same words again, or what may be, while what they promised is owed
		}
		list = append(list, n.promise(inc, s))
	}
	return list
}

// A Repeated is the entry that sent the words before that a statement has again, while the update which
// it promised was owed; 0 if the statement is not such a one.
type Repeated uint64

// String says what such a statement is, and what it is not.
func (r Repeated) String() string {
	if r == 0 {
		return ""
	}
	return fmt.Sprintf("the words of entry %d again, and so not the update that was promised there", uint64(r))
}

// Repeats is the entry whose words a statement has again; see [Repeated].
func (n *Notice) Repeats(inc *Incident, sent *Sending) Repeated {
	for _, p := range n.Promises(inc) {
		if p.made.compare(sent) < 0 && repeats(p.made, sent) && (p.Kept == nil || sent.compare(p.Kept) < 0) {
			return Repeated(p.Sent)
		}
	}
	return 0
}

// repeatedBy is Repeats of what an entry sent; 0 of one that does not count.
func repeatedBy(inc *Incident, notice string, seq uint64) (r Repeated) {
	if inc == nil {
		return 0
	}
	if n := inc.Notice(notice); n != nil && !n.Def.NextUpdate.IsZero() {
		for i := range n.Versions {
			for k := range n.Versions[i].Sent {
				if s := &n.Versions[i].Sent[k]; s.Seq == seq {
					r = n.Repeats(inc, s)
				}
			}
		}
	}
	return r
}

// repeats reports whether two sendings of one notice are known to say the same.
func repeats(a, b *Sending) bool {
	return a.Version == b.Version || sameClaims(a, b) && a.Text != WithheldText && strings.TrimSpace(a.Text) == strings.TrimSpace(b.Text)
}

// mayRepeat reports whether two sendings of one notice may say the same by words that are withheld.
func mayRepeat(a, b *Sending) bool {
	return sameClaims(a, b) && (a.Text == WithheldText || b.Text == WithheldText)
}

func sameClaims(a, b *Sending) bool { return slices.Equal(claimsSent(a), claimsSent(b)) }

// compare tells which of two statements came first; of the same moment, by the log.
func (s *Sending) compare(other *Sending) int {
	return cmp.Or(s.When.Compare(other.When), cmp.Compare(s.Seq, other.Seq))
}

// promise is the promise that a sending of n made, and what came next.
func (n *Notice) promise(inc *Incident, sent *Sending) Promise {
	p := Promise{Notice: n.ID, Version: sent.Version, Sent: sent.Seq, Made: sent.When, Due: n.Def.NextUpdate.After(sent.When, time.UTC), made: sent}
	unseen := inc.Redacted.Sent
	p.Hidden = unseen > 0 && !inc.Log[unseen-1].Recorded.Before(sent.When)
	anySending(inc, func(other *Notice, s *Sending) bool {
		switch {
		case s.compare(sent) <= 0, p.Kept != nil && p.Kept.compare(s) <= 0, other.ID == n.ID && repeats(s, sent):
		case other.ID == n.ID && mayRepeat(s, sent):
			p.Hidden = true
		case other.ID == n.ID, slices.Contains(s.Corrects, sent.Seq), n.Def.Audience != "" && n.sameAudience(inc, other):
			p.Kept, p.by = s, other
		case n.unseenAudience(inc) || other.unseenAudience(inc):
			p.Hidden = true
		}
		return false
	})
	return p
}

// NextUpdate is when the update is due that was promised by what was last sent; zero if
// none was, if it was given since, or if what would tell is withheld.
func (n *Notice) NextUpdate(inc *Incident) time.Time {
	promises := n.Promises(inc)
	if len(promises) == 0 {
		return time.Time{}
	}
	if p := &promises[len(promises)-1]; p.Kept == nil && !p.Hidden {
		return p.Due
	}
	return time.Time{}
}

// Owed is what has become at now of the update that NextUpdate tells of; false if that tells of none.
func (n *Notice) Owed(inc *Incident, now time.Time) (PromiseStanding, bool) {
	if n.NextUpdate(inc).IsZero() {
		return PromiseStanding{}, false
	}
	promises := n.Promises(inc)
	return promises[len(promises)-1].Standing(inc, now), true
}
