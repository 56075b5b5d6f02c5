package state

import (
	"cmp"
	"fmt"
	"slices"

	"muster/runbooks"
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
// the first time of which that is said, unless it was otherwise in between. Who is named said so
// first, with the reason that they gave; others are kept with theirs.
func (s *Service) stays(e *Entry, why string) {
	one := Again{e.By.Name, e.When(), why, e.Seq}
	if len(s.moves) > 0 && one.At.Before(s.Since) {
		s.moves = slices.Insert(slices.Clone(s.moves), len(s.moves)-1, serviceMove{s.State, one.At, e.Recorded, e.Seq})
		course := s.course()
		i := len(course) - 2
		for i >= 0 && course[i].to == s.State && course[i].seq != e.Seq {
			i--
		}
		if i >= 0 && course[i].seq == e.Seq {
			first := one
			one = Again{s.By, s.Since, s.Why, s.Seq}
			s.Since, s.By, s.Why = first.At, first.By, first.Why
			if samePerson(one.By, first.By) {
				return
			}
		}
	}
	if samePerson(one.By, s.By) {
		s.Why = one.Why
		return
	}
	s.Again = append(sorted.Without(slices.Clone(s.Again), func(a Again) bool { return runbooks.SameName(a.By, one.By) || runbooks.SameName(a.By, s.By) }), one)
}

// samePerson reports whether two names are one; of names that are withheld it is not known.
func samePerson(a, b string) bool { return runbooks.SameName(a, b) && !untoldPerson(a, b) }

// others says who else said the same of the service since; "" if nobody did.
func (s *Service) others() string {
	text := ""
	for i, a := range s.Again {
		switch rest := len(s.Again) - i; {
		case i == maxOthers && rest > 1:
			return text + fmt.Sprintf("; so did %d more", rest)
		case a.By == WithheldText:
			text += "; said again, by whom is withheld"
		case s.State == Verified:
			text += "; " + a.By + " looked too"
		default:
			text += "; " + a.By + " said so too"
		}
	}
	return text
}

// maxOthers is how many of them are named.
const maxOthers = 3

// Whys are the reasons that were given for a service's state: of who is named, and of each other with
// the name.
func (s *Service) Whys() string {
	text := s.Why
	for i, a := range s.Again {
		if i == maxOthers || isBlank(a.Why) {
			continue
		}
		if text != "" {
			text += "; "
		}
		text += a.By + ": " + a.Why
	}
	return text
}
