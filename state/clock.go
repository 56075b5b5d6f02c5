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
	Book      int    // index in Books
	Def       *runbooks.Clock
	Started   time.Time // by the time the event occurred; zero while it waits
	StartedBy string
	StartSeq  uint64
	Ended     time.Time // when it was met or waived; zero while it runs
	EndedBy   string
	EndSeq    uint64
	Waived    bool
	Why       string // why it was started, met or waived
	Missed    uint64 // the entry that says its time passed; 0 if none does

	starts, stops runbooks.Event
}

// A ClockStatus is where a clock stands.
type ClockStatus string

// The statuses of a clock.
const (
	ClockWaiting ClockStatus = "waiting" // for its event
	ClockRunning ClockStatus = "running"
	ClockOverdue ClockStatus = "overdue" // its time passed, and it was not met
	ClockMetOnce ClockStatus = "met"
	ClockMetLate ClockStatus = "met late"
	ClockWasOff  ClockStatus = "waived"
)

// Due is when the clock's time is up; zero while it waits. Calendar days, business
// days and months are counted in loc, the zone of the organisation.
func (c *Clock) Due(loc *time.Location) time.Time {
	if c.Started.IsZero() {
		return time.Time{}
	}
	return c.Def.Within.After(c.Started, loc)
}

// Status is where the clock stands at now.
func (c *Clock) Status(now time.Time, loc *time.Location) ClockStatus {
	switch {
	case c.Started.IsZero() && c.Ended.IsZero():
		return ClockWaiting
	case c.Waived:
		return ClockWasOff
	case !c.Ended.IsZero() && c.Ended.After(c.Due(loc)):
		return ClockMetLate
	case !c.Ended.IsZero():
		return ClockMetOnce
	case now.After(c.Due(loc)):
		return ClockOverdue
	}
	return ClockRunning
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

// NextClock is the running clock whose time is up first; nil if none runs.
func (inc *Incident) NextClock(loc *time.Location) *Clock {
	var next *Clock
	for i := range inc.Clocks {
		c := &inc.Clocks[i]
		if c.Running() && (next == nil || c.Due(loc).Before(next.Due(loc))) {
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
		if c.Running() && c.Missed == 0 && !now.Before(c.Due(loc)) {
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
		starts, err := runbooks.ParseEvent(def.Starts)
		if err != nil {
			starts = runbooks.Event{Kind: runbooks.Manual}
		}
		stops, err := runbooks.ParseEvent(def.Stops)
		if err != nil {
			stops = runbooks.Event{Kind: runbooks.Manual}
		}
		clocks = append(clocks, Clock{ID: book.id(def.ID), Book: b, Def: def, starts: starts, stops: stops})
	}
	inc.Clocks = clocks
}

// fire lets an event start and stop clocks. id is the id it has in the incident.
func (inc *Incident) fire(e *Entry, kind runbooks.EventKind, id, value string) {
	for i := range inc.Clocks {
		c := &inc.Clocks[i]
		if c.Started.IsZero() && c.Ended.IsZero() && meant(inc, c.Book, c.starts, kind, id, value) {
			c.Started, c.StartedBy, c.StartSeq = e.When(), e.By.Name, e.Seq
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
	for _, id := range slices.Sorted(maps.Keys(values)) {
		root, _, _ := strings.Cut(id, "/")
		inc.fire(e, runbooks.AnswerGiven, root, values[id])
	}
}
