package state

import (
	"slices"
	"strings"
	"time"

	"muster/runbooks"
	"muster/state/when"
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

	trigger              // as its own runbook, or who added it, sets it
	more       []trigger // of attached runbooks that count the same duty
	own, outer bound
	unseen     bool   // what is withheld may have started it, and that before Started
	doubtful   bool   // it was met by a sending that is said to be before its draft
	early      bool   // and did so perhaps before what is known to have started it
	begun      uint64 // the first entry of the log that starts it, whenever that happened; 0 if none does
	lost       bool   // what is withheld may have met it before what is known to have
	stopped    bool   // the incident was closed at a time that is withheld: it may have stood before it was due
	hidden     bool   // what is withheld may have changed where it stands
}

// Classified is when what starts the clock itself occurred, and its entry: not what starts its
// outer bound. It is zero while that has not.
func (c *Clock) Classified() (time.Time, uint64) { return c.own.started, c.own.first.seq }

// A trigger is what starts and stops a clock, by one runbook.
type trigger struct {
	book                 int // index in Books; -1 for by hand alone
	starts, stops, outer runbooks.Event
	from, outerFrom      string // as in [runbooks.Clock]
}

func triggerOf(book int, def *runbooks.Clock) trigger {
	t := trigger{book: book, starts: eventOr(def.Starts), stops: eventOr(def.Stops), from: def.From, outerFrom: def.Outer.From}
	if !def.Outer.Within.IsZero() {
		t.outer = eventOr(def.Outer.Starts)
	}
	return t
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

// triggers are all that can start and stop the clock.
func (c *Clock) triggers() []trigger { return append([]trigger{c.trigger}, c.more...) }

// on reports whether some event of a kind stops the clock, or else starts it.
func (c *Clock) on(kind runbooks.EventKind, stops bool) bool {
	return slices.ContainsFunc(c.triggers(), func(t trigger) bool {
		return kind == t.starts.Kind && !stops || kind == t.stops.Kind && stops
	})
}

// A bound is one of the two limits that a clock can have.
type bound struct {
	first   start     // the earliest thing that starts it
	started time.Time // zero while it waits, and if it was waived before anything started it
	asks    string    // the id of the answer that says from when it counts; "" for when it started
	counts  time.Time // from when it counts: started, or that answer
	from    string    // that answer's id if it has one; "" if counts is started
	hidden  bool      // an answer that is withheld may say that it counts from another time
}

// A start is that something started a clock.
type start struct {
	at   time.Time // zero for nothing
	by   string
	seq  uint64
	asks string // as in bound
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
	ClockWaiting   ClockStatus = "waiting" // for its event
	ClockRunning   ClockStatus = "running"
	ClockDueNow    ClockStatus = "due now" // it runs, and the law says without delay
	ClockOverdue   ClockStatus = "overdue" // its time passed, and it was not met
	ClockMetOnce   ClockStatus = "met"
	ClockMetUntold ClockStatus = "met; whether in time is not known" // what is withheld may say from when it counts
	ClockMetEarly  ClockStatus = "met, before its clock started"
	ClockMetLate   ClockStatus = "met late"
	ClockWasOff    ClockStatus = "waived"
	ClockUnseen    ClockStatus = "not known" // what is withheld may have started it, or stopped it
)

// inDoubt stands behind how a clock was met where that rests on a time at which there was nothing
// yet to be sent.
const inDoubt = ", by a sending that is said to be before its draft"

// Plain is a status without what puts it in doubt, and without how late a clock was waived.
func (s ClockStatus) Plain() ClockStatus {
	if strings.HasPrefix(string(s), string(ClockWasOff)) {
		return ClockWasOff
	}
	return ClockStatus(strings.TrimSuffix(string(s), inDoubt))
}

// Forgone reports whether a clock was waived after it was due: nothing that was known when its time
// was up had ended the duty.
func (s ClockStatus) Forgone() bool { return s.Plain() == ClockWasOff && s != ClockWasOff }

// waivedLate says of a clock that was waived after it was due how long after that, and that nothing
// meets it; "" of one that was waived in time, or of which that is not known.
func (c *Clock) waivedLate(loc *time.Location) ClockStatus {
	due := c.Due(loc)
	if due.IsZero() || c.Uncounted() || c.AtOnce(loc) || !c.Ended.After(due) {
		return ""
	}
	return ClockStatus(", " + when.Lasted(c.Ended.Sub(due)) + " after it was due; " + NoEntryMeets)
}

// InDoubt reports whether how a clock was met rests on a time at which there was nothing yet to be sent.
func (s ClockStatus) InDoubt() bool { return strings.HasSuffix(string(s), inDoubt) }

// At is a status with the time at which the clock ended, before what is said of its start or its text.
func (s ClockStatus) At(clock string) string {
	how, more, cut := strings.Cut(string(s), ",")
	if cut {
		more = "," + more
	}
	return how + " " + clock + more
}

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

// ForWant is the id of the answer from which Due should count and that nobody has given, so that
// the start stands in for it; "" if none is wanting.
func (c *Clock) ForWant(loc *time.Location) string {
	b, _ := c.binding(loc)
	if b.started.IsZero() || b.from != "" || b.hidden {
		return ""
	}
	return b.asks
}

// Uncounted reports whether this copy of the log lacks what started the clock, or from
// when it counts: when it is due is then not known, nor whether it was late.
func (c *Clock) Uncounted() bool { return c.own.hidden || c.outer.hidden || c.unseen }

// AtOnce reports whether the duty bears no delay: no hour passes from which it is late.
func (c *Clock) AtOnce(loc *time.Location) bool {
	_, within := c.binding(loc)
	return within.AtOnce
}

// Warns is when people are told that the clock is about to run out: an hour before it is
// due, or when three quarters of its time are over, if that is later. It is zero if when
// the clock is due is not known, and of a duty that bears no delay.
func (c *Clock) Warns(loc *time.Location) time.Time {
	due := c.Due(loc)
	from, _ := c.Counts(loc)
	if due.IsZero() || from.IsZero() || c.Uncounted() || c.AtOnce(loc) {
		return time.Time{}
	}
	return due.Add(-min(time.Hour, due.Sub(from)/4))
}

// Status is where the clock stands at now. Whether it was late is said only if it is
// known when it was due.
func (c *Clock) Status(now time.Time, loc *time.Location) ClockStatus {
	switch {
	case c.hidden:
		return ClockUnseen
	case c.Waived:
		return ClockWasOff + c.waivedLate(loc)
	case !c.Ended.IsZero() && c.doubtful:
		return c.met(loc) + inDoubt
	case !c.Ended.IsZero():
		return c.met(loc)
	case c.Started.IsZero():
		return ClockWaiting
	case c.AtOnce(loc):
		return ClockDueNow
	case c.Uncounted() || !now.After(c.Due(loc)):
		return ClockRunning
	case c.stopped:
		return ClockUnseen
	}
	return ClockOverdue
}

// met is how a clock was met.
func (c *Clock) met(loc *time.Location) ClockStatus {
	due := c.Due(loc)
	from, _ := c.Counts(loc)
	switch {
	case c.Uncounted():
		return ClockMetUntold
	case due.IsZero() || c.Ended.Before(from):
		return ClockMetEarly
	case !c.AtOnce(loc) && c.Ended.After(due):
		return ClockMetLate
	}
	return ClockMetOnce
}

// Running reports whether the clock is known to count down, or to have run out, unmet.
func (c *Clock) Running() bool { return !c.Started.IsZero() && c.Ended.IsZero() && !c.hidden }

// Unseen reports whether what is withheld may have started or stopped the clock, so that
// it is not known where it stands: an answer, or an entry that is withheld whole.
func (c *Clock) Unseen() bool { return c.hidden }
