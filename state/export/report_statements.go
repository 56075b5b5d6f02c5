package export

import (
	"slices"
	"strings"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/view"
)

// picture draws who was down when.
func (r *report) picture() {
	if r.Detected == nil || r.Last == nil {
		return
	}
	end := *r.Last
	if c := r.closing(); c != nil {
		end = c.At
	}
	if p, ok := r.pen.(*htmlPen); ok {
		if svg := drawServices(r, *r.Detected, end); svg != "" {
			p.close()
			p.write("<figure>", svg, "</figure>\n")
		}
		return
	}
	lines := chart(r.Services, *r.Detected, end)
	if lines == nil {
		return
	}
	r.heading(3, "Who was down when")
	text := strings.Join(lines, "\n") + "\n"
	if r.drill {
		text = exercise + "\n" + text
	}
	r.code("text", text) // titles in it are clean, and stand behind a bar
}

// checks lists the looks from outside.
func (r *report) checks() {
	if len(r.Checks) == 0 {
		return
	}
	r.heading(3, "Looks from outside")
	r.table("Service", r.timed("When"), "Result", "What", "Seen", "By", "Entry")
	for _, c := range r.Checks {
		result := markdown("passed")
		if !c.OK {
			result = "**failed**"
		}
		if c.Simulated {
			result += ", simulated"
		}
		r.row(r.service(c.Service), r.at(c.At), result, escaped(c.What), escaped(c.Detail), escaped(c.By), ref(c.Seq))
	}
	r.end()
}

// statements tells what was said, and what was known when it was.
func (r *report) statements() {
	any := r.unplaced("notice")
	inOrder(r)
	for i := range r.Notices {
		if n := &r.Notices[i]; len(n.Versions) > 0 {
			r.statement(n)
			any = true
		}
	}
	if !any {
		r.para(none(r.Gaps, "None was drafted."))
	}
}

func (r *report) statement(n *view.NoticeRecord) {
	r.heading(3, escaped(n.Title))
	facts := statusOf(n)
	if n.Audience != "" {
		facts += "; to: " + escaped(n.Audience)
	}
	if n.Approver != "" {
		facts += "; to be approved by: " + escaped(n.Approver)
	}
	r.para(facts, ".")
	r.promises(n.ID)
	for _, l := range n.MayBeOut {
		r.para("**MAY HAVE LEFT**: version ", number(l.Version), ", ", r.atUTC(l.At), " by ", escaped(l.By), ", by ", escaped(l.Channel), " (", entryRef(l.Seq), "). Nobody has said whether it arrived.")
	}
	for _, c := range n.Otherwise {
		r.para("**CONTRADICTION**: ", escaped(c), ".")
	}
	r.untold(n)
	for _, u := range n.Failed() {
		r.untrue(&u)
	}
	if len(n.Untrue)+len(n.Unsure) > 0 {
		r.end()
	}
	for i := range n.Versions {
		v := &n.Versions[i]
		r.version(n, v, slices.ContainsFunc(n.MayBeOut, func(l view.Leaving) bool { return l.Version == v.Version }))
	}
}

// promises says what became of the updates that a notice promised.
func (r *report) promises(notice string) {
	any := false
	for i := range r.Promises {
		p := &r.Promises[i]
		if p.Notice != notice {
			continue
		}
		says := escaped(p.Says(func(t time.Time) string { return string(r.atUTC(t)) }))
		if p.Late != nil {
			says = strong(says)
		}
		r.item(0, "Version ", number(p.Version), " (", entryRef(p.Sent), ") promised an update, ", says, ".")
		any = true
	}
	if any {
		r.end()
	}
}

// untold says what of a statement's truth cannot be told from this copy.
func (r *report) untold(n *view.NoticeRecord) {
	switch {
	case len(n.Redacted) == 0 || !slices.ContainsFunc(n.Versions, func(v view.Version) bool { return len(v.Sent) > 0 }):
	case view.UntoldClaims(n.Redacted) && !r.Gaps.Runbook:
		r.para("Whether it was still true later is told by those entries alone that are not withheld: others may bear on it.")
	case r.Gaps.Runbook:
		r.para("**Whether it was still true later cannot be told here**: the runbook, by which services and answers are known, is withheld.")
	default:
		r.para("Whether it was still true later is told by what it claims of services alone: answers that it may rest on are withheld.")
	}
}

// untrue says during which time a statement was out that was not true, or not known to be.
func (r *report) untrue(u *view.Untrue) {
	word, verb := strong(markdown(u.Fault.Loud(r.drill))), strong(markdown(u.Fault.Past(r.drill)))
	known := markdown("")
	if u.KnownSince != nil {
		known = "; known since " + r.atUTC(*u.KnownSince)
	}
	if u.Until == nil {
		r.item(0, word, ", since ", r.atUTC(u.From), " (", entryRef(u.Seq), "): ", escaped(u.Why), known)
		return
	}
	r.item(0, verb, ", from ", r.atUTC(u.From), " (", entryRef(u.Seq), ") to ", r.atUTC(*u.Until), " (", entryRef(u.UntilSeq), "): ", escaped(u.Why), known)
}

// version tells of one text; maybe says that it may have left.
func (r *report) version(n *view.NoticeRecord, v *view.Version, maybe bool) {
	name := "Version " + number(v.Version)
	r.para(strong(name))
	if v.SHA256 == nil {
		r.para("Its text is withheld.")
	} else {
		r.lines(0, "", v.Text)
		r.end()
	}
	approved := markdown("not approved")
	switch {
	case v.ApprovedAt != nil:
		approved = "approved by " + escaped(v.ApprovedBy) + " " + r.atUTC(*v.ApprovedAt)
	case n.Approver == "" && !r.Gaps.Runbook:
		approved += ": the runbook asks for no approval"
	}
	if v.BesideHow != "" {
		approved += ", " + strong(escaped(v.BesideHow))
	}
	for _, note := range v.Approval {
		approved += "; " + strong(escaped(note))
	}
	r.para("Drafted by ", escaped(v.By), " ", r.atUTC(v.At), " (", entryRef(v.Seq), "); ", approved, ". SHA-256 of the text: ", hashOr(v.SHA256), ".")
	for _, f := range v.Failures {
		r.para("Could **not** be sent by ", escaped(f.Channel), r.because(f.Why), ".")
	}
	if len(v.Sent) == 0 && !maybe {
		r.para(none(r.Gaps, "No entry says that version "+number(v.Version)+" was sent."))
	}
	for i := range v.Sent {
		r.sending(name, &v.Sent[i])
	}
}

func (r *report) sending(name markdown, s *view.Sending) {
	verb := markdown(" was **sent** ")
	if s.Simulated {
		verb = " **would have been sent** "
	}
	to := markdown("")
	if s.To != "" {
		to = " to " + escaped(s.To)
	}
	r.para(name, verb, r.atUTC(s.At), " by ", escaped(s.By), ", ", escaped(state.ByWay(s.Channel)), to, " (", escaped(s.How), "; ", entryRef(s.Seq),
		"; head of the log then ", markdown(s.LogHead.Code()), ")", escapedAfter(early(s)), ".", corrects(" It corrects ", s.Corrects), corrects(" **Corrected** by ", s.Corrected))
	if again := s.Again(); again != "" {
		r.para("It was ", escaped(again), ".")
	}
	if s.Overridden != "" {
		r.para("**OVERRIDE**", r.because(s.Overridden))
	}
	if text := unlooked(s); text != "" {
		r.para("It", escapedAfter(strings.TrimPrefix(text, " — it")), ".")
	}
	if len(s.Claims) == 0 {
		r.para("It claims nothing of any service.")
		return
	}
	r.table("It said that", "is", "Known then", r.timed("Since"), "By", "Verdict")
	for _, c := range s.Claims {
		verdict := markdown(c.Verdict)
		if fault := c.Verdict.Fault(); fault != "" {
			verdict = strong(markdown(fault.Loud(s.Simulated)))
			if c.Then != c.Known {
				verdict += ": " + escaped(state.SayWas(c.Then))
			}
		}
		if c.Own != "" {
			verdict = strong(escaped(c.Own))
		}
		verdict += escaped(afterThat(c.Retracted))
		if c.Contradicted {
			verdict += "; the entry says that something else was known"
		}
		of := r.service(c.Service)
		if c.Implied {
			of += " (counted as said, by its template's claims)"
		}
		r.row(of, escaped(string(c.State)), escaped(string(c.Known)), r.atOrNot(c.Since), escaped(c.By), verdict)
	}
	r.end()
}

func corrects(before markdown, seqs []uint64) markdown {
	if len(seqs) == 0 {
		return ""
	}
	return before + entryWord(seqs) + entryRefs(seqs) + "."
}

// clocks lists the deadlines and what became of them.
func (r *report) clocks() {
	if r.Gaps.Runbook && len(r.Clocks) == len(r.inc.Clocks) { // else they are those of the whole log
		r.para("**A runbook's text is withheld**: its clocks, and what starts and stops them, are not known here.")
	}
	named := r.unplaced("clock")
	if len(r.Clocks) > 0 {
		r.clockTable()
	} else if !named && !r.Gaps.Runbook {
		r.para("The runbook has no clocks.")
	}
	pendingTables(r)
}

// clockStatus says where a deadline stands.
func (r *report) clockStatus(c *view.Clock) markdown {
	status := escaped(c.Standing)
	if c.Standing == state.ClockOverdue && c.Left != nil && !c.Withheld {
		status += " by " + lasted(-*c.Left)
	}
	if missed := c.Standing.Plain() == state.ClockMetLate || c.Standing == state.ClockOverdue || c.Standing.Forgone(); missed || c.Missed != 0 || c.Standing.InDoubt() {
		status = strong(status)
	}
	if r.Closing != nil && (c.Standing == state.ClockRunning || c.Standing == state.ClockOverdue || c.Standing == state.ClockDueNow) {
		status += " when the incident was closed"
	}
	status += markdown(spare(c))
	status += missedClock(r, c)
	for _, note := range c.Notes() {
		status += "; " + escaped(r.zoned(note))
	}
	return status + clockUntold(c)
}

// clockUntold says what of a clock cannot be told for what is withheld.
func clockUntold(c *view.Clock) (text markdown) {
	if c.Withheld {
		text += ": what is withheld may have started it, or stopped it"
	}
	if c.From != nil && c.From.Known() == nil {
		text += "; when it is due rests on what is withheld"
	}
	return text
}

// missedClock says that an entry told that a deadline had passed.
func missedClock(r *report, c *view.Clock) markdown {
	switch {
	case c.Missed == 0:
		return ""
	case r.Closing != nil && c.Standing == state.ClockRunning && !c.Withheld && c.MissedDue == nil: // it was closed, later, at a time before that
		return "; its time was up after that, and " + state.NoEntryMeets + " (" + entryRef(c.Missed) + ")"
	case c.MissedDue == nil && c.Spare != nil && *c.Spare >= 0:
		return "; its time was said to be up before that was recorded (" + entryRef(c.Missed) + ")"
	case c.MissedDue == nil && c.Ended != nil, c.Before != "": // which says when it was due by that
		return "; its time was up by " + entryRef(c.Missed)
	case c.MissedDue == nil:
		return "; " + state.NoEntryMeets + " (its time was up by " + entryRef(c.Missed) + ")"
	}
	return "; its time was up by " + entryRef(c.Missed) + " as it counted then, due " + r.at(*c.MissedDue) + "; it counts from another time since"
}

// spare says how long before its time a clock was met, or how long after it.
func spare(c *view.Clock) string {
	switch {
	case c.Spare == nil:
		return ""
	case *c.Spare < 0:
		return ", " + string(lasted(-*c.Spare)) + " after it was due"
	}
	return ", " + string(lasted(*c.Spare)) + " early"
}

// clockTable tells of the clocks that ran, and names the others.
func (r *report) clockTable() {
	r.table("Clock", "Status", r.timed("Started"), r.timed("Due"), r.timed("Ended"), "By what, and for whom")
	ready := false
	var waiting []string
	for _, c := range r.Clocks {
		ready = ready || c.Law != ""
		if c.Standing == state.ClockWaiting && !c.Withheld {
			waiting = append(waiting, string(escaped(c.Title)+" ("+escaped(c.Within)+")"))
			continue
		}
		started := byWhom(r.atOrNot(c.Started.Known()), c.StartedBy)
		ended := byWhom(r.atOrNot(c.Ended), c.EndedBy)
		if c.Ended != nil {
			ended += r.because(c.Why)
		} else {
			started += r.because(c.Why)
		}
		if c.From.Known() != nil {
			started += "; counts from " + r.atOrNot(c.From.Known()) + byAnswer(c.FromID)
		}
		r.row(escaped(c.Title), r.clockStatus(&c), started+forWant(c.Want), r.atOrNot(c.Due.Known()), ended, clockSource(&c))
	}
	r.end()
	movedAnswers(r)
	if len(waiting) > 0 {
		r.para("Not started: ", markdown(strings.Join(waiting, "; ")), ".")
	}
	for _, c := range r.Clocks {
		for _, other := range c.Otherwise {
			r.para("**CONTRADICTION**: ", escaped(c.Title), ": ", escaped(other), ".")
		}
	}
	if ready {
		r.para(runbooks.NotLegalAdvice)
	}
}

// movedAnswers says of the answers from which clocks count that they were moved, and why.
func movedAnswers(r *report) {
	for _, m := range view.MovedIn(r.Clocks) {
		r.para(escaped(r.zoned(m.Says)), ".")
	}
}

// byWhom is a time, and who made it so.
func byWhom(at markdown, who string) markdown {
	if at == "" || who == "" {
		return at
	}
	return at + ", " + escaped(who)
}

// clockSource says how long a clock runs, for whom, and what says so.
func clockSource(c *view.Clock) markdown {
	text := "within " + escaped(c.Within)
	if c.To != "" {
		text += ", to " + escaped(c.To)
	}
	if c.Source != "" {
		text += "; " + escaped(c.Source)
	}
	if c.Checked != "" {
		text += " (last checked " + escaped(c.Checked) + ")"
	}
	return text
}

// contacts lists who was called.
func (r *report) contacts() {
	called := len(r.Calls) > 0
	for _, c := range r.Contacts {
		called = called || len(c.Calls) > 0
	}
	if !called {
		r.para(none(r.Gaps, "No call is recorded."))
		return
	}
	r.table("Contact", r.timed("When"), "Outcome", "Way", "By", r.timed("Call back"), "Note", "Entry")
	for _, c := range r.Contacts {
		for _, call := range c.Calls {
			r.call(escaped(c.Title), &call)
		}
		switch {
		case len(c.Calls) > 0:
		case len(r.Calls) > 0:
			r.row(escaped(c.Title), "", "not known: who was called is withheld of some calls", "", "", "", "", "")
		default:
			r.row(escaped(c.Title), "", "no call is recorded", "", "", "", "", "")
		}
	}
	for _, call := range r.Calls {
		r.call("withheld", &call)
	}
	r.end()
}

func (r *report) call(whom markdown, call *view.Call) {
	outcome := strong(escaped(string(call.Outcome)))
	if call.In {
		outcome += ", they called us"
	}
	r.row(whom, r.at(call.At), outcome, escaped(call.Via), escaped(call.By), r.atOrNot(call.CallBack), escaped(call.Note), ref(call.Seq))
}

// handovers lists the roles that changed hands, and the sitreps that went out.
func (r *report) handovers() {
	if len(r.Handed) > 0 {
		r.heading(3, "Handovers")
		r.table("Role", "From", "To", r.timed("Handed over"), r.timed("Acknowledged"), "Note", "Entry")
		for _, h := range r.Handed {
			r.row(r.roleTitle(h.Role), orElse(escaped(h.From), named(r.Gaps, state.NobodyNamed)), escaped(h.To), r.at(h.At), orElse(r.atOrNot(h.Taken), named(r.Gaps, strong(state.NoEntry))), escaped(h.Note), ref(h.Seq))
		}
		r.end()
	}
	if len(r.Sitreps) > 0 {
		r.heading(3, "Situation reports issued")
		r.table(r.timed("When"), "By", "To", "Its text", "SHA-256 of it", "Entry")
		for _, s := range r.Sitreps {
			r.row(r.at(s.At), escaped(s.By), escaped(s.To), markdown(keptText(&s)), hashOr(s.SHA256), ref(s.Seq))
		}
		r.end()
		r.para("muster sitrep --issued ENTRY prints one that was kept as it left. Where the text was not kept, the hash is that of its Markdown.")
	}
}

func keptText(s *view.SitrepSent) string {
	switch {
	case s.Text != "":
		return "kept"
	case s.SHA256 == nil:
		return "withheld"
	}
	return "the text was not kept"
}

func (r *report) roleTitle(id string) markdown {
	if role := r.inc.Role(id); role != nil {
		return escaped(role.Def.Title)
	}
	return escaped(id)
}
