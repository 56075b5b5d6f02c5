package export

import (
	"slices"
	"strings"
	"time"

	"muster/state"
	"muster/state/sorted"
	"muster/state/view"
)

// A telling is what the first page says of one statement.
type telling struct {
	notice      *view.NoticeRecord
	first, last *view.Sending
	times       int
}

// tellings are the statements that went out, by when they first did.
func tellings(notices []view.NoticeRecord) []telling {
	var list []telling
	for i := range notices {
		t := telling{notice: &notices[i]}
		for j := range t.notice.Versions {
			for k := range t.notice.Versions[j].Sent {
				s := &t.notice.Versions[j].Sent[k]
				t.times++
				if t.first == nil || s.At.Before(t.first.At) {
					t.first = s
				}
				if t.last == nil || !s.At.Before(t.last.At) {
					t.last = s
				}
			}
		}
		if t.times > 0 {
			list = append(list, t)
		}
	}
	sorted.Stable(list, func(a, b telling) int { return a.first.At.Compare(b.first.At) })
	return list
}

// standing says whether a statement holds, and whether it always did, and whether more has to be
// said to those who have it.
func standing(t *telling, r *report) markdown {
	now := held(t, r)
	if len(t.notice.Superseded) > 0 {
		now += "; " + view.OwedTheNextWord
	}
	for _, of := range rested(t.last) {
		now += "; " + escaped(of)
	}
	for _, c := range t.notice.Otherwise {
		now += "; **CONTRADICTION**: " + escaped(c)
	}
	return now
}

// rested says of what a statement claims that the entry on which it rested was retracted since.
func rested(sent *view.Sending) (says []string) {
	for _, c := range sent.Claims {
		if c.Retracted != "" {
			says = append(says, "of "+c.Title+": "+c.Retracted)
		}
	}
	return says
}

// held says whether a statement holds, and whether it always did. Of several that were sent
// it says of which it tells.
func held(t *telling, r *report) markdown {
	n, drill := t.notice, r.drill
	is := escaped(string(n.Status))
	if drill && n.Status == state.Sent {
		is = "would have been sent"
	}
	if out := stillOut(n.Failed()); out != nil {
		now := strong(markdown(out.Fault.Loud(drill)))
		if out.WhenSent {
			now += ", and still out" // whatever of it was true and is not any more
		}
		if wasNever(n, t.last) && out.Fault != state.NeverTrue {
			now += severally(n.Failed())(r, out)
		} else if out.Fault.False() || len(n.Untrue) == 0 {
			return now
		}
		return wasUntrue(t, r, now)
	}
	now := wasUntrue(t, r, is)
	if by := corrected(n); n.Status == state.Sent && by > 0 && !strings.Contains(string(now), "corrected by") {
		now += "; corrected by " + entryRef(by)
	}
	if len(n.Untrue)+len(n.Unsure) == 0 && truthUnknown(n) {
		now += "; not known for certain whether it is true: what would tell is withheld"
	}
	return now
}

// wasNever reports whether something in what was last sent was not true when it was sent, and that is over:
// it goes before what is so now.
func wasNever(n *view.NoticeRecord, last *view.Sending) bool {
	return slices.ContainsFunc(n.Untrue, func(u view.Untrue) bool {
		return u.Until != nil && u.Fault == state.NeverTrue && u.Sent == last.Seq
	})
}

// stillOut is the first time that is not over, of those that are of what is false, if some are;
// and of these one of the moment at which it was sent.
func stillOut(spans []view.Untrue) (out *view.Untrue) {
	for i := range spans {
		u := &spans[i]
		if u.Until == nil && (out == nil || u.Fault.False() == out.Fault.False() && u.WhenSent && !out.WhenSent) {
			out = u
		}
	}
	return out
}

// wasUntrue adds to how a statement is when it was not true, or not known to be, each once, and
// first what was so when it was sent; of several that were sent, which was.
func wasUntrue(t *telling, r *report, is markdown) markdown {
	var never, since []markdown
	spans := t.notice.Failed()
	which := severally(spans)
	for _, u := range spans {
		if u.Until == nil || lighter(spans, &u) {
			continue
		}
		of := markdown("")
		if t.times > 1 && u.Sent > 0 {
			of = "that of " + entryRef(u.Sent) + " "
		}
		was := of + "was " + markdown(u.Fault.Past(r.drill))
		list, text := &since, was+which(r, &u)+" for "+lasted(int64(u.Until.Sub(u.From)/time.Second))+", until "+entryRef(u.UntilSeq)
		switch again := saidAgain(r, &u); {
		case u.WhenSent:
			list, text = &never, strong(was)+which(r, &u)+ended(r, &u, again)
		case again:
			text += ", which said it again"
		}
		if !slices.Contains(*list, text) {
			*list = append(*list, text)
		}
	}
	all := append(never, since...)
	if wasNever(t.notice, t.last) && strings.HasPrefix(string(is), "*") {
		return joined(append(append(never, is), since...))
	}
	if len(never) == 0 || t.times > 1 || strings.HasPrefix(string(is), "*") {
		all = append([]markdown{is}, all...)
	}
	return joined(all)
}

// lighter reports whether a time is of what was not known to be true of a statement that was not
// true: that it was known since how one thing stood would read as if the whole were true since.
func lighter(spans []view.Untrue, u *view.Untrue) bool {
	return u.Fault == state.NeverKnown && slices.ContainsFunc(spans, func(o view.Untrue) bool { return o.Fault == state.NeverTrue && o.Sent == u.Sent })
}

// severally names the service of which a statement was untrue, where it was so of a few at times
// of their own: what is said of one must not be read of another.
func severally(untrue []view.Untrue) func(*report, *view.Untrue) markdown {
	const most = 3
	services, apart := make(map[string]bool), false
	for i := range untrue {
		u := &untrue[i]
		services[u.Service] = true
		apart = apart || slices.ContainsFunc(untrue, func(o view.Untrue) bool {
			return o.Sent == u.Sent && o.Service != u.Service && (o.Seq != u.Seq || o.UntilSeq != u.UntilSeq)
		})
	}
	return func(r *report, u *view.Untrue) markdown {
		if !apart || len(services) > most || u.Service == "" {
			return ""
		}
		return " of " + escaped(view.ServiceTitle(r.inc, u.Service))
	}
}

// joined is texts in a row.
func joined(list []markdown) (text markdown) {
	for i, one := range list {
		if i > 0 {
			text += "; "
		}
		text += one
	}
	return text
}

// saidAgain reports whether what ended that an untrue statement was out said the same, and was no
// truer.
func saidAgain(r *report, u *view.Untrue) bool {
	return spanOf(r, func(o *view.Untrue) bool { return o.WhenSent && o.Sent == u.UntilSeq && o.Service == u.Service }) != ""
}

// spanOf is in what way something that was said did not hold for the first time that is so; "" if
// none is.
func spanOf(r *report, so func(*view.Untrue) bool) state.Fault {
	for i := range r.Notices {
		for _, u := range r.Notices[i].Failed() {
			if so(&u) {
				return u.Fault
			}
		}
	}
	return ""
}

// ended says what ended that a statement was out which did not hold: another told its readers,
// or what it says became so, and then nobody had told them that it was not; or it became known
// how that stood, or was not known any more.
func ended(r *report, u *view.Untrue, again bool) markdown {
	by := entryRef(u.UntilSeq)
	if again {
		return "; said again by " + by
	}
	if i := int(u.UntilSeq); i > 0 && i <= len(r.inc.Log) && r.inc.Log[i-1].Kind == state.KindNoticeSent {
		if !u.Fault.False() {
			return "; its readers were told anew by " + by
		}
		return "; corrected by " + by
	}
	next := spanOf(r, func(o *view.Untrue) bool { return o.Seq == u.UntilSeq && o.Sent == u.Sent && o.Service == u.Service })
	switch {
	case next == state.NotKnownSince:
		return "; not known since " + by
	case next != "":
		return "; known not to be so since " + by
	case !u.Fault.False():
		return "; known to be so since " + by
	}
	return "; it became so by " + by
}

// corrected is the entry of the statement that took the place of the last one sent; 0 if none did.
func corrected(n *view.NoticeRecord) uint64 {
	for i := len(n.Versions) - 1; i >= 0; i-- {
		if sent := n.Versions[i].Sent; len(sent) > 0 {
			if by := sent[len(sent)-1].Corrected; len(by) > 0 {
				return by[0]
			}
			return 0
		}
	}
	return 0
}

// truthUnknown reports whether something that would tell whether a statement is true, or was
// when it was sent, is withheld.
func truthUnknown(n *view.NoticeRecord) bool {
	return len(n.Redacted) > 0 || slices.ContainsFunc(n.Versions, func(v view.Version) bool {
		return slices.ContainsFunc(v.Sent, func(s view.Sending) bool { return untellable(&s) })
	})
}

// untellable reports whether of something that a statement claimed it cannot be told whether
// it was so.
func untellable(sent *view.Sending) bool {
	for _, c := range sent.Claims {
		if c.Verdict == state.Untellable {
			return true
		}
	}
	return false
}

// faultAt is in what way what the entry sent did not hold then; "" if it did, or that is not known.
func faultAt(r *report, seq uint64) state.Fault {
	fault := spanOf(r, func(u *view.Untrue) bool { return u.WhenSent && u.Sent == seq && u.Fault.False() })
	if fault == "" {
		fault = spanOf(r, func(u *view.Untrue) bool { return u.WhenSent && u.Sent == seq })
	}
	if fault == "" && slices.ContainsFunc(r.Notices, func(n view.NoticeRecord) bool { return slices.Contains(unlookedAt(&n), seq) }) {
		fault = state.NeverKnown
	}
	return fault
}

// unlookedAt are the entries that said that all are back when nobody had said of some how they stood.
func unlookedAt(n *view.NoticeRecord) (seqs []uint64) {
	for i := range n.Versions {
		for j := range n.Versions[i].Sent {
			if s := &n.Versions[i].Sent[j]; len(s.Unlooked) > 0 {
				seqs = append(seqs, s.Seq)
			}
		}
	}
	return seqs
}

// statusOf is how a notice stands. Where its last version is not out, and one before it is, both
// are said: what was drafted anew takes nothing back. In a drill nothing was sent.
func statusOf(n *view.NoticeRecord) markdown {
	last := len(n.Versions) - 1
	status := markdown(n.Status)
	if sent := n.Versions[last].Sent; len(sent) > 0 && n.Status == state.Sent {
		status = left(sent[0].Simulated, "sent")
	}
	for i := last - 1; i >= 0 && len(n.Versions[last].Sent) == 0 && len(n.MayBeOut) == 0; i-- {
		if v := &n.Versions[i]; len(v.Sent) > 0 {
			return "Status of version " + number(n.Versions[last].Version) + ": " + strong(status) + "; version " + number(v.Version) + " " + left(v.Sent[0].Simulated, "was sent")
		}
	}
	return "Status: " + strong(status)
}

func left(simulated bool, really markdown) markdown {
	if simulated {
		return "would have been sent"
	}
	return really
}
