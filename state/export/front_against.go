package export

import (
	"slices"
	"strings"

	"muster/state/clean"
	"muster/state/view"
)

// maxAgainst is how much of a reason stands on the first page, in bytes.
const maxAgainst = 160

// verifiedAlone says of a service that is verified that nobody has looked but who restored it.
func verifiedAlone(r *report, o *view.Outage) markdown {
	i := slices.IndexFunc(r.Services, func(s view.ServiceRecord) bool { return s.ID == o.Service })
	if i < 0 || r.Services[i].Own == "" || o.Verified == nil {
		return ""
	}
	return ", " + strong(escaped(r.Services[i].Own))
}

// sentAgainst names the statements that were sent, or the texts of them drafted or approved, against
// a refusal, with what stood in the way and the reason that was given.
func sentAgainst(r *report, list []telling, most int) {
	var names []string
	for i := range r.Over {
		over := &r.Over[i]
		title, how := actOn(list, over.Seq)
		if title != "" && over.RetractedBy == 0 {
			names = append(names, string(strong(escaped(title))+" ("+how+ref(over.Seq)+"), "+against(over)+r.because(clean.Bounded(over.Why, maxAgainst))))
		}
	}
	if more := len(names) - most; more > 0 {
		names = append(names[:most], string("and "+number(more)+" more: "+r.seeAnnex("overrides")))
	}
	if len(names) > 0 {
		r.para("Sent with an **override**: ", markdown(strings.Join(names, "; ")), ".")
	}
}

// actOn is the title of the statement that was sent by an entry, or whose text was drafted or
// approved by it, and in what way, unless it was sent by it; "" if it was none of a statement that was sent.
func actOn(list []telling, seq uint64) (title string, how markdown) {
	for _, t := range list {
		for i := range t.notice.Versions {
			v := &t.notice.Versions[i]
			switch {
			case slices.ContainsFunc(v.Sent, func(s view.Sending) bool { return s.Seq == seq }):
				return t.notice.Title, ""
			case len(v.Sent) == 0:
			case v.Seq == seq:
				return t.notice.Title, "its draft, "
			case v.ApprovedSeq == seq:
				return t.notice.Title, "its approval, "
			}
		}
	}
	return "", ""
}
