package export

import (
	"strings"

	"muster/state"
	"muster/state/sorted"
	"muster/state/view"
)

// inOrder lists all that was said in the order in which it was, with what was known then.
func inOrder(r *report) {
	type said struct {
		title markdown
		*view.Sending
	}
	var list []said
	for i := range r.Notices {
		for _, v := range r.Notices[i].Versions {
			for j := range v.Sent {
				list = append(list, said{escaped(r.Notices[i].Title) + ", version " + number(v.Version), &v.Sent[j]})
			}
		}
	}
	if len(list) < 2 {
		return
	}
	sorted.Stable(list, func(a, b said) int { return a.At.Compare(b.At) })
	r.heading(3, "In the order of time")
	r.table(r.timed("When"), "What was said", "To", "It claims; known then", "Entry")
	for _, s := range list {
		var claims []string
		for _, c := range s.Claims {
			text := r.service(c.Service) + " " + escaped(string(c.State))
			if c.Known != c.State {
				text += " (known: " + escaped(string(c.Known)) + ")"
			}
			switch c.Verdict.Fault() {
			case state.NeverTrue:
				text = strong(text + ", NOT TRUE")
			case state.NeverKnown:
				text = strong(text + ", NOT KNOWN TO BE TRUE")
			}
			text += escaped(afterThat(c.Retracted))
			claims = append(claims, string(text))
		}
		r.row(r.at(s.At), s.title+escapedAfter(early(s.Sending)), escaped(s.To), markdown(strings.Join(claims, "; ")), ref(s.Seq))
	}
	r.end()
}

// service names a service.
func (r *report) service(id string) markdown {
	if s := r.inc.Service(id); s != nil {
		return escaped(s.Def.Title)
	}
	return escaped(id)
}
