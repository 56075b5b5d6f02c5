package state

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A ClaimVerdict says whether a claim was true at the moment it was sent.
type ClaimVerdict string

// The verdicts. Only a claim of health can be over-claimed: who was told of more harm
// than there was is owed the next word, and was told nothing that lulls.
const (
	HeldTrue    ClaimVerdict = "held"
	OverClaimed ClaimVerdict = "not true when sent"
	Unfounded   ClaimVerdict = "not known to be true when sent"            // of health, and nothing was known by which it would be
	Otherwise   ClaimVerdict = "known otherwise"                           // of harm, and something else was so
	Unsettled   ClaimVerdict = "not known then"                            // of harm, and nothing was known
	Untellable  ClaimVerdict = "not known"                                 // what would tell is withheld
	ByOneself   ClaimVerdict = byOneself                                   // of what was verified by who restored it, and by nobody else
	ByWithheld  ClaimVerdict = "held; by whom it was verified is withheld" // so that whether another person looked is not known
)

// Fault is in what way a claim of health did not hold when it was sent; "" if it did, or that is
// not known.
func (v ClaimVerdict) Fault() Fault {
	switch v {
	case OverClaimed:
		return NeverTrue
	case Unfounded:
		return NeverKnown
	}
	return ""
}

// A Judged is one claim of a statement that was sent, and what became of it.
type Judged struct {
	Claim
	Verdict    ClaimVerdict
	Own        *OwnLook      // by what it was verified, if the verdict is ByOneself
	Then       ServiceState  // what was so when it was sent, by all that is known now
	KnownSince time.Time     // when that was recorded, if only after the sending; else zero
	Rest       bool          // it is not named, and is meant by what is said of all
	Withdrawn  Withdrawn     // the entry by which it was known then, if it was retracted since
	Failed     []FailedTimes // of health: when it was out and did not hold, in order
}

// A FailedTimes is a time during which a claim was out and did not hold.
type FailedTimes struct {
	Fault       Fault
	From, Until time.Time // Until is zero if it still is
	Seq         uint64    // the entry that made it so: the sending, if it never was true
	UntilSeq    uint64    // the entry that ended it; 0 if it still is
	State       ServiceState
}

// Judge says of each claim of a statement that n sent whether it was true then, by
// when things happened, whenever they were recorded; and when it did not hold since,
// until the same people were told anew. Behind its claims stand those that it does not name, and
// means because it speaks of all.
func (n *Notice) Judge(inc *Incident, sent *Sending) []Judged {
	out := make([]Judged, 0, len(sent.Claims)+len(sent.Rest))
	for _, claims := range [][]ClaimKnown{sent.Claims, sent.Rest} {
		for i := range claims {
			out = append(out, n.judge(inc, sent, claims[i].Claim))
		}
	}
	return out
}

func (n *Notice) judge(inc *Incident, sent *Sending, claim Claim) Judged {
	j := Judged{Claim: claim, Verdict: Untellable, Then: UnknownState, Rest: sent.means(claim.Service)}
	service := inc.Service(claim.Service)
	if service == nil || inc.Redacted.Runbook {
		return j
	}
	moves := service.course()
	was := serviceMove{to: UnknownState}
	next := slices.IndexFunc(moves, func(m serviceMove) bool { return !m.before(sent) })
	if next < 0 {
		next = len(moves)
	}
	if next > 0 {
		was = moves[next-1]
	}
	if unseen := inc.Redacted.Services; unseen > 0 && was.at.Before(inc.Log[unseen-1].Recorded) {
		return j // what is withheld may have happened between the two
	}
	j.Withdrawn = withdrawn(inc, sent, service)
	if known := sent.knownOf(claim); j.Withdrawn.Seq > 0 && !claim.State.OfHealth() && holdsClaim(claim.State, known) {
		j.Then, j.Verdict = known, HeldTrue // who was told of harm that was known then was told nothing else
		return j
	}
	j.Then, j.Verdict = was.to, HeldTrue
	if was.seq > sent.Seq {
		j.KnownSince = was.recorded
	}
	if !j.holds(was.to) {
		j.Verdict = verdictOf(claim.State.OfHealth(), was.to != UnknownState)
	}
	if claim.State.OfHealth() && (j.Verdict != HeldTrue || slices.ContainsFunc(moves[next:], func(m serviceMove) bool { return !j.holds(m.to) })) {
		j.Failed = n.failed(inc, sent, j, moves[next:])
	}
	j.byOneself(inc, service, was, sent)
	return j
}

// byOneself notes that a claim holds by nobody's look but that of who had restored the service.
func (j *Judged) byOneself(inc *Incident, service *Service, was serviceMove, sent *Sending) {
	if j.Verdict != HeldTrue || !j.State.byAnother() || was.to != Verified {
		return
	}
	own, known := service.lookedThen(inc, was, sent)
	switch j.Own = own; {
	case own != nil:
		j.Verdict = ByOneself
	case !known:
		j.Verdict = ByWithheld
	}
}

// knownOf is what was known, by the entry that sent it, of a service of which a statement claims something.
func (s *Sending) knownOf(claim Claim) ServiceState {
	if i := slices.IndexFunc(s.Claims, func(c ClaimKnown) bool { return c.Claim == claim }); i >= 0 {
		return s.Claims[i].Known
	}
	return UnknownState
}

// holds reports whether what is claimed would be so of a service in a state.
func (j *Judged) holds(to ServiceState) bool {
	if j.Rest {
		return to.Standing() == Back
	}
	return holdsClaim(j.State, to)
}

// verdictOf is what is said of a claim that did not hold. Of what nothing was known of it is not
// said that it was false.
func verdictOf(health, known bool) ClaimVerdict {
	switch {
	case health && known:
		return OverClaimed
	case health:
		return Unfounded
	case known:
		return Otherwise
	}
	return Unsettled
}

// failed is when a claim of health was out and did not hold, by what came after the
// sending; nil if it cannot be told until when it was out.
func (n *Notice) failed(inc *Incident, sent *Sending, j Judged, after []serviceMove) []FailedTimes {
	end, told := n.outUntil(inc, sent, j.Service)
	if !told {
		return nil
	}
	times, open := failedMoves(sent, j, after, end)
	switch over := func(at time.Time, seq uint64) { times[len(times)-1].end(at, seq) }; {
	case open == "" || end == nil:
	case open.False() || j.Rest || end.saysOf(j.Service):
		over(end.When, end.Seq)
	default:
		untilWord(n, inc, sent, j.Service, after, end, over)
	}
	return times
}

// failedMoves are the times during which a claim did not hold by what its service came to be, until
// another statement ended it, and what the last is that has not ended; "" if it has.
func failedMoves(sent *Sending, j Judged, after []serviceMove, end *Sending) (times []FailedTimes, open Fault) {
	open = j.Verdict.Fault()
	known := open != NeverKnown // whether it was known before how the claim stood
	if open != "" {
		times = append(times, FailedTimes{Fault: open, From: sent.When, Seq: sent.Seq, State: j.Then})
	}
	for _, m := range after {
		if end != nil && !m.before(end) {
			break
		}
		fault := faultOf(j.holds(m.to), known, m.to)
		known = known || fault == ""
		if open != "" && (fault == "" || fault.False() != open.False()) {
			times[len(times)-1].end(m.at, m.seq)
			open = ""
		}
		if open == "" && fault != "" {
			times = append(times, FailedTimes{Fault: fault, From: m.at, Seq: m.seq, State: m.to})
			open = fault
		}
	}
	return times, open
}

func (f *FailedTimes) end(at time.Time, seq uint64) { f.Until, f.UntilSeq = at, seq }

// untilWord ends a time during which it was not known whether a claim held, and that a statement
// which says nothing of its service did not end: by one that does, or by what became known.
func untilWord(n *Notice, inc *Incident, sent *Sending, service string, after []serviceMove, end *Sending, over func(time.Time, uint64)) {
	word := wordOn(n, inc, sent, service)
	for i := range after {
		if m := &after[i]; !m.before(end) && m.to != UnknownState && (word == nil || m.before(word)) {
			over(m.at, m.seq)
			return
		}
	}
	if word != nil {
		over(word.When, word.Seq)
	}
}

// wordOn is the first sending by which those who had a statement were told anew of a service; nil if
// there is none.
func wordOn(n *Notice, inc *Incident, sent *Sending, service string) (word *Sending) {
	anySending(inc, func(other *Notice, s *Sending) bool {
		if s.Seq > sent.Seq && (word == nil || s.Seq < word.Seq) && s.saysOf(service) &&
			(other.ID == n.ID || slices.Contains(s.Corrects, sent.Seq) || n.sameAudience(inc, other)) {
			word = s
		}
		return false
	})
	return word
}

// lingering is what earlier statements of the notice, or one that was corrected, claim of services of
// which nothing is known, and no word since says anything.
func (n *Notice) lingering(inc *Incident) (failings []Failing) {
	_, last := n.LastSent()
	if last == nil || inc.Redacted.Sent > 0 {
		return nil
	}
	for i := range n.Versions {
		for k := range n.Versions[i].Sent {
			sent := &n.Versions[i].Sent[k]
			if sent.Seq == last.Seq && !wasCorrected(inc, sent.Seq) || n.ToldOnce(inc, sent) {
				continue
			}
			for _, known := range inc.Known(claimsSent(sent)) {
				if known.Known != UnknownState || !known.State.OfHealth() || !inc.Knows(known.Service) {
					continue
				}
				times := n.judge(inc, sent, known.Claim).Failed
				if t := len(times) - 1; t >= 0 && times[t].Until.IsZero() {
					failings = append(failings, Failing{Fault: times[t].Fault, Why: fmt.Sprintf("%s; entry %d said so, and no word since says anything of it", n.sayDiffers(inc, sent.Text, known), sent.Seq)})
				}
			}
		}
	}
	return failings
}

// faultOf is in what way a claim does not hold once its service goes into a state; "" if it does.
// known is whether it was known before how the claim stood.
func faultOf(holds, known bool, to ServiceState) Fault {
	switch {
	case holds:
		return ""
	case to == UnknownState:
		return NotKnownSince
	case known:
		return NoLongerTrue
	}
	return FoundUntrue
}

// outUntil is the sending by which the audience of another was told anew what that one
// says of a service; nil if none was. It is not told if such a one may be withheld.
func (n *Notice) outUntil(inc *Incident, sent *Sending, service string) (end *Sending, told bool) {
	if inc.Redacted.Sent > sent.Seq {
		return nil, false
	}
	told = true
	anySending(inc, func(other *Notice, s *Sending) bool {
		says := s.saysOf(service)
		switch {
		case s.Seq <= sent.Seq || end != nil && s.Seq > end.Seq:
		case other.ID == n.ID, slices.Contains(s.Corrects, sent.Seq), says && n.sameAudience(inc, other):
			end = s
		case says && (n.unseenAudience(inc) || other.unseenAudience(inc)):
			told = false
		}
		return false
	})
	return end, told
}

// sameAudience reports whether two notices are known to speak to the same people.
func (n *Notice) sameAudience(inc *Incident, other *Notice) bool {
	return n.Def.Audience == other.Def.Audience && !n.unseenAudience(inc)
}

// ToldOnce reports whether what was sent is a word given once, that is not watched: by
// telephone, or to somebody whose follow-up a clock demands.
func (n *Notice) ToldOnce(inc *Incident, sent *Sending) bool {
	return n.Def.NextUpdate.IsZero() && (demanded(inc, n) || spoken(sent.Channel))
}

// spoken reports whether a channel is a telephone, as people write it: "telephone to the duty
// officer", "by phone", "tel:112".
func spoken(channel string) bool {
	channel = strings.TrimSpace(strings.ToLower(channel))
	for _, word := range []string{"telephone", "phone", "tel:"} {
		if strings.HasPrefix(channel, word) {
			return true
		}
	}
	return strings.HasSuffix(channel, " telephone") || strings.HasSuffix(channel, " phone")
}

// Superseded says, a phrase each, what has changed of the harm that was last told, so
// that its audience is owed the next word. It was not untrue, and never rings.
func (n *Notice) Superseded(inc *Incident) []string {
	version, sent := n.LastSent()
	if version == nil || wasCorrected(inc, sent.Seq) || n.ToldOnce(inc, sent) || inc.Redacted.Sent > sent.Seq {
		return nil
	}
	var news []string
	for _, known := range inc.Known(claimsSent(sent)) {
		said, perhaps := n.saidSince(inc, known.Service, sent.Seq)
		if known.Holds || known.State.OfHealth() || said || perhaps || !inc.Knows(known.Service) {
			continue
		}
		if was := withdrawn(inc, sent, inc.Service(known.Service)); !known.Unsure() || was.Seq > 0 {
			news = append(news, n.sayDiffers(inc, sent.Text, known)+was.after())
		}
	}
	return news
}

// saidSince reports whether the audience of n was told something newer about a
// service, after entry seq and by another notice; and whether one was told that may
// be the same, but is withheld.
func (n *Notice) saidSince(inc *Incident, service string, seq uint64) (said, perhaps bool) {
	anySending(inc, func(other *Notice, s *Sending) bool {
		switch {
		case s.Seq <= seq || other.ID == n.ID || !s.saysOf(service):
		case n.unseenAudience(inc) || other.unseenAudience(inc):
			perhaps = true
		case other.Def.Audience == n.Def.Audience:
			said = true
		}
		return said
	})
	return said, perhaps
}

// unseenAudience reports whether it is withheld to whom a notice is.
func (n *Notice) unseenAudience(inc *Incident) bool {
	return n.Def.Audience == WithheldText || n.Def.Audience == "" && inc.Redacted.Runbook
}
