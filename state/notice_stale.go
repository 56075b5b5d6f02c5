package state

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"muster/runbooks"
)

// Failings says of what was last sent what does not hold: first what is known not to be so, and
// of that what never was.
func (n *Notice) Failings(inc *Incident) []Failing {
	failings, _ := n.truth(inc)
	return failings
}

// NotHeld is in words, a phrase each, what of what was last sent does not hold, or did not when it was
// sent: the weightiest first, as a judge of it would.
func (n *Notice) NotHeld(inc *Incident) []string {
	var says []string
	for _, f := range weightiest(append(NotThen(inc, n), n.Failings(inc)...)) {
		says = append(says, f.Fault.Loud(inc.Mode == Drill)+": "+f.Why)
	}
	return says
}

// Stale says, a phrase each, why what was last sent is not true; empty while it is, or nothing
// was sent, or nothing is known that makes it untrue.
func (n *Notice) Stale(inc *Incident) []string { return n.whys(inc, true) }

// Unsure says, a phrase each, what of what was last sent is not known to be true; empty if
// nothing is so, or it is withheld what would tell.
func (n *Notice) Unsure(inc *Incident) []string { return n.whys(inc, false) }

// whys says why what was last sent does not hold: what of it is false, or what is not known.
func (n *Notice) whys(inc *Incident, isFalse bool) (why []string) {
	for _, f := range n.Failings(inc) {
		if f.Fault.False() == isFalse {
			why = append(why, f.Why)
		}
	}
	return why
}

// CameOf is what came of the statement that was last sent. Of one that is told as stale or as unsure it
// is whether it was early, and whether something else in it was not true when it was sent.
func (n *Notice) CameOf(inc *Incident) Fate {
	_, sent := n.LastSent()
	if sent == nil {
		return Fate{}
	}
	switch n.Status(inc) {
	case Sent:
		return Fate{Early: n.Early(sent), Then: n.Then(inc, sent), Corrected: wasCorrected(inc, sent.Seq)}
	case Stale, Unsure:
		fate := Fate{Early: n.Early(sent)}
		if len(NotThen(inc, n)) > 0 {
			fate.Then = NeverTrue
		}
		return fate
	}
	return Fate{}
}

// Then is the weightiest of what did not hold when a statement was sent: NeverTrue before
// NeverKnown; "" if all held, or it is withheld what would tell.
func (n *Notice) Then(inc *Incident, sent *Sending) Fault {
	worst := Fault("")
	for _, j := range n.Judge(inc, sent) {
		switch j.Verdict {
		case OverClaimed:
			return NeverTrue
		case Unfounded:
			worst = NeverKnown
		}
	}
	return worst
}

// Unlooked are the titles of the services of which nothing was known when a statement said that
// all are back, and did not name them; by what is known now of then.
func (n *Notice) Unlooked(inc *Incident, sent *Sending) (titles []string) {
	for i := range inc.Services {
		s := &inc.Services[i]
		if sent.means(s.ID) && n.judge(inc, sent, Claim{Service: s.ID, State: allBack(n.Def)}).Verdict == Unfounded {
			titles = append(titles, s.Def.Title)
		}
	}
	return titles
}

// AmissNotices lists the notices of which something that is out does not hold.
func (inc *Incident) AmissNotices() []*Notice {
	var list []*Notice
	for i := range inc.Notices {
		if n := &inc.Notices[i]; len(n.Failings(inc)) > 0 {
			list = append(list, n)
		}
	}
	return list
}

// Untold says on what the truth of what was last sent rests that this copy of the
// log does not tell, so that [Incident.Stale] cannot either: services and answers; or
// only statements, if another may have been sent since. It is empty if all is known,
// or nothing was sent.
func (n *Notice) Untold(inc *Incident) []string {
	_, lacks := n.truth(inc)
	return lacks
}

// truth is what of what was last sent does not hold, and what that rests on and is withheld.
func (n *Notice) truth(inc *Incident) (failings []Failing, lacks []string) {
	version, sent := n.LastSent()
	switch last := n.Last(); {
	case version == nil && (last == nil || inc.Redacted.Sent < last.Seq), version != nil && wasCorrected(inc, sent.Seq):
		return n.lingering(inc), nil
	case version == nil || inc.Redacted.Sent > sent.Seq:
		return nil, []string{"statements"}
	case n.ToldOnce(inc, sent):
		return nil, nil
	}
	failings, untold := n.amiss(inc, sent)
	if untold {
		lacks = append(lacks, "services")
	}
	changed, untold := n.changed(inc, version, sent)
	if untold {
		lacks = append(lacks, "answers")
	}
	failings = append(append(failings, changed...), n.lingering(inc)...)
	return weightiest(failings), lacks
}

// amiss is what of the claims that are out does not hold, and whether of some that is not known.
// What was meant of all, and of which nothing is known yet, is one thing.
func (n *Notice) amiss(inc *Incident, sent *Sending) (failings []Failing, untold bool) {
	var titles []string
	for _, known := range saidBy(inc, sent) {
		breaks, unknown := n.breaks(inc, sent, known)
		untold = untold || unknown
		if !breaks {
			continue
		}
		f := n.failing(inc, sent, known)
		if f.Fault == NeverKnown && sent.means(known.Service) {
			titles = append(titles, serviceTitle(inc, known.Service))
			continue
		}
		failings = append(failings, f)
	}
	if len(titles) > 0 {
		failings = append(failings, Failing{Fault: NeverKnown, Why: "it says that all are back, and it is not known how these stand: " + fewOf(titles)})
	}
	return failings, untold
}

// breaks reports whether a claim that is out does not hold, or that this is not known.
func (n *Notice) breaks(inc *Incident, sent *Sending, known ClaimKnown) (breaks, unknown bool) {
	said, perhaps := n.saidSince(inc, known.Service, sent.Seq)
	if said || !known.State.OfHealth() {
		return false, false
	}
	unknown = !inc.Knows(known.Service) || !known.Holds && perhaps
	return !unknown && !known.Holds, unknown
}

// failing is in what way a claim that does not hold does not: by the time during which it did
// not that is not over.
func (n *Notice) failing(inc *Incident, sent *Sending, known ClaimKnown) Failing {
	fault := NoLongerTrue
	if known.Unsure() {
		fault = NotKnownSince
	}
	if times := n.judge(inc, sent, known.Claim).Failed; len(times) > 0 {
		if last := times[len(times)-1]; last.Until.IsZero() {
			fault = last.Fault
		}
	}
	if fault == NeverTrue {
		return Failing{Fault: fault, Why: n.differedWhenSent(inc, sent, known) + withdrawnOf(inc, sent, known.Service).after()}
	}
	return Failing{Fault: fault, Why: n.sayDiffers(inc, sent.Text, known) + withdrawnOf(inc, sent, known.Service).after()}
}

// differedWhenSent says how a claim and what was so when it was sent differ; what is so now
// beside it where that is something else, for it came after the sending.
func (n *Notice) differedWhenSent(inc *Incident, sent *Sending, known ClaimKnown) string {
	then := n.judge(inc, sent, known.Claim).Then
	if then == known.Known {
		return n.sayDiffers(inc, sent.Text, known)
	}
	return n.SayDiffers(inc, sent, known.Claim, then) + "; it is known to be " + string(known.Known) + " now"
}

// Changed says which of the answers that the last text sent rests on are others now, or are not
// known any more; nothing once it was corrected, or if it is not watched.
func (n *Notice) Changed(inc *Incident) []Failing {
	version, sent := n.LastSent()
	if version == nil || wasCorrected(inc, sent.Seq) || inc.Redacted.Sent > sent.Seq || n.ToldOnce(inc, sent) {
		return nil
	}
	why, _ := n.changed(inc, version, sent)
	return why
}

// changed says which of the answers that a text rests on are others now, and whether
// some may be that are withheld.
func (n *Notice) changed(inc *Incident, version *NoticeVersion, sent *Sending) (failings []Failing, untold bool) {
	untold = version.Withheld.Has(Notes)
	prefix := prefixOf(inc, n.Book)
	answers := answersOf(inc, n.Book)
	for _, id := range slices.Sorted(maps.Keys(version.Basis)) {
		was, now := version.Basis[id], answers[id]
		switch {
		case inc.Unseen(id), prefix != "" && inc.Unseen(prefix+id):
			untold = true
		case was != now && !n.stillSays(inc, id, was):
			fault := NoLongerTrue
			if now == "" {
				fault = NotKnownSince
			}
			of := fmt.Sprintf("%s %s when entry %d was sent and %s", id, saidBefore(was), sent.Seq, saysNow(now))
			failings = append(failings, Failing{Fault: fault, Why: of + n.quoteLost(inc, sent, id, was), Of: of})
		}
	}
	return failings, untold
}

// saysOther reports whether the notice would say something else now for the answer to a
// question alone: its text may be the same whether nobody has answered or nobody knows.
func (n *Notice) saysOther(inc *Incident, id, was string) bool {
	then, now, told := n.saidFor(inc, id, was)
	return !told || then != now
}

// stillSays reports whether all that the notice said when an answer was another it would say
// today, word by word. What it would say besides is news, and makes nothing untrue.
func (n *Notice) stillSays(inc *Incident, id, was string) bool {
	then, now, told := n.saidFor(inc, id, was)
	said := sentences(now)
	return told && !slices.ContainsFunc(sentences(then), func(one string) bool { return !slices.Contains(said, one) })
}

// quoteLost quotes what a statement says in words because an answer was another, and would not say
// today; "" if no sentence of it is bound to that.
func (n *Notice) quoteLost(inc *Incident, sent *Sending, id, was string) string {
	then, now, told := n.saidFor(inc, id, was)
	if !told || sent.Text == WithheldText {
		return ""
	}
	rest, stands, quoted := sentences(now), sentences(sent.Text), []string(nil)
	for _, one := range sentences(then) {
		if slices.Contains(stands, one) && !slices.Contains(rest, one) {
			quoted = append(quoted, Quoted(one))
		}
	}
	if len(quoted) == 0 {
		return ""
	}
	return "; it says " + strings.Join(quoted, " and ")
}

// sentences are the sentences of a text, in the words in which they stand.
func sentences(text string) []string {
	ends := strings.NewReplacer(". ", ".\n", "! ", "!\n", "? ", "?\n")
	var all []string
	for line := range strings.Lines(ends.Replace(text)) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// saidFor is what the notice says with an answer as it was and as it is, and all else as it is
// now. It is not told of a name that stands in texts by itself, nor of what cannot be filled in.
func (n *Notice) saidFor(inc *Incident, id, was string) (then, now string, told bool) {
	if id == "org" {
		return "", "", false
	}
	answers := maps.Clone(answersOf(inc, n.Book))
	answers[id] = was
	if was == "" {
		delete(answers, id)
	}
	after := newRendering(inc, runbooks.MaxTitleWork)
	before := &rendering{inc, after.values, map[int]map[string]string{n.Book: answers}, after.renderer} // the template is read once
	before.values.Answers = answers
	stand := &Step{Book: n.Book, Def: &runbooks.Step{}}
	now, then = after.text(stand, n.Def.Text), before.text(stand, n.Def.Text)
	return then, now, now != n.Def.Text && then != n.Def.Text
}

// saidBefore says of a question what its answer was.
func saidBefore(value string) string {
	if value == "" {
		return "had no answer"
	}
	return "was " + strconv.Quote(value)
}

// saysNow says of a question what its answer is.
func saysNow(value string) string {
	if value == "" {
		return "has no answer now"
	}
	return "is " + strconv.Quote(value)
}

// Status says where a notice stands. One that was sent counts as true while
// nothing is known that makes it untrue; see [Notice.Untold].
func (n *Notice) Status(inc *Incident) NoticeStatus {
	last := n.Last()
	switch {
	case inc.Redacted.Drafts > n.last():
		return Unheard
	case last == nil:
		return Unwritten
	case len(n.MayHaveLeft()) > 0:
		return MayBeOut
	case len(last.Sent) > 0 && len(n.Stale(inc)) > 0:
		return Stale
	case len(last.Sent) > 0 && len(n.Unsure(inc)) > 0:
		return Unsure
	case len(last.Sent) > 0:
		return Sent
	case last.ApprovedBy != "":
		return Approved
	}
	return Draft
}

// last is the last entry that is known to have brought a notice where it stands: a draft
// of its last version, or a sending of that.
func (n *Notice) last() uint64 {
	v := n.Last()
	if v == nil {
		return 0
	}
	last := v.Seq
	for i := range v.Sent {
		last = max(last, v.Sent[i].Seq)
	}
	return last
}
