package export

func (r *report) titleBlock(what markdown) {
	r.heading(1, what+": "+orElse(escaped(r.Title), "title not known"))
	r.banner()
	if d := r.Damage; d != nil {
		r.quote("**WARNING: the log is damaged, and this report is incomplete.** Line ", number(d.Line), " of the log, where entry ", number(d.Seq),
			" should stand, cannot be relied on: ", escaped(d.What), ". The report ends with the entry before it. Ask for the log itself, and for the head that a witness wrote down.")
	}
	r.contradictions()
	r.warn(r.Gaps)
	r.table("This report", "")
	r.row("Incident", strong(orElse(escaped(r.ID), "not known: the first entry, which says it, is withheld")))
	mode := markdown("LIVE — a real incident")
	if r.drill {
		mode = "EXERCISE — a drill"
	}
	r.row("Mode", strong(mode))
	r.row("Sharing", strong(orElse("TLP:"+escaped(r.TLP), noTLP(r.Gaps))))
	r.row("Severity", orElse(escaped(r.Severity), "not known"))
	for _, book := range r.Runbooks {
		name := escaped(string(book.Title) + " " + book.Version)
		if book.Withheld {
			name = escaped(book.ID) + ", whose text is withheld"
		}
		r.row("Runbook", name)
	}
	r.row("State", r.stateOf())
	r.row("Log", counted(r.Entries, "entry", "entries")+", head "+strong(markdown(r.Log.Code))+", written by "+orElse(escaped(r.Program), "a program that does not say its name"))
	apartPart{r}.rows()
	r.row("Times", r.zoneName())
	r.end()
}

// contradictions says first of all what the log contradicts itself in: the tables below
// repeat what its entries say.
func (r *report) contradictions() {
	if len(r.Contradicts) == 0 {
		return
	}
	r.quote("**WARNING: this log contradicts itself.** Each line is as it was written, and what these entries say is not so by the log itself. Where this report repeats them, do not rely on it:")
	for _, c := range r.Contradicts[:min(len(r.Contradicts), maxContradictions)] {
		r.item(0, entryRef(c.Seq), ": ", escaped(c.What))
	}
	if more := len(r.Contradicts) - maxContradictions; more > 0 {
		r.item(0, "and ", number(more), " more: muster verify names them all")
	}
	r.end()
}

// maxContradictions is how many the report lists.
const maxContradictions = 5

func (r *report) stateOf() markdown {
	switch e := r.Gaps.End; {
	case r.Gaps.Closed():
		return "closed " + r.atUTC(e.Recorded) + ", by " + entryRef(e.Seq) + ", which is withheld"
	case e != nil:
		return "reopened " + r.atUTC(e.Recorded) + ", by " + entryRef(e.Seq) + ", which is withheld"
	case r.Closing != nil:
		return "closed " + r.atUTC(r.Closing.At)
	case r.AsOf != nil:
		return "open, by what is told here: " + r.atUTC(r.AsOf.At)
	case r.Last != nil:
		return "open, at the last entry: " + r.atUTC(*r.Last)
	}
	return "open"
}

func (r *report) howToRead() {
	order := markdown("their order is that of the log, always.")
	if r.byOccurred {
		order = "their numbers are in the order of the log, always."
	}
	r.item(0, "Everything here is computed from the log alone. Entries are numbered, and ", order)
	r.item(0, "“Occurred” is when something happened, by the word of the person who recorded it. “Recorded” is when it was written, by the machine's clock; it is shown below the other where the two are more than a minute apart.")
	r.item(0, "All times are ", r.zoneName(), ".")
	for _, zone := range r.Zones {
		r.item(0, "Written at ", orElse(escaped(sayZone(zone.Value)), "an unknown zone"), ": ", counted(zone.Entries, "entry", "entries"), ".")
	}
	r.item(0, "Nothing is ever removed. ~~What was retracted~~ is struck out, and names the entry that retracts it; what was amended stands with both texts.")
	r.item(0, "**OVERRIDE** marks what muster warned against and a person did all the same, with the reason given.")
	r.item(0, "“No entry”, and “nobody is named”, are said of what the log does not tell. What was done and not recorded is not known here.")
	apartPart{r}.legend()
	if r.Unknown > 0 {
		r.item(0, "**", counted(r.Unknown, "entry is", "entries are"), " of a kind that this version does not know**, and shown raw. A newer muster may say more.")
	}
	if r.Gaps.Entries > 0 {
		r.item(0, "**", counted(r.Gaps.Entries, "entry has", "entries have"), " no content in this copy of the log**: it was withheld. Such entries count for nothing below.")
	}
	for _, p := range r.Gaps.Counts {
		r.item(0, "**Withheld from ", counted(p.Entries, "entry", "entries"), " in this copy of the log: ", escaped(p.Part), "**, which is ", saysOf(p.Part))
	}
	if over := r.inc.Over.String(); over != "" {
		r.item(0, "**", escaped(over), "**")
	}
	if r.Unresolved > 0 && r.Gaps.Runbook {
		r.item(0, counted(r.Unresolved, "entry names", "entries name"), " a step, service, role or clock of a runbook that is withheld, or of none.")
	} else if r.Unresolved > 0 {
		r.item(0, counted(r.Unresolved, "entry names", "entries name"), " a step, service or role that is not in this incident.")
	}
	r.end()
}
