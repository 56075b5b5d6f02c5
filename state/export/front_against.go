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

// sentAgainst names the statements that were sent against a refusal, with what stood in the way and
// the reason that was given.
func sentAgainst(r *report, list []telling, most int) {
	var names []string
	for i := range r.Over {
		over := &r.Over[i]
		at := slices.IndexFunc(list, func(t telling) bool {
			return slices.ContainsFunc(t.notice.Versions, func(v view.Version) bool {
				return slices.ContainsFunc(v.Sent, func(s view.Sending) bool { return s.Seq == over.Seq })
			})
		})
		if at >= 0 && over.RetractedBy == 0 {
			names = append(names, string(strong(escaped(list[at].notice.Title))+" ("+ref(over.Seq)+"), "+against(over)+r.because(clean.Bounded(over.Why, maxAgainst))))
		}
	}
	if more := len(names) - most; more > 0 {
		names = append(names[:most], string("and "+number(more)+" more: "+r.seeAnnex("overrides")))
	}
	if len(names) > 0 {
		r.para("Sent with an **override**: ", markdown(strings.Join(names, "; ")), ".")
	}
}
