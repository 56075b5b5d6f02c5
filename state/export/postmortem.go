package export

import "bufio"

// A postMortem is the short report that a team keeps in its wiki. What nobody has written
// stands in it as that, with the command that writes it.
type postMortem struct{ frontPage }

func (r postMortem) all() {
	r.titleBlock("Post-mortem")
	r.heading(2, "Summary")
	r.summary()
	r.heading(2, "Impact")
	r.harm()
	r.heading(2, "Timeline")
	r.sinceWhen()
	r.keyEvents(3)
	r.heading(2, "Root cause")
	if c := r.Review.Cause; c != nil {
		writeCause(&r.page, c)
	} else {
		r.para(r.notYet(`muster review cause TEXT`))
	}
	r.heading(2, "What went well")
	writeNotes(&r.page, r.Review.Good, r.notYet(`muster review good TEXT`))
	r.heading(2, "What did not go well")
	writeNotes(&r.page, r.Review.Bad, r.notYet(`muster review bad TEXT`))
	r.heading(2, "Actions")
	if len(r.Review.Actions) == 0 {
		r.para(r.notYet(`muster review action TEXT --owner NAME --due DATE`))
	} else {
		writeActions(&r.page, r.Review.Actions)
	}
	r.banner()
	r.para("Everything here is from the log of ", orElse(escaped(r.ID), "this incident"), ": ", counted(r.Entries, "entry", "entries"), ", head ", markdown(r.Log.Code),
		". The whole report, with every entry, is written by muster export.")
}

// summary is what was said at the close, and the facts beside it.
func (r postMortem) summary() {
	switch c := r.closing(); {
	case c == nil && r.Gaps.Closed():
		r.para("Not known: the entry that closes the incident is withheld.")
	case c == nil:
		r.para("The incident is open. ", r.notYet("muster close SUMMARY"))
	case c.Summary == "":
		r.para(r.notYet("muster amend " + string(number(c.Seq)) + " --text SUMMARY --why WHY"))
	default:
		r.para("As it was put at the close (", ref(c.Seq), "): ", inLines(c.Summary))
	}
	if r.Duration != nil && r.Detected != nil {
		until := markdown("until the last entry")
		if r.closing() != nil {
			until = "until it was closed"
		}
		began := markdown("Detected ")
		if !r.DetectionGiven() {
			began = "Opened "
		}
		r.para(began, r.minuteUTC(*r.Detected), "; ", strong(lasted(*r.Duration)), " ", until, ".")
	}
}

// notYet stands for what nobody has written, with the command that writes it; where it
// may be withheld, that is said.
func (r postMortem) notYet(command string) markdown {
	if r.Review.Hidden {
		return "Not known: entries are withheld that may say so."
	}
	return "**Not yet written.** " + escaped(command) + " writes it."
}

// A lonePen draws on a page that has no place for entries and annexes: what would lead
// there is text.
type lonePen struct{ pen }

func (p lonePen) heading(level int, id string, text markdown) { p.pen.heading(level, id, bare(text)) }
func (p lonePen) para(text markdown)                          { p.pen.para(bare(text)) }
func (p lonePen) quote(text markdown)                         { p.pen.quote(bare(text)) }
func (p lonePen) item(depth int, text markdown)               { p.pen.item(depth, bare(text)) }

func (p lonePen) table(name markdown, columns []markdown) { p.pen.table(name, bareAll(columns)) }
func (p lonePen) row(_ []uint64, cells []markdown)        { p.pen.row(nil, bareAll(cells)) }
func (p lonePen) onto(out *bufio.Writer) pen              { return lonePen{p.pen.onto(out)} }

func bareAll(texts []markdown) []markdown {
	list := make([]markdown, len(texts))
	for i, text := range texts {
		list[i] = bare(text)
	}
	return list
}

// bare is a text without what leads anywhere on the page.
func bare(text markdown) markdown {
	return withoutLinks(text, func(string) bool { return false })
}
