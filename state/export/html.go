package export

import (
	"bufio"
	"strings"

	"muster/state"
)

// HTML is the report for people, as one page that needs nothing else.
const HTML Format = "html"

func htmlForm() form {
	return form{HTML, "the report as one page, to read and to print", ".html", forPeople, writeHTML}
}

// writeHTML writes the report as a page.
func writeHTML(out *bufio.Writer, inc *state.Incident, opts Options) error {
	r := newReport(out, inc, opts)
	p := &htmlPen{out: out}
	r.pen, r.linked, r.plain = p, true, true
	title := "Incident report: " + string(r.Title)
	if opts.Report == PostMortem {
		title = "Post-mortem: " + string(r.Title)
	}
	if r.AsOf != nil {
		title = asOf(r) + " — " + title
	}
	if r.drill {
		title = exercise + " — " + title
	}
	p.begin(title, r.foot(), r.drill, opts.Live.refresh())
	sayLive(r, opts.Live)
	writeReport(r, opts.Report)
	p.finish()
	return out.Flush() // which has kept the first error
}

// foot is what each page says on paper: with whom it may be shared, and of which incident
// it is. It stands in a string of CSS, so that only what an id is made of is let through.
func (r *report) foot() string { return footOf(string(r.ID), string(r.TLP)) }

func footOf(id, tlp string) string {
	plain := func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("-+: ", c) {
			return c
		}
		return -1
	}
	foot := id
	if tlp != "" {
		foot = "TLP:" + tlp + "   " + foot
	}
	return strings.Map(plain, foot)
}
