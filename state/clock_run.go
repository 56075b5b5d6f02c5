package state

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"muster/runbooks"
)

// NextClock is the running clock whose time is up first; nil if none runs of which that
// is known.
func (inc *Incident) NextClock(loc *time.Location) *Clock {
	var next *Clock
	for i := range inc.Clocks {
		c := &inc.Clocks[i]
		if c.Running() && !c.Uncounted() && (next == nil || c.Due(loc).Before(next.Due(loc))) {
			next = c
		}
	}
	return next
}

// Overdue lists the clocks whose time was up at now, that are not met or waived,
// and of which no entry says so yet. Calendar days are counted in loc.
func (inc *Incident) Overdue(now time.Time, loc *time.Location) []*Clock {
	var list []*Clock
	for i := range inc.Clocks {
		c := &inc.Clocks[i]
		if c.Running() && c.Missed == 0 && !c.Uncounted() && !c.AtOnce(loc) && !now.Before(c.Due(loc)) {
			list = append(list, c)
		}
	}
	return list
}

// addClocks gives the incident the clocks of a book.
func addClocks(inc *Incident, b int) {
	book := &inc.Books[b]
	clocks := slices.Clip(inc.Clocks)
	for i := range book.Runbook.Clocks {
		def := &book.Runbook.Clocks[i]
		t := triggerOf(b, def)
		if id := book.IDOf(NounClock, def.ID); book.has(NounClock, def.ID) && slices.ContainsFunc(clocks, func(c Clock) bool { return c.ID == id }) {
			at := slices.IndexFunc(clocks, func(c Clock) bool { return c.ID == id })
			clocks = slices.Clone(clocks)
			clocks[at].join(t, def)
			continue
		}
		clocks = append(clocks, Clock{ID: book.id(def.ID), Book: b, Def: def, trigger: t})
	}
	inc.Clocks = clocks
}

// join lets another runbook's clock of the same duty start and stop this one. An outer
// bound is taken over if this one has none.
func (c *Clock) join(t trigger, def *runbooks.Clock) {
	c.more = append(slices.Clip(c.more), t)
	if c.Def.Outer.Within.IsZero() && !def.Outer.Within.IsZero() {
		whole := *c.Def
		whole.Outer = def.Outer
		c.Def = &whole
	}
}

// answer is the id of the answer that a from names; "" if it names none.
func (t trigger) answer(inc *Incident, from string) string {
	id, ok := strings.CutPrefix(from, "answer:")
	switch {
	case !ok:
		return ""
	case t.book < 0: // a law names it as the incident does
		return id
	}
	return inc.Books[t.book].IDOf(NounQuestion, id)
}

// countsFrom is a clock that counts from an answer, one that was started if there is one; nil if none does.
func countsFrom(inc *Incident, id string) (found *Clock) {
	for i := range inc.Clocks {
		c := &inc.Clocks[i]
		for _, t := range c.triggers() {
			if id != "" && (t.answer(inc, t.from) == id || t.answer(inc, t.outerFrom) == id) && (found == nil || found.Started.IsZero()) {
				found = c
			}
		}
	}
	return found
}

// fire lets an event start and stop clocks. id is the id it has in the incident.
func (inc *Incident) fire(e *Entry, kind runbooks.EventKind, id, value string) {
	for i := range inc.Clocks {
		c := &inc.Clocks[i]
		for _, t := range c.triggers() {
			if meant(inc, t.book, t.starts, kind, id, value) {
				c.start(inc, e, &c.own, t.answer(inc, t.from))
			}
			if meant(inc, t.book, t.outer, kind, id, value) {
				c.start(inc, e, &c.outer, t.answer(inc, t.outerFrom))
			}
			if !meant(inc, t.book, t.stops, kind, id, value) {
				continue
			}
			if c.Ended.IsZero() {
				c.end(inc, e, false, "")
			} else {
				c.sayEnd(inc, e, false)
			}
		}
	}
}

// meant reports whether an event of a book's clock is the one that happened.
func meant(inc *Incident, book int, event runbooks.Event, kind runbooks.EventKind, id, value string) bool {
	if event.Kind != kind || event.Kind == runbooks.Manual || book < 0 {
		return false
	}
	return (event.ID == "" || inc.Books[book].EventID(event) == id) && (event.Value == "" || event.Value == value)
}

// start starts one bound of a clock. A clock counts from the earliest that starts it, whenever
// that becomes known. One that was met before keeps that, and may turn out to have been met in
// time, or late. One that was waived before anything started it stays so.
func (c *Clock) start(inc *Incident, e *Entry, b *bound, asks string) {
	inc.said.say(e, subject{what: OfClock, of: c.ID, which: "start", first: !c.Def.Restarts}, stamped(e))
	switch {
	case b.first.at.IsZero() && !(c.Def.Restarts && c.Waived):
	case c.Def.Restarts && c.Ended.IsZero():
	case c.Def.Restarts || b.first.at.IsZero() || !b.first.behind(inc, e):
		return
	}
	if c.begun == 0 {
		c.early = inc.Redacted.Clocks > 0
	}
	if c.begun == 0 || e.Seq < c.begun {
		c.begun = e.Seq
	}
	b.first = start{at: e.When(), by: e.By.Name, seq: e.Seq, asks: asks}
	c.recount(inc)
}

// behind reports whether an entry tells of something before the start.
func (s *start) behind(inc *Incident, e *Entry) bool {
	by := s.at.Compare(e.When())
	return by > 0 || by == 0 && compareFirst(&inc.Log[s.seq-1], e) > 0
}

// begin finds since when the clock runs. One that restarts is shown since its first start, and
// counts from its last.
func (c *Clock) begin() {
	if !c.Def.Restarts {
		c.Started, c.StartedBy, c.StartSeq = time.Time{}, "", 0
	}
	for _, b := range []*bound{&c.own, &c.outer} {
		b.started, b.asks = b.first.at, b.first.asks
		if !c.Def.Restarts && c.Waived && b.started.After(c.Ended) {
			b.started, b.asks = time.Time{}, ""
		}
		if !b.started.IsZero() && (c.Started.IsZero() || !c.Def.Restarts && b.started.Before(c.Started)) {
			c.Started, c.StartedBy, c.StartSeq = b.started, b.first.by, b.first.seq
		}
	}
}

// recount finds from when the clock counts, by what is answered now.
func (c *Clock) recount(inc *Incident) {
	c.begin()
	l := &inc.Redacted
	c.unseen = c.Started.IsZero() && (l.All && !c.on(runbooks.IncidentOpened, false) || c.on(runbooks.AnswerGiven, false) && l.Answers())
	c.unseen = c.unseen || c.early
	c.unsee(inc)
	c.own.recount(inc)
	c.outer.recount(inc)
}

// unsee finds whether what is withheld may have changed where the clock stands.
func (c *Clock) unsee(inc *Incident) {
	l := &inc.Redacted
	switch {
	case !c.Ended.IsZero():
		c.hidden = c.lost || l.Corrected > c.EndSeq || l.Corrected > c.begun && !c.Started.IsZero()
	case c.on(runbooks.AnswerGiven, !c.Started.IsZero()) && l.Answers():
		c.hidden = true
	default:
		c.hidden = c.early || l.Clocks > c.begun
	}
}

func (b *bound) recount(inc *Incident) {
	b.counts, b.from, b.hidden = b.started, "", false
	if b.asks == "" || b.started.IsZero() {
		return
	}
	b.hidden = inc.Unseen(b.asks)
	if at, err := time.Parse(time.RFC3339, inc.answers[b.asks].Value); err == nil {
		b.counts, b.from = at.UTC(), b.asks
	}
}

// recountClocks finds from when all clocks count, after an answer became known.
func recountClocks(inc *Incident) {
	for i := range inc.Clocks {
		inc.Clocks[i].recount(inc)
	}
}

// sayEnd says that something stops a clock, whether it runs or not.
func (c *Clock) sayEnd(inc *Incident, e *Entry, waived bool) {
	inc.said.say(e, subject{what: OfClock, of: c.ID, which: "end", first: !c.Def.Restarts}, fmt.Sprint(stamped(e), waived))
}

// end stops a clock; another may start from there.
func (c *Clock) end(inc *Incident, e *Entry, waived bool, why string) {
	c.sayEnd(inc, e, waived)
	c.lost = why == "" && inc.Redacted.Clocks > c.begun // by hand it is refused once it has ended
	c.Ended, c.EndedBy, c.EndSeq, c.Waived, c.Why = e.When(), e.By.Name, e.Seq, waived, why
	c.doubtful = !waived && byDraft(inc, e)
	c.recount(inc)
	if !waived {
		inc.fire(e, runbooks.ClockStopped, c.ID, "")
	}
}

// fireStep lets a step that is done start and stop clocks.
func fireStep(inc *Incident, e *Entry, s *Step) {
	value := ""
	if s.Def.Kind == runbooks.Decision {
		value = inc.answers[s.answerKey(inc)].Value
	}
	id := s.root
	if !s.Added {
		id = inc.Books[s.Book].IDOf(NounStep, s.Def.ID)
	}
	inc.fire(e, runbooks.StepDone, id, value)
}

// fireAnswers lets answers start clocks.
func fireAnswers(inc *Incident, e *Entry, values map[string]string) {
	recountClocks(inc)
	for _, id := range slices.Sorted(maps.Keys(values)) {
		root, _, _ := strings.Cut(id, "/")
		inc.fire(e, runbooks.AnswerGiven, root, values[id])
	}
}
