package view

import (
	"cmp"
	"slices"

	"muster/state"
	"muster/state/sorted"
)

// backWords are the milestones that services reach together.
var backWords = [...]string{ContainedAt, RestoredAt, VerifiedAt}

// servicesBack are the moments since when all services that were hit are contained, restored and
// verified; and the times before, of each, that ended.
func (b *builder) servicesBack() ([]Milestone, []Lapse) {
	if b.servicesUntold() {
		return []Milestone{{What: ContainedAt}, {What: RestoredAt}, {What: VerifiedAt}}, nil
	}
	moves := b.moves()
	list, lapses := make([]Milestone, 0, len(backWords)), []Lapse{}
	for _, what := range backWords {
		if !b.reached(what) {
			continue
		}
		list = append(list, b.since(what))
		lapses = append(lapses, lost(moves, what)...)
	}
	return list, lapses
}

// reached reports whether anything was done with some service by which a milestone can be reached.
func (b *builder) reached(what string) bool {
	return slices.ContainsFunc(b.out.Services, func(s ServiceRecord) bool {
		return slices.ContainsFunc(hit(s.History), func(c Change) bool { return reaches(what, state.ServiceState(c.To)) })
	})
}

// since is the moment since when a milestone holds of all services that were hit; none if it
// does not, or if none was.
func (b *builder) since(what string) Milestone {
	m, found := Milestone{What: what}, false
	for i := range b.out.Services {
		history := hit(b.out.Services[i].History)
		if history == nil {
			continue
		}
		found = true
		at := spots(history)
		first := len(at) - 1
		if !at[first].has(what) {
			return Milestone{}
		}
		for first > 0 && at[first-1].has(what) {
			first--
		}
		if m.At == nil || history[first].At.After(*m.At) {
			m.At, m.Seq = &history[first].At, history[first].Seq
		}
	}
	if !found {
		return Milestone{}
	}
	return m
}

// A move is a new state of one of the services, by its place among them.
type move struct {
	service int
	spot
	Change
}

// moves are the new states of all services from when each was first hit, in the order in
// which things happened.
func (b *builder) moves() []move {
	var list []move
	for i := range b.out.Services {
		history := hit(b.out.Services[i].History)
		for j, at := range spots(history) {
			list = append(list, move{i, at, history[j]})
		}
	}
	sorted.Stable(list, func(a, b move) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Seq, b.Seq)) })
	return list
}

// lost are the times during which a milestone held of all services that had been hit, and
// that ended. What is of one moment counts together.
func lost(moves []move, what string) []Lapse {
	var list []Lapse
	var reached, broke *move
	bad, acted := make(map[int]bool), false
	for i := range moves {
		m := &moves[i]
		acted = acted || reaches(what, state.ServiceState(m.To))
		if m.has(what) {
			delete(bad, m.service)
		} else {
			bad[m.service], broke = true, m
		}
		switch {
		case i+1 < len(moves) && moves[i+1].At.Equal(m.At):
		case len(bad) == 0 && reached == nil && acted:
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
