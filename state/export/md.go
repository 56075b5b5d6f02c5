package export

import (
	"bufio"

	"muster/state"
	"muster/state/view"
)

// Markdown is the report for people.
const Markdown Format = "md"

func markdownForm() form {
	return form{Markdown, "a report for people", ".md", forPeople, writeMarkdown}
}

// writeMarkdown writes the report for people.
func writeMarkdown(out *bufio.Writer, inc *state.Incident, opts Options) error {
	r := newReport(out, inc, opts)
	writeReport(r, opts.Report)
	return out.Flush() // which has kept the first error
}

// newReport is a report in Markdown.
func newReport(out *bufio.Writer, inc *state.Incident, opts Options) *report {
	r := &report{page: newPage(out, inc.Log[0].Mode == state.Drill, opts.Zone), Incident: view.New(inc, opts.view()), inc: inc, fill: state.Filling(inc), Gaps: view.GapsOf(inc), byOccurred: opts.ByOccurred, audience: opts.Audience}
	r.names = make(map[string]markdown, len(r.Steps))
	for i := range r.Steps {
		r.names[r.Steps[i].ID] = escaped(r.Steps[i].Number + " " + r.Steps[i].Title)
	}
	return r
}

// writeReport writes the report that was asked for.
func writeReport(r *report, which Report) {
	if which == PostMortem {
		r.alone, r.pen = true, lonePen{r.pen}
		postMortem{frontPage{r}}.all()
		return
	}
	r.all()
}

// all writes the whole report.
func (r *report) all() {
	frontPage{r}.all()
	contents(r)
	writeAnnexes(r)
	r.banner()
	r.para("End of the report on ", orElse(escaped(r.ID), "this incident"), " — ", counted(r.Entries, "entry", "entries"), ", head ", markdown(r.Log.Code), ".")
}

// annexWriters write the annexes, by their names.
var annexWriters = map[string]func(*report){
	"timeline":    (*report).timeline,
	"steps":       stepsAnnex,
	"answers":     (*report).answers,
	"statements":  (*report).statements,
	"services":    servicesAnnex,
	"clocks":      (*report).clocks,
	"contacts":    (*report).contacts,
	"people":      peopleAnnex,
	"open":        openAnnex,
	"evidence":    (*report).evidence,
	"overrides":   (*report).overrides,
	"corrections": (*report).corrections,
	"branches":    branchesAnnex,
	"runbooks":    (*report).runbooks,
	"reading":     (*report).howToRead,
	"verify":      (*report).howToVerify,
}

func writeAnnexes(r *report) {
	for i, a := range annexes(r) {
		r.section(2, r.annexID(i, a), annexTitle(i, a))
		annexWriters[a.name](r)
	}
}
