package state

import (
	"cmp"
	"slices"
	"time"

	"muster/runbooks"
	"muster/state/sorted"
)

// An InjectStatus is what has become of an inject of the scenario.
type InjectStatus string

// The statuses of an inject.
const (
	InjectPlanned    InjectStatus = "planned"
	InjectDue        InjectStatus = "due"
	InjectWaiting    InjectStatus = "waiting"     // for another inject to be delivered
	InjectContingent InjectStatus = "contingency" // only if the facilitator wants it
	InjectHeldBack   InjectStatus = "held"
	InjectWasSkipped InjectStatus = "skipped"
	InjectIsOut      InjectStatus = "delivered"
)

// A PlannedInject is an inject of the scenario beside what the log says of it.
type PlannedInject struct {
	*runbooks.Inject
	Status   InjectStatus
	Due      time.Duration // exercise time; meaningless unless HasDue
	HasDue   bool          // it has a time, which the inject it comes after has not put off
	Delivery *Delivery     // nil if it was not delivered
	Held     Held          // who held or skipped it, and why
}

// Ref is the name under which the log holds or skips the inject.
func (x *Exercise) Ref(inject string) string {
	if x.Scenario == nil {
		return InjectRef(Hash{}, inject)
	}
	return InjectRef(x.Scenario.SHA256, inject)
}

// Plan sets every inject of the drill's scenario beside what the log says of it at
// now: those with a time first, by that time, then those without.
func (x *Exercise) Plan(s *runbooks.Scenario, now time.Time) []PlannedInject {
	plan := make([]PlannedInject, 0, len(s.Injects))
	for i := range s.Injects {
		plan = append(plan, x.planned(s, &s.Injects[i], x.At(now)))
	}
	sorted.Stable(plan, func(a, b PlannedInject) int {
		if a.HasDue != b.HasDue {
			return cmp.Compare(btoi(b.HasDue), btoi(a.HasDue))
		}
		return cmp.Compare(a.Due, b.Due)
	})
	return plan
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (x *Exercise) planned(s *runbooks.Scenario, in *runbooks.Inject, at time.Duration) PlannedInject {
	p := PlannedInject{Inject: in, Due: in.At, HasDue: in.Timed, Status: InjectPlanned}
	before := s.Inject(in.After)
	var came *Delivery
	if before != nil {
		if came = x.Delivery(before.ID); came != nil {
			p.Due, p.HasDue = came.At, true
			if in.Timed {
				p.Due = came.At + in.At - before.At
			}
		}
	}
	ref := x.Ref(in.ID)
	held, isHeld := x.Held[ref]
	skipped, isSkipped := x.Skipped[ref]
	p.Delivery = x.Delivery(in.ID)
	switch {
	case p.Delivery != nil:
		p.Status, p.Due, p.HasDue = InjectIsOut, p.Delivery.At, true
	case isSkipped:
		p.Status, p.Held = InjectWasSkipped, skipped
	case isHeld:
		p.Status, p.Held = InjectHeldBack, held
	case in.Contingency:
		p.Status = InjectContingent
	case before != nil && came == nil:
		p.Status = InjectWaiting
	case p.HasDue && p.Due <= at:
		p.Status = InjectDue
	}
	return p
}

// DueInjects lists what should be delivered at now, in the order of its times. A
// clock that was never started makes nothing due.
func (x *Exercise) DueInjects(s *runbooks.Scenario, now time.Time) []PlannedInject {
	if !x.Started() {
		return nil
	}
	return sorted.Without(x.Plan(s, now), func(p PlannedInject) bool { return p.Status != InjectDue })
}

// NextInject is what comes next: what is due, or else what falls due first. nil if
// nothing comes of itself.
func (x *Exercise) NextInject(s *runbooks.Scenario, now time.Time) *PlannedInject {
	for _, p := range x.Plan(s, now) {
		if p.Status == InjectDue || p.Status == InjectPlanned && p.HasDue {
			return &p
		}
	}
	return nil
}

// World is what checks show in the drill, by service: what the scenario says from
// the start, and what the delivered injects changed. s may be nil.
func (x *Exercise) World(s *runbooks.Scenario) map[string]runbooks.Seen {
	world := make(map[string]runbooks.Seen)
	var injects []runbooks.Inject
	if s != nil {
		for id, seen := range s.World {
			world[id] = seen
		}
		injects = s.Injects
	}
	for i := range x.Delivered {
		d := &x.Delivered[i]
		for id, text := range d.World {
			if seen, err := runbooks.ParseSeen(text); err == nil {
				world[id] = seen
			}
		}
		at := slices.IndexFunc(injects, func(in runbooks.Inject) bool { return in.ID == d.Inject })
		if at < 0 {
			continue
		}
		for id, seen := range injects[at].World {
			world[id] = seen
		}
	}
	return world
}
