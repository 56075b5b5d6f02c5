package state

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"muster/runbooks"
)

// Stale says, a phrase each, why what was last sent is not true; empty
// while it is, or nothing was sent, or nothing is known that makes it untrue.
func (n *Notice) Stale(inc *Incident) []string {
	why, _, _ := n.truth(inc)
	return why
}

// NotTrue is Stale with the words before each phrase that say whether it never was true, or
// is not any more.
func (n *Notice) NotTrue(inc *Incident) []string {
	why, never, _ := n.truth(inc)
	for i := range why {
		why[i] = NotTrue(i < never, inc.Mode == Drill) + ": " + why[i]
	}
	return why
}

// NotTrue are the words for what is out and is not true: whether it was not when it was sent,
// or is not any more. In a drill nothing was sent.
func NotTrue(whenSent, drill bool) string {
	switch {
	case !whenSent:
		return "NOT TRUE ANY MORE"
	case drill:
		return "NOT TRUE WHEN IT WOULD HAVE BEEN SENT"
	}
	return "NOT TRUE WHEN IT WAS SENT"
}

// CameOf says what came of the statement that was last sent, where that is more than that it was
// sent: it was corrected, or was not true then. "" if there is nothing to tell, or it is told as
// stale.
func (n *Notice) CameOf(inc *Incident) string {
	_, sent := n.LastSent()
	if sent == nil || n.Status(inc) != Sent {
		return ""
	}
	switch untrue, corrected := n.overClaimed(inc, sent), wasCorrected(inc, sent.Seq); {
	case untrue && corrected:
		return "was not true; corrected"
	case untrue:
		return "was not true then"
	case corrected:
		return "corrected"
	}
	return ""
}

// Untold says on what the truth of what was last sent rests that this copy of the
// log does not tell, so that [Incident.Stale] cannot either: services and answers; or
// only statements, if another may have been sent since. It is empty if all is known,
// or nothing was sent.
func (n *Notice) Untold(inc *Incident) []string {
	_, _, lacks := n.truth(inc)
	return lacks
}

// truth is what makes what was last sent untrue, of which the first few never were true, and
// what it rests on and is withheld.
func (n *Notice) truth(inc *Incident) (why []string, never int, lacks []string) {
	version, sent := n.LastSent()
	switch last := n.Last(); {
	case version == nil && (last == nil || inc.Redacted.Sent < last.Seq), version != nil && wasCorrected(inc, sent.Seq):
		return nil, 0, nil
	case version == nil || inc.Redacted.Sent > sent.Seq:
		return nil, 0, []string{"statements"}
	case n.ToldOnce(inc, sent):
		return nil, 0, nil
	}
	untold := false
	for _, known := range inc.Known(claimsSent(sent)) {
		switch breaks, unknown := n.breaks(inc, sent, known); {
		case unknown:
			untold = true
		case breaks && n.neverTrue(inc, sent, known.Claim):
			why = slices.Insert(why, never, n.differedWhenSent(inc, sent, known))
			never++
		case breaks:
			why = append(why, "it says that "+sayDiffers(inc, known))
		}
	}
	if untold {
		lacks = append(lacks, "services")
	}
	changed, untold := n.changed(inc, version, sent)
	if untold {
		lacks = append(lacks, "answers")
	}
	return append(why, changed...), never, lacks
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

// neverTrue reports whether a claim did not hold when it was sent, nor at any time since.
func (n *Notice) neverTrue(inc *Incident, sent *Sending, claim Claim) bool {
	times := n.judge(inc, sent, claim).Untrue
	return len(times) > 0 && times[0].Seq == sent.Seq && times[0].Until.IsZero()
}

// differedWhenSent says how a claim and what was so when it was sent differ; what is so now
// beside it where that is something else, for it came after the sending.
func (n *Notice) differedWhenSent(inc *Incident, sent *Sending, known ClaimKnown) string {
	then := n.judge(inc, sent, known.Claim).Then
	if then == known.Known {
		return "it says that " + sayDiffers(inc, known)
	}
	return inc.SayDiffers(known.Claim, then) + "; it is known to be " + string(known.Known) + " now"
}

// Changed says, a phrase each, which of the answers that the last text sent rests on are
// others now; nothing once it was corrected, or if it is not watched.
func (n *Notice) Changed(inc *Incident) []string {
	version, sent := n.LastSent()
	if version == nil || wasCorrected(inc, sent.Seq) || inc.Redacted.Sent > sent.Seq || n.ToldOnce(inc, sent) {
		return nil
	}
	why, _ := n.changed(inc, version, sent)
	return why
}

// changed says which of the answers that a text rests on are others now, and whether
// some may be that are withheld.
func (n *Notice) changed(inc *Incident, version *NoticeVersion, sent *Sending) (why []string, untold bool) {
	untold = version.Withheld.Has(Notes)
	prefix := prefixOf(inc, n.Book)
	answers := answersOf(inc, n.Book)
	for _, id := range slices.Sorted(maps.Keys(version.Basis)) {
		was, now := version.Basis[id], answers[id]
		switch {
		case inc.Unseen(id), prefix != "" && inc.Unseen(prefix+id):
			untold = true
		case was != now && !n.stillSays(inc, id, was):
			why = append(why, fmt.Sprintf("%s %s when entry %d was sent and %s", id, saidBefore(was), sent.Seq, saysNow(now)))
		}
	}
	return why, untold
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

// StaleNotices lists the notices that say what is not true any more.
func (inc *Incident) StaleNotices() []*Notice {
	var list []*Notice
	for i := range inc.Notices {
		if n := &inc.Notices[i]; len(n.Stale(inc)) > 0 {
			list = append(list, n)
		}
	}
	return list
}
