package view

import (
	"cmp"
	"slices"

	"muster/state"
	"muster/state/sorted"
)

// backWords are the milestones that services reach together, and what the state of each that
// was hit must be for that.
var backWords = []struct {
	what string
	good func(state.ServiceState) bool
}{
	{ContainedAt, func(s state.ServiceState) bool {
		return s != state.Affected && s != state.Regressed && !unclear(s)
	}},
	{RestoredAt, func(s state.ServiceState) bool { return !s.Down() && !unclear(s) }},
	{VerifiedAt, func(s state.ServiceState) bool { return s.Standing() == state.Back }},
}

// servicesBack are the moments since when no service that was hit is affected and not
// stopped, is down, and is anything but verified; and the times before, of each, that ended.
func (b *builder) servicesBack() ([]Milestone, []Lapse) {
	if b.servicesUntold() {
		return []Milestone{{What: ContainedAt}, {What: RestoredAt}, {What: VerifiedAt}}, nil
	}
	moves := b.moves()
	list, lapses := make([]Milestone, 0, len(backWords)), []Lapse{}
	for _, word := range backWords {
		list = append(list, b.since(word.what, word.good))
		lapses = append(lapses, lost(moves, word.what, word.good)...)
	}
	return list, lapses
}

// since is the moment since when the states of all services that were ever down are good;
// none if they are not, or if none was.
func (b *builder) since(what string, good func(state.ServiceState) bool) Milestone {
	m, hit := Milestone{What: what}, false
	for i := range b.out.Services {
		history := inTime(b.out.Services[i].History)
		if !slices.ContainsFunc(history, isDown) {
			continue
		}
		hit = true
		if !good(state.ServiceState(history[len(history)-1].To)) {
			return Milestone{}
		}
		first := len(history) - 1
		for first > 0 && good(state.ServiceState(history[first-1].To)) {
			first--
		}
		if m.At == nil || history[first].At.After(*m.At) {
			m.At, m.Seq = &history[first].At, history[first].Seq
		}
	}
	if !hit {
		return Milestone{}
	}
	return m
}

// A move is a new state of one of the services, by its place among them.
type move struct {
	service int
	Change
}

// moves are the new states of all services from when each was first down, in the order in
// which things happened.
func (b *builder) moves() []move {
	var list []move
	for i := range b.out.Services {
		history := inTime(b.out.Services[i].History)
		first := slices.IndexFunc(history, isDown)
		for j := first; j >= 0 && j < len(history); j++ {
			list = append(list, move{i, history[j]})
		}
	}
	sorted.Stable(list, func(a, b move) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Seq, b.Seq)) })
	return list
}

// lost are the times during which the states of all services that had been hit were good,
// and that ended. What is of one moment counts together.
func lost(moves []move, what string, good func(state.ServiceState) bool) []Lapse {
	var list []Lapse
	var reached, broke *move
	bad := make(map[int]bool)
	for i := range moves {
		m := &moves[i]
		if good(state.ServiceState(m.To)) {
			delete(bad, m.service)
		} else {
			bad[m.service], broke = true, m
		}
		switch {
		case i+1 < len(moves) && moves[i+1].At.Equal(m.At):
		case len(bad) == 0 && reached == nil:
			reached = m
		case len(bad) > 0 && reached != nil:
			list = append(list, Lapse{What: what, At: reached.At, Seq: reached.Seq, Until: m.At, Lost: broke.Seq})
			reached = nil
		}
	}
	return list
}

// servicesUntold reports whether a state of some service may be in what is withheld.
func (b *builder) servicesUntold() bool {
	return b.gaps.Runbook || b.gaps.Services > 0 || b.gaps.Steps > 0 || b.gaps.Corrected > 0
}

// unclear reports whether nobody knows of a service in a state whether it works: that is not to
// say that it does, nor that it does not.
func unclear(s state.ServiceState) bool { return s == state.UnknownState || s == state.Suspect }

func isDown(c Change) bool { return state.ServiceState(c.To).Down() }

// inTime is a history in the order in which things happened.
func inTime(history []Change) []Change {
	history = slices.Clone(history)
	sorted.Stable(history, func(a, b Change) int { return a.At.Compare(b.At) })
	return history
}
