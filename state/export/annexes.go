package export

import (
	"strings"

	"muster/state/sorted"
)

// An annex is a part of the report that only some read.
type annex struct {
	name  string // by which others name it
	title markdown
}

// annexes are all of them, in their order; that of branches only where there is something
// to say.
func annexes(r *report) []annex {
	all := []annex{
		{"timeline", "Timeline"},
		{"steps", "Steps"},
		{"answers", "Decisions and answers"},
		{"statements", "Statements, and what was known when each was sent"},
		{"services", "Services and their states over time"},
		{"clocks", "Clocks and timers"},
		{"contacts", "Contacts reached"},
		{"people", "Roles and people"},
		{"open", "What is still open"},
		{"evidence", "Evidence"},
		{"overrides", "Overrides"},
		{"corrections", "Corrections"},
		{"branches", "Branches and two answers"},
		{"runbooks", "Runbooks"},
		{"reading", "How to read this report"},
		{"verify", "How to verify"},
	}
	if !isApart(r) {
		all = sorted.Without(all, func(a annex) bool { return a.name == "branches" })
	}
	return all
}

// contents lists the annexes.
func contents(r *report) {
	r.section(2, "annexes", "Annexes")
	for i, a := range annexes(r) {
		r.item(0, link(annexTitle(i, a), r.annexID(i, a)))
	}
	r.end()
}

// annexTitle is how an annex is called: Annex A: Timeline.
func annexTitle(i int, a annex) markdown { return "Annex " + letter(i) + ": " + a.title }

func letter(i int) markdown { return markdown(rune('A' + i)) }

// annexID is what leads to an annex: what readers of Markdown make of its heading.
func (r *report) annexID(i int, a annex) string {
	id := strings.ToLower(string(annexTitle(i, a)))
	id = strings.NewReplacer(" ", "-", ":", "", ",", "").Replace(id)
	if r.drill {
		id += "--exercise"
	}
	return id
}

// seeAnnex leads to an annex by its name.
func (r *report) seeAnnex(name string) markdown {
	if r.alone {
		return "the whole report has them"
	}
	for i, a := range annexes(r) {
		if a.name == name {
			return link("Annex "+letter(i), r.annexID(i, a))
		}
	}
	return ""
}

// isApart reports whether there is more than this log of the incident, or was.
func isApart(r *report) bool { return r.Branch != nil || len(r.Merges) > 0 || len(r.Two) > 0 }
