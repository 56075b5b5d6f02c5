package export

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"muster/state"
	"muster/state/clean"
	"muster/state/sorted"
	"muster/state/view"
)

// What the first page has room for. The annexes have all of it.
const (
	frontServices   = 10
	frontStatements = 10
	frontClocks     = 8
	frontOpen       = 6
	frontAnswers    = 6
	maxAnswer       = 160 // bytes
)

// A frontPage is what somebody reads who reads no more.
type frontPage struct{ *report }

// inShort is the incident in its people's words, and its severity over time.
func (r frontPage) inShort() {
	if c := r.closing(); c != nil && c.Summary != "" {
		r.para("**Summary**, as it was put at the close (", ref(c.Seq), "): ", inLines(c.Summary))
	}
	if len(r.Grades) < 2 {
		return
	}
	var steps []string
	for _, grade := range r.Grades {
		steps = append(steps, string(strong(escaped(grade.To))+" "+r.minuteUTC(grade.At)+" ("+entryRef(grade.Seq)+")"+r.because(grade.Why)))
	}
	r.para("Severity over time: ", markdown(strings.Join(steps, " → ")), ".")
}

// milestoneNames say what each milestone means, in their order.
var milestoneNames = []struct {
	what string
	name markdown
}{
	{view.FirstSign, "First sign"}, {view.DetectedAt, "Detected"}, {view.AwareAt, "Aware"}, {view.DecidedAt, "First decision"},
	{view.ContainedAt, "Contained: nothing known to be hit runs on"}, {view.RestoredAt, "Restored, by somebody's word"},
	{view.VerifiedAt, "Verified, by the word of who looked"}, {view.ClosedAt, "Closed"},
}

// sinceWhen tells what was when, and how long it took, in the order in which it was.
func (r frontPage) sinceWhen() {
	r.heading(3, "Since when")
	r.table("What", r.timed("When"), "After detection", "After the line above", "Entry")
	names := make(map[string]markdown, len(milestoneNames))
	for _, name := range milestoneNames {
		names[name.what] = name.name
	}
	list := sorted.Without(slices.Clone(r.Milestones), func(m view.Milestone) bool { return m.At == nil })
	list = closedBefore(r.report, list, names)
	sorted.Stable(list, func(a, b view.Milestone) int { return a.At.Compare(*b.At) })
	if !r.DetectionGiven() {
		names[view.DetectedAt] = "Opened, which counts as the detection: no other time was given"
	}
	if slices.ContainsFunc(list, r.lookedBefore) {
		names[view.DecidedAt] = "First decision, looks at single services apart"
	}
	for i := range list {
		r.milestone(list, i, names[list[i].What])
	}
	for _, name := range milestoneNames {
		switch i := slices.IndexFunc(r.Milestones, func(m view.Milestone) bool { return m.What == name.what }); {
		case i < 0:
			r.row(name.name, r.missing(name.what), "", "", "")
		case r.Milestones[i].At == nil:
			r.row(name.name, "not known: what would tell is withheld", "", "", "")
		}
	}
	r.renamed()
	r.end()
	lostAgain(r.report)
	if c := r.closing(); c == nil && r.Duration != nil && *r.Duration >= 0 && r.Gaps.End == nil {
		by := markdown(", by the last entry.")
		if r.AsOf != nil {
			by = "."
		}
		r.para("Open for ", strong(lasted(*r.Duration)), " since detection", by)
	}
}

// lookedBefore reports whether something was decided before what counts as the first decision: how
// one service stands, which the annex calls a decision too.
func (r frontPage) lookedBefore(m view.Milestone) bool {
	return m.What == view.DecidedAt && slices.ContainsFunc(r.Answers, func(a view.Answer) bool {
		return a.Kind == "decision" && a.At != nil && a.At.Before(*m.At)
	})
}

// milestone is a line of one, after the one before it. Nothing is counted to or from a time that was
// said before it came.
func (r frontPage) milestone(list []view.Milestone, i int, name markdown) {
	m, entry, after := &list[i], markdown(""), markdown("")
	if m.Seq > 0 {
		entry = ref(m.Seq)
	}
	at := r.minute(*m.At)
	if m.Said != nil {
		at += ": **CONTRADICTION**, said at " + r.minute(*m.Said) + ", before it"
	} else if i > 0 && list[i-1].Said == nil {
		after = lasted(int64(m.At.Sub(*list[i-1].At) / time.Second))
	}
	r.row(name, at, lastedOrNot(m.Took), after, entry)
}

// renamed tells of the titles that the incident had.
func (r frontPage) renamed() {
	for i, change := range r.Titles {
		if change.Seq > 1 && i > 0 {
			r.row("Title, which was "+escaped(r.Titles[i-1].To)+", is "+escaped(change.To)+r.because(change.Why), r.minute(change.At), "", "", ref(change.Seq))
		}
	}
}

// missing says why there is no such milestone.
func (r frontPage) missing(what string) markdown {
	switch {
	case what == view.ClosedAt && len(r.Closings) > 0 && len(r.Reopened) > 0:
		return "open again"
	case what == view.ClosedAt:
		return "open"
	case what != view.ContainedAt && what != view.RestoredAt && what != view.VerifiedAt:
		return "not recorded"
	case len(r.Impact.Outages) == 0:
		return "no service was recorded as down"
	case len(r.Impact.Hit()) == 0:
		return "no service was hit: what was held to be affected was found to be unaffected"
	case what == view.ContainedAt && !r.Isolated():
		return "no service was recorded as shut down"
	case slices.ContainsFunc(r.Lapses, func(l view.Lapse) bool { return l.What == what }):
		return "**not any more**"
	}
	return strong(never(r.report, "not by the close"))
}

// impact tells how long services were down, and what was said of people, records and the
// like.
func (r frontPage) impact() {
	r.heading(3, "Impact")
	r.harm()
}

// harm is what the incident took away.
func (r frontPage) harm() {
	switch list := r.Impact.Outages; {
	case r.Gaps.Runbook:
		r.para("How long services were down is not known: a runbook's text is withheld, which names them.")
	case len(list) == 0:
		r.para("No service was recorded as down.")
	default:
		r.outages(list)
	}
	r.suspected()
	for i, a := range r.Impact.Answers {
		if i == frontAnswers {
			break
		}
		says := "**" + escaped(clean.Bounded(a.Title, maxAnswer)) + "**"
		if a.At == nil {
			says = "not known: notes are withheld that may answer it"
		}
		entry := markdown("")
		if a.At != nil && a.Seq > 0 {
			entry = " (" + entryRef(a.Seq) + ")"
		}
		r.item(0, escaped(a.Prompt), ": ", says, entry)
	}
	if len(r.Impact.Answers) > 0 {
		r.end()
	}
}

func (r frontPage) outages(list []view.Outage) {
	list = slices.Clone(list)
	sorted.Stable(list, func(a, b view.Outage) int { return cmp.Compare(deref(b.Down), deref(a.Down)) })
	r.table("Service", r.timed("Down from"), "Down, together", r.timed("Restored"), r.timed("Verified"))
	for i := range list[:min(len(list), frontServices)] {
		o := &list[i]
		if o.From == nil {
			r.row(escaped(o.Title), "not known: what would tell is withheld", "", "", "")
			continue
		}
		if o.Unaffected != nil {
			falseAlarm(r.report, o)
			continue
		}
		down := markdown("not known: what would tell is withheld")
		if o.Down != nil {
			down = lasted(*o.Down)
		}
		if o.AtLeast && o.Down != nil {
			down = "at least " + down
		}
		if o.Times > 1 {
			down += ", " + number(o.Times) + " times"
		}
		restored, verified := orElse(r.minuteOrNot(o.Restored), "no"), orElse(r.minuteOrNot(o.Verified), "no")
		verified += verifiedAlone(r.report, o)
		if o.Ongoing {
			restored, verified = "**still down**", ""
		}
		if o.Unclear {
			restored, verified = "**not known**", ""
		}
		from := r.minute(*o.From)
		if o.Check > 0 {
			from += ", a check failed (" + ref(o.Check) + ")"
		}
		r.row(escaped(o.Title), from, down, restored, verified)
	}
	r.end()
	if more := len(list) - frontServices; more > 0 {
		r.para("And ", number(more), " more that were recorded as down: ", r.seeAnnex("services"), ".")
	}
	if r.Impact.Down != nil && len(r.Impact.Hit()) > 0 {
		least := markdown("")
		if slices.ContainsFunc(list, func(o view.Outage) bool { return o.AtLeast }) {
			least = "at least "
		}
		r.para("Some service is recorded as down for ", least, strong(lasted(*r.Impact.Down)), "; what overlaps is counted once.")
	}
}

// suspected names the services that nobody is sure of, and were never found to be down.
func (r frontPage) suspected() {
	var names []string
	for i := range r.Services {
		s := &r.Services[i]
		n := len(s.History)
		if n == 0 || s.Withheld || r.Gaps.Services > 0 || r.Gaps.Steps > 0 || s.State != view.Text(state.Suspect) || slices.ContainsFunc(r.Impact.Outages, func(o view.Outage) bool { return o.Service == s.ID }) {
			continue
		}
		names = append(names, string(strong(escaped(s.Title))+" since "+r.minuteUTC(s.History[n-1].At)+" ("+ref(s.History[n-1].Seq)+")"))
	}
	if more := len(names) - frontServices; more > 0 {
		names = append(names[:frontServices], string("and "+number(more)+" more: "+r.seeAnnex("services")))
	}
	if len(names) > 0 {
		r.para("Suspect, nobody is sure: ", markdown(strings.Join(names, "; ")), ".")
	}
}

func deref(n *int64) int64 {
	if n == nil {
		return 0
	}
	return *n
}

// told says who was told when.
func (r frontPage) told() {
	r.heading(3, "Who was told when")
	if r.Notices == nil {
		r.para("Not known: the runbook is withheld, and no statement is in this copy.")
		return
	}
	list := tellings(r.Notices)
	if len(list) == 0 {
		r.para("No statement was sent.")
	} else {
		r.notSoWhenSent(list, state.NeverTrue)
		r.notSoWhenSent(list, state.NeverKnown)
		r.toldTable(list)
		sentAgainst(r.report, list, frontStatements)
	}
	r.notInTime()
	r.reached()
}

// notSoWhenSent names, before all others, the statements that were not true when they went out,
// or not known to be. What is said to be the one is not said to be the other too.
func (r frontPage) notSoWhenSent(list []telling, fault state.Fault) {
	var names []string
	for i := range list {
		t := &list[i]
		seq := sentWith(t, fault)
		if fault == state.NeverKnown && seq == sentWith(t, state.NeverTrue) {
			continue
		}
		if seq > 0 {
			names = append(names, string(strong(escaped(t.notice.Title))+" ("+ref(seq)+")"))
		}
	}
	if more := len(names) - frontStatements; more > 0 {
		names = append(names[:frontStatements], string("and "+number(more)+" more: "+r.seeAnnex("statements")))
	}
	if past := fault.Past(r.drill); len(names) > 0 {
		r.para(strong(markdown(strings.ToUpper(past[:1])+past[1:])), ": ", markdown(strings.Join(names, "; ")), ".")
	}
}

// sentWith is the first entry that sent a statement which had that fault then; 0 if none did.
func sentWith(t *telling, fault state.Fault) uint64 {
	spans := t.notice.Failed()
	if i := slices.IndexFunc(spans, func(u view.Untrue) bool { return u.Fault == fault }); i >= 0 {
		return cmp.Or(spans[i].Sent, t.first.Seq)
	}
	if unlooked := unlookedAt(t.notice); fault == state.NeverKnown && len(unlooked) > 0 {
		return unlooked[0]
	}
	return 0
}

func (r frontPage) toldTable(list []telling) {
	r.table("Statement", "To", r.timed("When"), "Now")
	for _, t := range list[:min(len(list), frontStatements)] {
		when := r.minute(t.first.At) + escapedAfter(early(t.first))
		if t.times > 1 {
			when += "," + lineBreak + "last " + r.minute(t.last.At) + escapedAfter(early(t.last)) + ", " + number(t.times) + " in all"
		}
		now := standing(&t, r.report)
		to := escaped(t.notice.Audience)
		if to == "" {
			to = escaped(t.last.To)
		}
		r.row(escaped(t.notice.Title)+" ("+ref(t.first.Seq)+")", to, when, now)
	}
	r.end()
	if more := len(list) - frontStatements; more > 0 {
		r.para("And ", number(more), " more: ", r.seeAnnex("statements"), ".")
	}
}

// notInTime names the updates that were promised and came late, or never.
func (r frontPage) notInTime() {
	var late []string
	for i := range r.Promises {
		p := &r.Promises[i]
		if p.Late == nil {
			continue
		}
		came := markdown(", **not given**, for ")
		if p.Kept != nil {
			came = ", given late by "
		}
		late = append(late, string(escaped(p.Title)+", version "+number(p.Version)+", due "+r.minuteUTC(p.Due)+came+strong(lasted(*p.Late))+" ("+ref(cmp.Or(p.KeptSeq, p.Sent))+")"))
	}
	if more := len(late) - frontStatements; more > 0 {
		late = append(late[:frontStatements], string("and "+number(more)+" more: "+r.seeAnnex("statements")))
	}
	if len(late) > 0 {
		r.para("Updates that were promised and not given in time: ", markdown(strings.Join(late, "; ")), ".")
	}
}

// reached names the contacts that were reached, each with the first time.
func (r frontPage) reached() {
	var names []string
	for _, c := range r.Contacts {
		for _, call := range c.Calls {
			if call.Outcome == state.Reached {
				names = append(names, string(orElse(escaped(c.Title), escaped(c.ID))+" "+r.minuteUTC(call.At)+" ("+ref(call.Seq)+")"))
				break
			}
		}
	}
	if more := len(names) - frontStatements; more > 0 {
		names = append(names[:frontStatements], string("and "+number(more)+" more: "+r.seeAnnex("contacts")))
	}
	if len(names) > 0 {
		r.para("Reached: ", markdown(strings.Join(names, "; ")), ".")
	}
}

// clocksInShort tells of the deadlines that ran.
func (r frontPage) clocksInShort() {
	r.heading(3, "Clocks")
	var ran []view.Clock
	for _, c := range r.Clocks {
		if c.Started != nil || c.Ended != nil || c.Withheld {
			ran = append(ran, c)
		}
	}
	switch {
	case r.Clocks == nil:
		r.para("Not known: a runbook's text is withheld.")
	case len(ran) == 0 && r.Gaps.Runbook:
		r.para("Not known: a runbook's text is withheld. No clock that is known here was started.")
	case len(ran) == 0:
		r.para("No clock was started. Whether a deadline runs by law is not told by that.")
	default:
		r.clocksThatRan(ran)
	}
	r.namedClocks()
}

// namedClocks are the deadlines that entries name, and whose runbook is withheld.
func (r frontPage) namedClocks() {
	var names []string
	for _, u := range r.Unplaced {
		if u.What == "clock" && u.At != nil {
			names = append(names, string(escaped(u.ID)+", recorded last "+strong(escaped(u.Last))+" "+r.minuteUTC(*u.At)+" ("+ref(u.Seqs[len(u.Seqs)-1])+")"))
		}
	}
	if len(names) > 0 {
		r.para("By entries alone, the runbook's text being withheld: ", markdown(strings.Join(names, "; ")), ". There may be more.")
	}
}

func (r frontPage) clocksThatRan(ran []view.Clock) {
	sorted.Stable(ran, func(a, b view.Clock) int { return dueOrder(a).Compare(dueOrder(b)) })
	r.table("Deadline", "Status", r.timed("Counts from"), r.timed("Due"), r.timed("Ended"))
	for i := range ran[:min(len(ran), frontClocks)] {
		c := &ran[i]
		from := c.Started.Known()
		if c.From != nil {
			from = c.From.Known()
		}
		r.row(escaped(c.Title), r.clockStatus(c), r.minuteOrNot(from)+forWant(c.Want), r.minuteOrNot(c.Due.Known()), r.minuteOrNot(c.Ended))
	}
	r.end()
	if more := len(ran) - frontClocks; more > 0 {
		r.para("And ", number(more), " more: ", r.seeAnnex("clocks"), ".")
	}
	movedAnswers(r.report)
}

// dueOrder is when a deadline is due, far off where that is not known.
func dueOrder(c view.Clock) time.Time {
	if due := c.Due.Known(); due != nil {
		return *due
	}
	return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
}

// maxKeyText is how much of an entry stands among the key events.
const maxKeyText = 220

// keyEvents tells the incident in some thirty entries.
func (r frontPage) keyEvents(level int) {
	r.section(level, "key-events", "Key events")
	if len(r.Keys) == 0 {
		r.para(none(r.Gaps, "None."))
		return
	}
	where := markdown("Each number leads to the whole entry.")
	if r.alone {
		where = "The numbers are those of the log."
	}
	r.para("Those that people marked, with ★, and the weightiest of the others. ", where)
	r.table("Entry", r.timed("When"), "Who", "What")
	for _, key := range r.Keys {
		e := view.EntryOf(r.inc, r.inc.Log[key.Seq-1])
		mark := markdown("")
		if key.Marked {
			mark = " ★"
		}
		what := escaped(clean.Bounded(r.zoned(e.What), maxKeyText))
		if entry, ok := r.inc.Entry(key.Seq); ok {
			what += marked(r.inc, &entry)
		}
		if e.Override != nil {
			what += " — **OVERRIDE**" + r.because(clean.Bounded(e.Override.Why, maxAnswer))
		}
		if fault := faultAt(r.report, key.Seq); fault != "" {
			what += " — " + strong(markdown(fault.Past(r.drill)))
		}
		r.row(ref(key.Seq)+mark, r.at(e.Occurred), person(&e), what)
	}
	r.end()
}
