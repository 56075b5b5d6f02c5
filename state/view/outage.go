package view

import (
	"slices"
	"time"

	"muster/state"
	"muster/state/sorted"
)

// A sight is what is told of a service at a moment: by a check, or by whoever says how it is.
type sight struct {
	at     time.Time
	seq    uint64
	failed bool // a check, and it failed
	index  int  // of the change, in a history; -1 of a check
}

// firstFailed moves the beginning of each outage in a history, by when things happened, to the
// first check that failed before somebody said that the service is down, if nothing was well
// in between. It notes the first of those checks.
func (b *builder) firstFailed(o *Outage, history []Change) []Change {
	history = slices.Clone(history)
	var run *sight // the first of the checks that failed, without a good word since
	down, ever := false, false
	all := b.sights(o.Service, history)
	for i := range all {
		one := &all[i]
		if one.index < 0 {
			run = one.runs(run)
			continue
		}
		change, was := &history[one.index], down
		down = isDown(*change)
		if down && !was && run != nil && run.at.Before(change.At) {
			change.At = run.at
			if !ever {
				o.Check = run.seq
			}
		}
		ever = ever || down
		if was || down || state.ServiceState(change.To).OfHealth() {
			run = nil
		}
	}
	return history
}

// sights are the checks of a service and what was said of it, by when they happened.
func (b *builder) sights(service string, history []Change) []sight {
	var all []sight
	for i := range history {
		all = append(all, sight{at: history[i].At, seq: history[i].Seq, index: i})
	}
	for _, c := range b.out.Checks {
		if c.Service == service {
			all = append(all, sight{c.At, c.Seq, !c.OK, -1})
		}
	}
	sorted.Stable(all, func(a, b sight) int { return a.at.Compare(b.at) })
	return all
}

// runs is the first of the checks that failed one after the other, up to this one: nil if it
// passed.
func (s *sight) runs(first *sight) *sight {
	switch {
	case !s.failed:
		return nil
	case first == nil:
		return s
	}
	return first
}
