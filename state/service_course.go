package state

import (
	"cmp"
	"slices"

	"muster/state/sorted"
)

// before reports whether a move came before a sending; of the same moment, by the log.
func (m *serviceMove) before(sent *Sending) bool {
	return m.at.Before(sent.When) || m.at.Equal(sent.When) && m.seq < sent.Seq
}

// course is what a service went through, by when it happened. The last entry says how
// it is: if that happened earlier than another, it counts again from its recording.
func (s *Service) course() []serviceMove {
	moves := slices.Clone(s.moves)
	sorted.Stable(moves, func(a, b serviceMove) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.seq, b.seq)) })
	if n := len(moves); n > 0 && moves[n-1].seq != s.Seq {
		last := s.moves[len(s.moves)-1]
		last.at = last.recorded
		moves = append(moves, last)
	}
	return moves
}

// stays takes what says anew that the service is as it is: that does not move it. It was so since
// the first time of which that is said, unless it was otherwise in between.
func (s *Service) stays(e *Entry, why string) {
	s.Why = why
	if len(s.moves) == 0 || !e.When().Before(s.Since) {
		return
	}
	s.moves = slices.Insert(slices.Clone(s.moves), len(s.moves)-1, serviceMove{s.State, e.When(), e.Recorded, e.Seq})
	course := s.course()
	for i := len(course) - 2; i >= 0 && course[i].to == s.State; i-- {
		if course[i].seq == e.Seq {
			s.Since, s.By = e.When(), e.By.Name
		}
	}
}
