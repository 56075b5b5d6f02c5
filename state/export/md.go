package export

import (
	"bufio"
	"bytes"
	"slices"
	"time"

	"muster/state"
	"muster/state/clean"
	"muster/state/view"
)

// Markdown is the report for people.
const Markdown Format = "md"

func markdownForm() form {
	return form{Markdown, "a report for people", ".md", writeMarkdown}
}

// writeMarkdown writes the report for people.
func writeMarkdown(out *bufio.Writer, inc *state.Incident, opts Options) error {
	r := &report{page: page{out: out, drill: inc.Log[0].Mode == state.Drill, zone: opts.Zone}, Incident: view.New(inc, opts.view()), inc: inc, Gaps: view.GapsOf(inc), byOccurred: opts.ByOccurred}
	r.names = make(map[string]markdown, len(r.Steps))
	for i := range r.Steps {
		r.names[r.Steps[i].ID] = escaped(r.Steps[i].Number + " " + r.Steps[i].Title)
	}
	r.titleBlock()
	r.summary()
	r.howToRead()
	r.openThings()
	r.notDone()
	r.timeline()
	r.stepsByPhase()
	r.answers()
	r.services()
	r.chart()
	r.checks()
	r.statements()
	r.clocks()
	r.contacts()
	r.evidence()
	r.overrides()
	r.corrections()
	r.runbooks()
	r.howToVerify()
	return out.Flush() // which has kept the first error
}

func (r *report) titleBlock() {
	r.write("# ")
	if r.drill {
		r.write(exercise, " — ")
	}
	r.write("Incident report: ", orElse(escaped(r.Title), "title not known"), "\n\n")
	r.banner()
	if d := r.Damage; d != nil {
		r.para("> **WARNING: the log is damaged, and this report is incomplete.** Line ", number(d.Line), " of the log, where entry ", number(d.Seq),
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
	r.row("Entries in the log", number(r.Entries))
	r.row("Head of the log", markdown(r.Log.Hash.String()))
	r.row("Head, short", strong(markdown(r.Log.Code)))
	r.row("Written by", orElse(escaped(r.Program), "not stated"))
	r.end()
}

// contradictions says first of all what the log contradicts itself in: the tables below
// repeat what its entries say.
func (r *report) contradictions() {
	if len(r.Contradicts) == 0 {
		return
	}
	r.para("> **WARNING: this log contradicts itself.** Each line is as it was written, and what these entries say is not so by the log itself. Where this report repeats them, do not rely on it:")
	for _, c := range r.Contradicts[:min(len(r.Contradicts), maxContradictions)] {
		r.item(0, entryRef(c.Seq), ": ", escaped(c.What))
	}
	if more := len(r.Contradicts) - maxContradictions; more > 0 {
		r.item(0, "and ", number(more), " more: muster verify names them all")
	}
	r.write("\n")
}

// maxContradictions is how many the report lists.
const maxContradictions = 50

func (r *report) stateOf() markdown {
	switch e := r.Gaps.End; {
	case r.Gaps.Closed():
		return "closed " + r.atUTC(e.Recorded) + ", by " + entryRef(e.Seq) + ", which is withheld"
	case e != nil:
		return "reopened " + r.atUTC(e.Recorded) + ", by " + entryRef(e.Seq) + ", which is withheld"
	case r.Closing != nil:
		return "closed " + r.atUTC(r.Closing.At)
	case r.Last != nil:
		return "open, at the last entry: " + r.atUTC(*r.Last)
	}
	return "open"
}

func (r *report) summary() {
	r.heading(2, "Summary")
	if c := r.closing(); c != nil && c.Summary != "" {
		r.lines(0, "", c.Summary)
		r.end()
	}
	r.table("What", "When (UTC)", "By", "Entry")
	r.row("Detected", r.atOrNot(r.Detected), escaped(r.OpenedBy), "1")
	r.row("Log opened"+r.firstGrade(), r.at(r.Opened), escaped(r.OpenedBy), "1")
	for _, change := range r.Grades {
		if change.Seq == 1 {
			continue // it stands with the opening
		}
		r.row("Severity "+escaped(change.To)+r.because(change.Why), r.at(change.At), escaped(change.By), number(change.Seq))
	}
	for i, change := range r.Titles {
		if change.Seq > 1 && i > 0 {
			r.row("Title, which was "+escaped(r.Titles[i-1].To)+", is "+escaped(change.To)+r.because(change.Why), r.at(change.At), escaped(change.By), number(change.Seq))
		}
	}
	for _, change := range r.Reopened {
		r.row("Reopened"+r.because(change.Why), r.at(change.At), escaped(change.By), number(change.Seq))
	}
	if c := r.closing(); c != nil {
		r.row("Closed", r.at(c.At), escaped(c.By), number(c.Seq))
	}
	r.end()
	if r.Duration != nil {
		until := markdown("to the last entry; the incident is open")
		switch {
		case r.Gaps.End != nil:
			until = "to the last entry that tells"
			if r.closing() == nil {
				until = "to the last entry"
			}
		case r.closing() != nil:
			until = "to the closing"
		}
		r.para("From detection ", until, ": ", strong(lasted(*r.Duration)), ".")
	}
	r.tallies()
	r.roles()
	r.handovers()
	r.people()
}

// firstGrade is the severity that the incident was opened with.
func (r *report) firstGrade() markdown {
	if len(r.Grades) == 0 || r.Grades[0].Seq != 1 {
		return ""
	}
	return ", " + escaped(r.Grades[0].To)
}

func (r *report) tallies() {
	r.heading(3, "Steps, counted")
	switch {
	case len(r.Phases) == 0 && r.Gaps.Runbook:
		r.para("No steps are counted: the runbook's text is withheld. What entries say of them stands under “Steps”.")
		return
	case len(r.Phases) == 0:
		r.para("No steps are known: the runbook's text cannot be read.")
		return
	case r.Gaps.Runbook:
		r.para("Those of a runbook whose text is withheld are not counted.")
	}
	if r.Tally == nil {
		r.para("No steps are counted: it is withheld which there are.")
		return
	}
	r.table("Phase", "Steps", "Done", "To confirm", "Failed", "Skipped", "Not applicable", "Blocked", "Under way", "To do again", "Never run", "Settled elsewhere")
	for _, phase := range r.Phases {
		r.tally(number(phase.Number)+" "+escaped(phase.Title), phase.Tally)
	}
	r.tally("**All**", r.Tally)
	r.end()
	r.para("Skipped, failed and not applicable are not done. Done are ", number(r.Tally.Done), " of ", number(r.Tally.Total), " steps.")
}

func (r *report) tally(name markdown, t *view.TallyRecord) {
	r.row(name, number(t.Total), number(t.Done), number(t.Unconfirmed), number(t.Failed), number(t.Skipped), number(t.NotApplicable),
		number(t.Blocked), number(t.Active), number(t.Reopened), number(t.NeverRun), number(t.Met))
}

func (r *report) roles() {
	if len(r.Roles) == 0 && !slices.ContainsFunc(r.Unplaced, func(u view.Unplaced) bool { return u.What == "role" }) {
		return
	}
	r.heading(3, "Roles")
	r.unplaced("role")
	if len(r.Roles) == 0 {
		return
	}
	r.table("Role", "Held by", "From (UTC)", "Entry")
	for _, role := range r.Roles {
		if len(role.History) == 0 {
			r.row(escaped(role.Title), "nobody", "", "")
		}
		for _, change := range role.History {
			r.row(escaped(role.Title), orElse(escaped(change.To), "nobody"), r.at(change.At), number(change.Seq))
		}
	}
	r.end()
}

func (r *report) people() {
	r.heading(3, "People who made entries")
	r.table("Person", "Roles", "From", "Entries")
	for _, person := range r.People {
		r.row(escaped(person.Name), escapedList(person.Roles), escapedList(person.Via), number(person.Entries))
	}
	if u := r.Unnamed; u != nil {
		r.row(unnamed(u), escapedList(u.Roles), escapedList(u.Via), number(u.Entries))
	}
	r.end()
	r.para("Names are what people said of themselves. Entries by “", state.Muster, "” are the program's own: which machine and clock were used, what was mended, and what it found of itself, such as a clock whose time was up.")
}

func escapedList(texts []string) markdown {
	var out markdown
	for i, text := range texts {
		if i > 0 {
			out += ", "
		}
		out += escaped(text)
	}
	return out
}

func (r *report) howToRead() {
	r.heading(2, "How to read this report")
	r.item(0, "Everything here is computed from the log alone. Entries are numbered, and their order is that of the log, always.")
	r.item(0, "“Occurred” is when something happened, by the word of the person who recorded it. “Recorded” is when it was written, by the machine's clock; it is shown where the two are more than a minute apart.")
	if r.zone == nil {
		r.item(0, "All times are UTC.")
	} else {
		r.item(0, "All times are UTC; behind them, in parentheses, stand those of ", escaped(r.zone.String()), ".")
	}
	for _, zone := range r.Zones {
		r.item(0, "Written at ", orElse(escaped(sayZone(zone.Value)), "an unknown zone"), ": ", counted(zone.Entries, "entry", "entries"), ".")
	}
	r.item(0, "Nothing is ever removed. ~~What was retracted~~ is struck out, and names the entry that retracts it; what was amended stands with both texts.")
	r.item(0, "**OVERRIDE** marks what muster warned against and a person did all the same, with the reason given.")
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

func (r *report) openThings() {
	r.heading(2, "What is still open")
	if c := r.closing(); c != nil && len(c.Open)+c.More > 0 {
		r.para("The incident was **closed with ", counted(len(c.Open)+c.More, "thing", "things"), " open**", r.because(c.Why), ":")
		r.openTable(c.Open)
		if c.More > 0 {
			r.para("And ", number(c.More), " more, which the log does not name.")
		}
		return
	}
	if r.Gaps.Runbook {
		r.para("**A runbook's text is withheld**: which of its steps and services are still open cannot be told.")
	}
	if r.Gaps.Closed() {
		r.para("What ", entryRef(r.Gaps.End.Seq), " says was open when it closed the incident is withheld. By the entries that are not:")
	}
	if len(r.Open) == 0 && r.Gaps.Runbook {
		return
	}
	if len(r.Open) == 0 {
		r.para("Nothing: every required step is settled without failing, and every service that was hit is verified.")
		return
	}
	r.openTable(r.Open)
}

func (r *report) openTable(items []view.OpenItem) {
	r.table("What", "Which", "State")
	for _, item := range items {
		r.row(escaped(item.What), escaped(item.Name), escaped(item.State))
	}
	r.end()
}

func (r *report) timeline() {
	r.heading(2, "Timeline")
	if r.byOccurred {
		r.para("In the order in which things happened; of one moment, in which they were written.")
	}
	r.table("Entry", "Occurred (UTC)", "Recorded (UTC)", "Person", "What")
	order := state.InOrder(r.inc, r.byOccurred)
	// The writer keeps its first error, as for all the rest of the report.
	_ = writeChunks(r.out, len(r.inc.Log), func(dst []byte, from, to int) ([]byte, error) {
		buf := bytes.NewBuffer(dst)
		part := *r
		part.out = bufio.NewWriter(buf)
		for _, seq := range order[from:to] {
			e := view.EntryOf(r.inc, r.inc.Log[seq-1])
			part.entry(&e)
		}
		err := part.out.Flush()
		return buf.Bytes(), err
	})
	r.end()
}

// entry writes the row of an entry.
func (r *report) entry(e *view.Entry) {
	recorded := markdown("")
	if apart := e.Recorded.Sub(e.Occurred); apart > time.Minute || apart < -time.Minute {
		recorded = r.at(e.Recorded)
	}
	what := r.what(e)
	if entry, ok := r.inc.Entry(e.Seq); ok {
		for _, mark := range view.Marks(r.inc, &entry) {
			what += " (" + markdown(mark) + ")"
		}
	}
	r.row(number(e.Seq), r.at(e.Occurred), recorded, person(e), what)
}

// person names who made an entry, and as what.
func person(e *view.Entry) markdown {
	switch {
	case e.Whole:
		return "withheld"
	case e.Role != "":
		return escaped(e.By) + " (" + escaped(e.Role) + ")"
	}
	return escaped(e.By)
}

// maxRaw is how many bytes of an entry of unknown kind are shown.
const maxRaw = 400

// what says what an entry records, and what became of that.
func (r *report) what(e *view.Entry) markdown {
	text := e.What
	if e.Unknown {
		text = clean.Bounded(text, maxRaw)
	}
	now := escaped(text)
	if e.Whole {
		now = escaped(string(e.Kind)) + " " + now
	}
	if e.RetractedBy != 0 {
		now = struck(now) + " **retracted** by " + entryRef(e.RetractedBy)
	} else if w := e.Written; w != nil {
		if w.What != e.What {
			now = struck(escaped(w.What)) + " **amended** by " + entryRef(e.AmendedBy) + ": " + now
		}
		if !w.Occurred.Equal(e.Occurred) {
			now += " **time corrected** by " + entryRef(e.AmendedBy) + ", was " + r.at(w.Occurred)
		}
	}
	if by := r.Gaps.Amended[e.Seq]; by != 0 && e.RetractedBy == 0 {
		now += " — whether " + entryRef(by) + " gives it a new text is withheld"
	}
	if e.Override != nil {
		now += " — **OVERRIDE** of " + escaped(view.JoinReasons(e.Override.Of)) + r.because(e.Override.Why)
	}
	if e.Unknown {
		now = "(of a kind this version does not know) " + now
	}
	return now
}
