package state

import (
	"maps"
	"slices"
	"strings"
	"time"

	"muster/runbooks"
)

// A Clock is one deadline in the incident.
type Clock struct {
	ID        string // with the book's prefix
	Book      int    // index in Books; -1 of a law that was added in the incident
	Def       *runbooks.Clock
	Started   time.Time // when what starts it, or its outer bound, occurred first; zero while it waits
	StartedBy string
	StartSeq  uint64
	Ended     time.Time // when it was met or waived; zero while it runs
	EndedBy   string
	EndSeq    uint64
	Waived    bool
	Why       string // why it was started, met or waived
	Missed    uint64 // the entry that says its time passed; 0 if none does

	starts, stops runbooks.Event
	own, outer    bound
	unseen        bool // what is withheld may have started it
}

// A bound is one of the two limits that a clock can have.
type bound struct {
	started time.Time // zero while it waits
	counts  time.Time // from when it counts: started, or the answer that its clock names
	from    string    // the id of that answer in the incident; "" if counts is started
	hidden  bool      // an answer that is withheld may say that it counts from another time
}

// due is when the bound is reached; zero while it waits.
func (b bound) due(within runbooks.Span, loc *time.Location) time.Time {
	if b.started.IsZero() {
		return time.Time{}
	}
	return within.After(b.counts, loc)
}

// A ClockStatus is where a clock stands.
type ClockStatus string

// The statuses of a clock.
const (
	ClockWaiting  ClockStatus = "waiting" // for its event
	ClockRunning  ClockStatus = "running"
	ClockDueNow   ClockStatus = "due now" // it runs, and the law says without delay
	ClockOverdue  ClockStatus = "overdue" // its time passed, and it was not met
	ClockMetOnce  ClockStatus = "met"
	ClockMetEarly ClockStatus = "met, before its clock started"
	ClockMetLate  ClockStatus = "met late"
	ClockWasOff   ClockStatus = "waived"
)

// binding is the bound that counts, and how long it leaves: the one that is reached
// first; but of one that starts only after the outer bound was reached, its own.
func (c *Clock) binding(loc *time.Location) (bound, runbooks.Span) {
	own, outer := c.own.due(c.Def.Within, loc), c.outer.due(c.Def.Outer.Within, loc)
	if outer.IsZero() || !own.IsZero() && (own.Before(outer) || c.own.started.After(outer)) {
		return c.own, c.Def.Within
	}
	return c.outer, c.Def.Outer.Within
}

// Due is when the clock's time is up; zero while it waits. Calendar days, business
// days and months are counted in loc, the zone of the organisation. Of a duty that
// bears no delay it is the time from which it counts.
func (c *Clock) Due(loc *time.Location) time.Time {
	b, within := c.binding(loc)
	return b.due(within, loc)
}

// Counts is the time from which Due counts, and the id of the answer that says so;
// "" if that is the time at which what starts the clock occurred. It is zero while the
// clock waits.
func (c *Clock) Counts(loc *time.Location) (from time.Time, answer string) {
	b, _ := c.binding(loc)
	return b.counts, b.from
}

// Uncounted reports whether this copy of the log lacks what started the clock, or from
// when it counts: when it is due is then not known, nor whether it was late.
func (c *Clock) Uncounted() bool { return c.own.hidden || c.outer.hidden || c.unseen }

// AtOnce reports whether the duty bears no delay: no hour passes from which it is late.
func (c *Clock) AtOnce(loc *time.Location) bool {
	_, within := c.binding(loc)
	return within.AtOnce
}

// Status is where the clock stands at now. Whether it was late is said only if it is
// known when it was due.
func (c *Clock) Status(now time.Time, loc *time.Location) ClockStatus {
	switch {
	case c.Waived:
		return ClockWasOff
	case !c.Ended.IsZero():
		return c.met(loc)
	case c.Started.IsZero():
		return ClockWaiting
	case c.AtOnce(loc):
		return ClockDueNow
	case !c.Uncounted() && now.After(c.Due(loc)):
		return ClockOverdue
	}
	return ClockRunning
}

// met is how a clock was met.
func (c *Clock) met(loc *time.Location) ClockStatus {
	due := c.Due(loc)
	from, _ := c.Counts(loc)
	switch {
	case c.Uncounted():
		return ClockMetOnce
	case due.IsZero() || c.Ended.Before(from):
		return ClockMetEarly
	case !c.AtOnce(loc) && c.Ended.After(due):
		return ClockMetLate
	}
	return ClockMetOnce
}

// Running reports whether the clock counts down, or has run out, unmet.
func (c *Clock) Running() bool { return !c.Started.IsZero() && c.Ended.IsZero() }

// Clock is the clock of this id; nil if there is none.
func (inc *Incident) Clock(id string) *Clock {
	for i := range inc.Clocks {
		if inc.Clocks[i].ID == id {
			return &inc.Clocks[i]
		}
	}
	return nil
}

func clockTitle(inc *Incident, id string) string {
	if c := inc.Clock(id); c != nil {
		return c.Def.Title
	}
	return id
}

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
		clocks = append(clocks, Clock{ID: book.id(def.ID), Book: b, Def: def, starts: eventOr(def.Starts), stops: eventOr(def.Stops)})
	}
	inc.Clocks = clocks
}

// eventOr reads what starts or stops a clock. What this version cannot read is a
// person's to start or stop.
func eventOr(text string) runbooks.Event {
	event, err := runbooks.ParseEvent(text)
	if err != nil {
		return runbooks.Event{Kind: runbooks.Manual}
	}
	return event
}

// fire lets an event start and stop clocks. id is the id it has in the incident.
func (inc *Incident) fire(e *Entry, kind runbooks.EventKind, id, value string) {
	for i := range inc.Clocks {
		c := &inc.Clocks[i]
		if c.Book < 0 {
			continue // a law that was added is started and met by hand
		}
		if meant(inc, c.Book, c.starts, kind, id, value) {
			c.start(inc, e, &c.own)
		}
		if !c.Def.Outer.Within.IsZero() && meant(inc, c.Book, eventOr(c.Def.Outer.Starts), kind, id, value) {
			c.start(inc, e, &c.outer)
		}
		if c.Ended.IsZero() && meant(inc, c.Book, c.stops, kind, id, value) {
			c.end(inc, e, false, "")
		}
	}
}

// meant reports whether an event of a book's clock is the one that happened.
func meant(inc *Incident, book int, event runbooks.Event, kind runbooks.EventKind, id, value string) bool {
	if event.Kind != kind || event.Kind == runbooks.Manual {
		return false
	}
	return (event.ID == "" || inc.Books[book].id(event.ID) == id) && (event.Value == "" || event.Value == value)
}

// start starts one bound of a clock. A clock that was met before keeps that, and may
// turn out to have been met in time, or late. One that was waived stays so.
func (c *Clock) start(inc *Incident, e *Entry, b *bound) {
	if c.Waived || !b.started.IsZero() && (!c.Def.Restarts || !c.Ended.IsZero()) {
		return
	}
	b.started = e.When()
	if c.Started.IsZero() {
		c.Started, c.StartedBy, c.StartSeq = e.When(), e.By.Name, e.Seq
	}
	c.recount(inc)
}

// recount finds from when the clock counts, by what is answered now.
func (c *Clock) recount(inc *Incident) {
	l := &inc.Lacks
	c.unseen = c.Started.IsZero() && (l.All && c.starts.Kind != runbooks.IncidentOpened || c.starts.Kind == runbooks.AnswerGiven && l.Answers())
	c.own.recount(inc, c, c.Def.From)
	c.outer.recount(inc, c, c.Def.Outer.From)
}

func (b *bound) recount(inc *Incident, c *Clock, from string) {
	b.counts, b.from, b.hidden = b.started, "", false
	id, ok := strings.CutPrefix(from, "answer:")
	if !ok || b.started.IsZero() || c.Book < 0 {
		return
	}
	id = inc.Books[c.Book].id(id)
	b.hidden = inc.Unseen(id)
	if at, err := time.Parse(time.RFC3339, inc.answers[id].Value); err == nil {
		b.counts, b.from = at.UTC(), id
	}
}

// recountClocks finds from when all clocks count, after an answer became known.
func recountClocks(inc *Incident) {
	for i := range inc.Clocks {
		inc.Clocks[i].recount(inc)
	}
}

// end stops a clock; another may start from there.
func (c *Clock) end(inc *Incident, e *Entry, waived bool, why string) {
	c.Ended, c.EndedBy, c.EndSeq, c.Waived, c.Why = e.When(), e.By.Name, e.Seq, waived, why
	if !waived {
		inc.fire(e, runbooks.ClockStopped, c.ID, "")
	}
}

// fireStep lets a step that is done start and stop clocks.
func fireStep(inc *Incident, e *Entry, s *Step) {
	value := ""
	if s.Def.Kind == runbooks.Decision {
		value = inc.answers[s.ID].Value
	}
	inc.fire(e, runbooks.StepDone, s.root, value)
}

// fireAnswers lets answers start clocks.
func fireAnswers(inc *Incident, e *Entry, values map[string]string) {
	recountClocks(inc)
	for _, id := range slices.Sorted(maps.Keys(values)) {
		root, _, _ := strings.Cut(id, "/")
		inc.fire(e, runbooks.AnswerGiven, root, values[id])
	}
}
