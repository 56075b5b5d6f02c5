package state

import (
	"fmt"
	"slices"
)

// versionOf is a notice's text, to be changed: readers keep the old one.
func versionOf(inc *Incident, notice string, number int) *NoticeVersion {
	n := inc.Notice(notice)
	if n == nil {
		inc.Unresolved++
		return nil
	}
	n.Versions = slices.Clone(n.Versions)
	for i := range n.Versions {
		if n.Versions[i].Number == number {
			return &n.Versions[i]
		}
	}
	inc.Unresolved++
	return nil
}

// notice is the notice a command names; nil if it was refused.
func (d *decision) notice(id string) *Notice {
	n := d.inc.Notice(id)
	if n == nil {
		d.none(NounNotice, id)
	}
	return n
}

// version is a notice's text by number, 0 for the last; nil if it was refused.
func (d *decision) version(n *Notice, number int) *NoticeVersion {
	last := n.Last()
	switch {
	case last == nil:
		d.refuse(Refusal{Reason: Missing, Text: fmt.Sprintf("%s has no text yet.", n.Title()), Hint: "Draft it first.", Acts: []Act{{Deed: DeedDraft, Of: n.ID}}})
		return nil
	case last.Withheld.Has(Notes):
		d.refuse(Refusal{Reason: Missing, Seq: last.Seq, Text: fmt.Sprintf("The text of %s is withheld from this copy of the log.", n.Title()), Hint: "Draft it anew.", Acts: []Act{{Deed: DeedDraft, Of: n.ID}}})
		return nil
	case number == 0 || number == last.Number:
		return last
	}
	d.refuse(Refusal{Reason: Invalid, Seq: last.Seq, Text: fmt.Sprintf("Version %d of %s is not its last one: %s drafted version %d at %s.", number, n.Title(), last.By, last.Number, d.clock(last.When)),
		Hint: "Read the last version."})
	return nil
}

// wasCorrected reports whether a later statement took the place of the one sent in
// entry seq.
func wasCorrected(inc *Incident, seq uint64) bool {
	return anySending(inc, func(_ *Notice, s *Sending) bool { return slices.Contains(s.Corrects, seq) })
}

// anySending reports whether yes is true of any sending.
func anySending(inc *Incident, yes func(*Notice, *Sending) bool) bool {
	for i := range inc.Notices {
		n := &inc.Notices[i]
		for v := range n.Versions {
			for s := range n.Versions[v].Sent {
				if yes(n, &n.Versions[v].Sent[s]) {
					return true
				}
			}
		}
	}
	return false
}

// toSend is the version of a notice that a command is about: of one that has begun to
// leave, the one that did, whatever was drafted since; nil if it was refused.
func (d *decision) toSend(n *Notice, version int, leaving uint64) *NoticeVersion {
	if leaving == 0 {
		return d.version(n, version)
	}
	for i := range n.Versions {
		v := &n.Versions[i]
		at := slices.IndexFunc(v.Leaving, func(l Leaving) bool { return l.Seq == leaving })
		if at < 0 || v.Number != version {
			continue
		}
		if ended := v.Leaving[at].Ended; ended != 0 {
			d.refuse(Refusal{Reason: AlreadySo, Overridable: true, Seq: ended, Text: fmt.Sprintf("Entry %d says already what came of it.", ended), Hint: "If that is wrong, retract it.", Acts: []Act{{Deed: DeedRetract, Seq: ended}}})
		}
		return v
	}
	d.refuse(Refusal{Reason: Invalid, Seq: leaving, Text: fmt.Sprintf("Entry %d does not say that version %d of %s is leaving.", leaving, version, n.Title())})
	return nil
}

// unsettled refuses, softly, to send what may have left already.
func (d *decision) unsettled(n *Notice) {
	open := n.MayHaveLeft()
	if len(open) == 0 {
		return
	}
	last := open[len(open)-1]
	d.refuse(Refusal{Reason: AlreadySo, Overridable: true, Seq: last.Seq,
		Text: fmt.Sprintf("Version %d of %s may have left at %s by %s: nobody has said whether it arrived.", last.Version, n.Title(), d.clock(last.When), last.Channel),
		Hint: "Look there, and say so. If it must go out again now, say why.", Acts: []Act{{Deed: DeedSettle, Of: n.ID}}})
}
