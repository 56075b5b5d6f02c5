package state

import (
	"time"

	"muster/runbooks"
	"muster/state/sorted"
)

// A DueKind says what is due.
type DueKind string

// What can be due, as Due orders it at the same moment; what people set comes before steps,
// and is called by the key of its noun.
const (
	DueClock  DueKind = "clock"  // its time is up; by the clock's id
	DueUpdate DueKind = "update" // the next word that a notice promised; by the notice's id
	DueCall   DueKind = "call"   // a contact is to be called back; by the contact's id
	DueStep   DueKind = "step"   // it has taken as long as it should; by the step's id
)

// A DueItem is something of an incident that has a time.
type DueItem struct {
	What  DueKind
	ID    string
	Title string // what people call it
	At    time.Time
	// AtOnce: its duty bears no delay, so that it is due since At, and never late.
	AtOnce bool
}

// Overdue reports whether its time is up at now.
func (d *DueItem) Overdue(now time.Time) bool { return !now.Before(d.At) }

// Due lists everything in the incident that has a time and is not over, what is due
// first at the top: clocks that run, updates that were promised, call backs, timers, and
// steps that are under way. Calendar days are counted in loc. A clock, a timer or a
// call back that what is withheld may have ended is not listed.
func Due(inc *Incident, loc *time.Location) []DueItem {
	var list []DueItem
	add := func(what DueKind, id string, at time.Time) {
		if !at.IsZero() {
			list = append(list, DueItem{What: what, ID: id, At: at})
		}
	}
	for i := range inc.Clocks {
		if c := &inc.Clocks[i]; c.Running() && !c.Uncounted() {
			list = append(list, DueItem{What: DueClock, ID: c.ID, At: c.Due(loc), AtOnce: c.AtOnce(loc)})
		}
	}
	for i := range inc.Notices {
		add(DueUpdate, inc.Notices[i].ID, inc.Notices[i].NextUpdate(inc))
	}
	for i := range inc.Contacts {
		add(DueCall, inc.Contacts[i].ID, inc.Contacts[i].CallBackAt(inc))
	}
	for _, p := range PendingOf(inc) {
		if Runs(p) {
			add(DueKind(p.Noun().Key()), p.Named().ID, p.DueAt())
		}
	}
	for i := range inc.Steps {
		add(DueStep, inc.Steps[i].ID, inc.Steps[i].ShouldEnd())
	}
	sorted.Stable(list, func(a, b DueItem) int { return a.At.Compare(b.At) })
	for i := range list {
		list[i].Title = dueTitle(inc, &list[i])
	}
	return list
}

func dueTitle(inc *Incident, d *DueItem) string {
	switch d.What {
	case DueClock:
		return inc.Clock(d.ID).Def.Title
	case DueUpdate:
		return inc.Notice(d.ID).Title()
	case DueCall:
		return inc.Contact(d.ID).Def.Title
	case DueStep:
		return inc.Step(d.ID).Name()
	}
	return PendingBy(inc, string(d.What), d.ID).Named().Title
}

// ShouldEnd is when a step that is under way will have taken as long as it should; zero
// if it is not under way, or nobody said how long that is, or it is not known since when.
func (s *Step) ShouldEnd() time.Time {
	if s.Status != Active || s.Before || s.Def.Expect.About() <= 0 {
		return time.Time{}
	}
	return s.Started.Add(s.Def.Expect.About())
}

// Doer is who does a step: whoever it was assigned to, or holds its role, or began it; ""
// if nobody.
func Doer(inc *Incident, s *Step) string {
	if s.Assignee != "" {
		return s.Assignee
	}
	if role := inc.Role(s.Def.Role); role != nil && role.Person != "" {
		return role.Person
	}
	return s.StartedBy
}

// StepsOf lists the steps that are not settled and that a person does, or whose role
// they hold, in the order of the runbook. Of one that is assigned, the role does not count.
func StepsOf(inc *Incident, person string) []*Step {
	var list []*Step
	for i := range inc.Steps {
		s := &inc.Steps[i]
		if person != "" && !s.Empty && !inc.Status(s).Settled() && runbooks.SameName(Doer(inc, s), person) {
			list = append(list, s)
		}
	}
	return list
}
