package view

import (
	"cmp"
	"slices"
	"strings"

	"muster/state"
	"muster/state/sorted"
)

// maxKeyEvents is how many key events there are; those that people marked are all there,
// up to maxMarked.
const (
	maxKeyEvents = 28
	maxMarked    = 60
)

// weights are those of entries by their kind alone.
var weights = map[state.Kind]int{
	state.KindIncidentOpened: 100, state.KindIncidentClosed: 100, state.KindIncidentReopened: 95, state.KindSeverityChanged: 90,
	state.KindClockMissed: 88, state.KindNoticeSent: 82, state.KindRunbookAttached: 72, state.KindClockMet: 58, state.KindClockWaived: 58,
	state.KindRecovered: 56, state.KindStepFailed: 50, state.KindTitleChanged: 46, state.KindContactCalled: 40, state.KindRoleHanded: 38,
	state.KindRoleAssigned: 30,
}

// statesWeigh are the weights of what a service becomes.
var statesWeigh = map[state.ServiceState]int{
	state.Affected: 60, state.Regressed: 86, state.ShutDown: 68, state.Restored: 62, state.Verified: 70,
}

const (
	weightDecision = 80
	weightLook     = 44 // a look at one service, of which there are many
	weightOverride = 18 // more than without

	weightMilestone  = 87
	weightDuty       = 86 // what met a deadline of the law
	weightCorrection = 85 // a statement that takes an earlier one back, and the one that it takes back
	weightFirstHit   = 84 // the first service that was hit; which others were, the impact says
	weightCommand    = 83 // another person commands
	weightAgain      = 56 // a statement that was sent before
	weightRole       = 54 // another person has a role
)

// weigh takes in an entry that counts.
func (b *builder) weigh(e *state.Entry) {
	weight := weights[e.Kind]
	switch data := e.Data.(type) {
	case *state.StepAnswered:
		if data.Option != "" {
			weight = weightDecision
		}
		if s := b.inc.Step(b.inc.StepOf(*e)); s != nil && s.Service != "" {
			weight = weightLook // what it makes of its service weighs more
		}
	case *state.ContactCalled:
		if data.Outcome != state.Reached {
			weight = 0
		}
	}
	if e.Override != nil {
		weight += weightOverride
	}
	if weight > 0 {
		b.weighty = append(b.weighty, weighty{e.Seq, weight})
	}
}

// keyEvents chooses the key events.
func (b *builder) keyEvents() {
	best := make(map[uint64]int, len(b.weighty))
	for _, w := range b.weighty {
		best[w.seq] = w.weight
	}
	b.weighOutcomes(best)
	b.out.Keys = []KeyEvent{}
	untold := b.gaps.Corrected > 0 || slices.ContainsFunc(b.inc.Log, func(e state.Entry) bool { return e.Data == nil && e.Kind == state.KindEntryMarked })
	for _, seq := range state.Marked(b.inc) {
		if delete(best, seq); len(b.out.Keys) < maxMarked {
			b.out.Keys = append(b.out.Keys, KeyEvent{seq, !untold})
		}
	}
	list := make([]weighty, 0, len(best))
	for seq, weight := range best {
		if weight > 0 {
			list = append(list, weighty{seq, weight})
		}
	}
	for _, w := range heaviest(list, maxKeyEvents-len(b.out.Keys)) {
		b.out.Keys = append(b.out.Keys, KeyEvent{Seq: w.seq})
	}
	sorted.Stable(b.out.Keys, func(a, b KeyEvent) int { return cmp.Compare(a.Seq, b.Seq) })
}

// weighOutcomes adds what entries brought about: states of services, deadlines met, and what the
// first page dates.
func (b *builder) weighOutcomes(best map[uint64]int) {
	for i := range b.out.Services {
		for _, change := range b.out.Services[i].History {
			if best[change.Seq] < 100 { // several services may move by one entry
				best[change.Seq] = max(best[change.Seq], statesWeigh[state.ServiceState(change.To)])
			}
		}
	}
	b.weighFirstHit(best)
	b.weighStatements(best)
	weighRoles(b, best)
	weighTurns(b, best)
	for i := range b.out.Clocks {
		if c := &b.out.Clocks[i]; best[c.EndSeq] > 0 && legal(c) {
			best[c.EndSeq] = max(best[c.EndSeq], weightDuty)
		}
	}
	for _, m := range b.out.Milestones {
		if m.At != nil && best[m.Seq] > 0 {
			best[m.Seq] = max(best[m.Seq], weightMilestone)
		}
	}
}

// legal reports whether a clock is one of the law, ready-made or by the source that a runbook names.
func legal(c *Clock) bool { return c.Law != "" || c.Source != "" }

// weighRoles adds to that a role was taken, of which the offer is only the beginning.
func weighRoles(b *builder, best map[uint64]int) {
	for i := range b.out.Handed {
		if h := &b.out.Handed[i]; h.Ack != 0 {
			best[h.Seq] = 0
		}
	}
	for id, history := range b.roles { // also of a runbook that is withheld
		weight := weightRole
		if id == state.Commander || strings.HasSuffix(id, ":"+state.Commander) {
			weight = weightCommand
		}
		for i, change := range history[1:] {
			if was := history[i].To; change.To != was || was == state.WithheldText {
				best[change.Seq] = max(best[change.Seq], weight)
			}
		}
	}
}

// weighTurns adds to what others act on from then: that what was sent rests on something that was
// corrected, and the answers by which the law asks for something, or no more.
func weighTurns(b *builder, best map[uint64]int) {
	for i := range b.out.Fixes {
		if fix := &b.out.Fixes[i]; fix.RetractedBy == 0 && state.RestedOn(b.inc, fix.Of) {
			best[fix.Seq] = max(best[fix.Seq], weightCorrection)
		}
	}
	for i := range b.out.Clocks {
		c := b.inc.Clock(b.out.Clocks[i].ID)
		if c == nil || !legal(&b.out.Clocks[i]) {
			continue
		}
		for _, seq := range c.Answered(b.inc) {
			best[seq] = max(best[seq], weightDuty)
		}
	}
}

// weighFirstHit adds to the entry that first told of a service that was hit.
func (b *builder) weighFirstHit(best map[uint64]int) {
	var first *Change
	for i := range b.out.Services {
		for j := range b.out.Services[i].History {
			c := &b.out.Services[i].History[j]
			if state.ServiceState(c.To) == state.Affected && (first == nil || c.At.Before(first.At)) {
				first = c
			}
		}
	}
	if first != nil && best[first.Seq] > 0 {
		best[first.Seq] = max(best[first.Seq], weightFirstHit)
	}
}

// weighStatements takes from what was said again, and adds to a statement that another one
// took back, and to that one. A new version of the same is only an update, unless the old was not
// true when it was sent: then it is the true word at last.
func (b *builder) weighStatements(best map[uint64]int) {
	of, untrue := make(map[uint64]string), make(map[uint64]bool)
	var all []*Sending
	for i := range b.out.Notices {
		n := &b.out.Notices[i]
		before := false
		for j := range n.Versions {
			for k := range n.Versions[j].Sent {
				s := &n.Versions[j].Sent[k]
				if of[s.Seq], all = n.ID, append(all, s); before && best[s.Seq] == weights[state.KindNoticeSent] {
					best[s.Seq] = weightAgain
				}
				before, untrue[s.Seq] = true, slices.ContainsFunc(s.Claims, func(c Claim) bool { return c.Verdict == state.OverClaimed || c.Verdict == state.Unfounded })
			}
		}
	}
	for _, s := range all {
		for _, seq := range s.Corrects {
			if (of[seq] != of[s.Seq] || untrue[seq]) && best[seq] > 0 && best[s.Seq] > 0 {
				best[seq], best[s.Seq] = max(best[seq], weightCorrection), max(best[s.Seq], weightCorrection)
			}
		}
	}
}

// heaviest are the n entries that weigh most. Where not all of one weight have room, those are
// taken that lie evenly over the log, so that its end is told of like its beginning.
func heaviest(list []weighty, n int) []weighty {
	sorted.Stable(list, func(a, b weighty) int { return cmp.Or(b.weight-a.weight, cmp.Compare(a.seq, b.seq)) })
	if n <= 0 || len(list) <= n {
		return list[:max(0, min(len(list), n))]
	}
	from := slices.IndexFunc(list, func(w weighty) bool { return w.weight == list[n-1].weight })
	to := n
	for to < len(list) && list[to].weight == list[n-1].weight {
		to++
	}
	room, same := n-from, to-from
	for i := range room {
		at := same - 1 // of one that has room, the last
		if room > 1 {
			at = i * (same - 1) / (room - 1)
		}
		list[from+i] = list[from+at]
	}
	return list[:n]
}
