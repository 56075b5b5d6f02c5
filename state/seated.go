package state

import (
	"slices"

	"muster/runbooks"
)

// PersonAt is who acts at a seat, as far as the log says; false if it does not.
func (inc *Incident) PersonAt(seat Seat) (string, bool) {
	for i := len(inc.seated) - 1; i >= 0 && seat.Known(); i-- {
		if at := inc.seated[i]; at.seat == seat {
			return at.person, true
		}
	}
	return "", false
}

// actedAt reports whether a person acted at a seat when an entry was made, as far as the
// log says.
func actedAt(inc *Incident, person string, seat Seat, seq uint64) bool {
	for i := len(inc.seated) - 1; i >= 0 && seat.Known(); i-- {
		if at := inc.seated[i]; at.seq < seq && at.seat == seat {
			return runbooks.SameName(at.person, person)
		}
	}
	return false
}

// Beside is at whose terminal an entry was made, if that was another's act of what asks
// for two people, and was made all the same; "" if it was not, or nothing says so.
func (inc *Incident) Beside(seq uint64) string { return inc.beside[seq] }

// besides keeps that an entry was made where the other person had acted.
func besides(inc *Incident, e *Entry, other string) {
	if e.Override == nil || !slices.Contains(e.Override.Of, SameSeat) {
		return
	}
	marks := make(map[uint64]string, len(inc.beside)+1)
	for seq, name := range inc.beside {
		marks[seq] = name
	}
	marks[e.Seq] = other
	inc.beside = marks
}

// sayBeside says in a description at whose terminal an act was made.
func sayBeside(inc *Incident, e Entry) string {
	switch other := inc.beside[e.Seq]; other {
	case "":
		return ""
	case WithheldText:
		return ", at the terminal of whom it should not be"
	default:
		return ", at " + other + "'s terminal"
	}
}
