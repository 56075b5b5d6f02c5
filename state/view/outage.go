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
	var all []sight
	for i := range history {
		all = append(all, sight{at: history[i].At, seq: history[i].Seq, index: i})
	}
	for _, c := range b.out.Checks {
		if c.Service == o.Service {
			all = append(all, sight{c.At, c.Seq, !c.OK, -1})
		}
	}
	sorted.Stable(all, func(a, b sight) int { return a.at.Compare(b.at) })
	history = slices.Clone(history)
	var run *sight // the first of the checks that failed, without a good word since
	down := false
	for i := range all {
		one := &all[i]
		if one.index < 0 {
			switch {
			case !one.failed:
				run = nil
			case run == nil:
				run = one
			}
			continue
		}
		change := &history[one.index]
		if now := isDown(*change); now && !down && run != nil && run.at.Before(change.At) {
			if change.At = run.at; o.Check == 0 && !slices.ContainsFunc(history[:one.index], isDown) {
				o.Check = run.seq
			}
		}
		was := down
		if down = isDown(*change); was || down || state.ServiceState(change.To).OfHealth() {
			run = nil
		}
	}
	return history
}
