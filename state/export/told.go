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

// standing says whether a statement holds, and whether it always did. Of several that were sent
// it says of which it tells.
func standing(t *telling, r *report) markdown {
	n, drill := t.notice, r.drill
	is := escaped(string(n.Status))
	if drill && n.Status == state.Sent {
		is = "would have been sent"
	}
	when := markdown(strings.ToLower(whenSent(drill)))
	if slices.ContainsFunc(n.Untrue, func(u view.Untrue) bool { return u.Until == nil && u.WhenSent }) {
		return strong("NOT TRUE when "+when) + ", and still out" // whatever of it was true and is not any more
	}
	if slices.ContainsFunc(n.Untrue, func(u view.Untrue) bool { return u.Until == nil }) {
		return "**NOT TRUE any more**"
	}
	now := wasUntrue(t, r, is, when)
	if by := corrected(n); n.Status == state.Sent && by > 0 && !strings.Contains(string(now), "corrected by") {
		now += "; corrected by " + entryRef(by)
	}
	if len(n.Untrue) == 0 && truthUnknown(n) {
		now += "; not known for certain whether it is true: what would tell is withheld"
	}
	return now
}

// wasUntrue adds to how a statement is when it was not true, each once, and first what never was;
// of several that were sent, which was not.
func wasUntrue(t *telling, r *report, is, when markdown) markdown {
	var never, since []markdown
	which := severally(t.notice.Untrue)
	for _, u := range t.notice.Untrue {
		of := markdown("")
		if t.times > 1 && u.Sent > 0 {
			of = "that of " + entryRef(u.Sent) + " "
		}
		list, text := &since, of+"was no longer true"+which(r, &u)+" for "+lasted(int64(u.Until.Sub(u.From)/time.Second))+", until "+entryRef(u.UntilSeq)
		switch again := saidAgain(r, &u); {
		case u.WhenSent:
			list, text = &never, strong(of+"was not true when "+when)+which(r, &u)+ended(r, &u, again)
		case again:
			text += ", which said it again"
		}
		if !slices.Contains(*list, text) {
			*list = append(*list, text)
		}
	}
	all := append(never, since...)
	if len(never) == 0 || t.times > 1 {
		all = append([]markdown{is}, all...)
	}
	return joined(all)
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
	for i := range r.Notices {
		if slices.ContainsFunc(r.Notices[i].Untrue, func(o view.Untrue) bool { return o.WhenSent && o.Sent == u.UntilSeq && o.Service == u.Service }) {
			return true
		}
	}
	return false
}

// ended says what ended that a statement was out which was not true: another told its readers,
// or what it says became so, and then nobody had told them that it was not.
func ended(r *report, u *view.Untrue, again bool) markdown {
	if again {
		return "; said again by " + entryRef(u.UntilSeq)
	}
	if i := int(u.UntilSeq); i > 0 && i <= len(r.inc.Log) && r.inc.Log[i-1].Kind == state.KindNoticeSent {
		return "; corrected by " + entryRef(u.UntilSeq)
	}
	return "; it became so by " + entryRef(u.UntilSeq)
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

// whenSent ends "not true when", in capitals: in a drill nothing was sent.
func whenSent(simulated bool) string {
	if simulated {
		return "IT WOULD HAVE BEEN SENT"
	}
	return "SENT"
}

// untrueThen says of a statement when it was not true.
func untrueThen(when, drill bool) markdown {
	switch {
	case !when:
		return "**no longer true**"
	case drill:
		return "**not true when it would have been sent**"
	}
	return "**not true when it was sent**"
}

// untrueAt reports whether what the entry sent was not true then.
func untrueAt(r *report, seq uint64) bool {
	return slices.ContainsFunc(r.Notices, func(n view.NoticeRecord) bool {
		return slices.ContainsFunc(n.Untrue, func(u view.Untrue) bool { return u.WhenSent && u.Sent == seq })
	})
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
