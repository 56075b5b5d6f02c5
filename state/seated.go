package state

import (
	"fmt"
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

// actedAt is how a person acted at a seat when an entry was made, as far as the log says: at its
// terminal, or by its account where one of the two had none.
func actedAt(inc *Incident, person string, seat Seat, seq uint64) nearness {
	seen := map[Seat]bool{}
	for i := len(inc.seated) - 1; i >= 0 && seat.Terminal != "" && seat.Terminal != WithheldText; i-- {
		at := inc.seated[i]
		if at.seq >= seq || seen[at.seat] {
			continue
		}
		seen[at.seat] = true
		switch {
		case !runbooks.SameName(at.person, person):
		case at.seat == seat && seat.Known():
			return sameTerminal
		case at.seat.sharesAccount(seat) && (at.seat.Terminal == NoTerminal || seat.Terminal == NoTerminal):
			return sameAccount
		}
	}
	return elsewhere
}

// A nearness is how far from each other two people acted.
type nearness int

const (
	elsewhere nearness = iota
	sameTerminal
	sameAccount // and one of them without a terminal
)

// Unseated reports whether somebody who acts without a terminal is to be recorded: another person
// of their account acts in the incident, or did last without a terminal.
func Unseated(inc *Incident, seat Seat, person string) bool {
	if seat.Terminal != NoTerminal || person == "" {
		return false
	}
	for i := len(inc.seated) - 1; i >= 0; i-- {
		if at := inc.seated[i]; at.seat == seat {
			return !runbooks.SameName(at.person, person)
		}
	}
	return len(ofAccount(inc, seat, person, inc.Head.Seq+1)) > 0
}

// ofAccount are those who acted last at the terminals of a seat's account before an entry, but for
// one person.
func ofAccount(inc *Incident, seat Seat, but string, seq uint64) (people []string) {
	seen := map[Seat]bool{}
	for i := len(inc.seated) - 1; i >= 0; i-- {
		at := inc.seated[i]
		if at.seq >= seq || !at.seat.sharesAccount(seat) || !at.seat.Known() || seen[at.seat] {
			continue
		}
		if seen[at.seat] = true; !runbooks.SameName(at.person, but) && !slices.Contains(people, at.person) {
			people = append(people, at.person)
		}
	}
	return people
}

// WithoutTerminal are the entries that say that somebody acts without a terminal, each by the
// account of another.
func WithoutTerminal(inc *Incident) (list []Entry) {
	for i := range inc.seated {
		at := &inc.seated[i]
		if at.seat.Terminal == NoTerminal && len(ofAccount(inc, at.seat, at.person, at.seq)) > 0 {
			list = append(list, inc.Log[at.seq-1])
		}
	}
	return list
}

// atOwn refuses, softly, what another person than doer has to do, where it is done at the
// terminal at which doer acted when entry seq was made, or by the same account without one.
func (d *decision) atOwn(doer string, seq uint64, what string) {
	if runbooks.SameName(doer, d.stamp.By.Name) {
		return
	}
	notAlike(d, doer, seq, what)
	where, hint := "at this terminal, by the same account", "Do it at another terminal, or say why here: the log and the report mark it."
	switch actedAt(d.inc, doer, d.stamp.Seat, seq) {
	case elsewhere:
		return
	case sameAccount:
		where, hint = fmt.Sprintf("by the account %s on %s, one of the two without a terminal", d.stamp.Seat.Account, d.stamp.Seat.Host), "Do it by another account, or say why here: the log and the report mark it."
	}
	d.refuse(Refusal{Reason: SameSeat, Overridable: true, Seq: seq, Hint: hint,
		Text: fmt.Sprintf("%s %s, and another person should act elsewhere.", what, where)})
}

// Beside is at whose terminal an entry was made, or by whose account, if that was another's act
// of what asks for two people, and was made all the same; "" if it was not, or nothing says so.
func (inc *Incident) Beside(seq uint64) string { return inc.beside[seq] }

// SayBeside says it in words: at Ada's terminal; "" if there is nothing to say.
func SayBeside(inc *Incident, seq uint64, name func(string) string) string {
	other := inc.beside[seq]
	if other == "" {
		return ""
	}
	switch e := inc.Log[seq-1]; {
	case other == WithheldText:
		return "at the terminal of whom it should not be"
	case actedWithout(inc, e.By.Name, seq) || actedWithout(inc, other, seq):
		return "by " + name(other) + "'s account, without a terminal"
	}
	return "at " + name(other) + "'s terminal"
}

// actedWithout reports whether a person acted last without a terminal, before an entry.
func actedWithout(inc *Incident, person string, seq uint64) bool {
	for i := len(inc.seated) - 1; i >= 0; i-- {
		if at := inc.seated[i]; at.seq < seq && runbooks.SameName(at.person, person) {
			return at.seat.Terminal == NoTerminal
		}
	}
	return false
}

// besides keeps that an entry was made where the other person had acted.
func besides(inc *Incident, e *Entry, other string) {
	if !overrides(e, SameSeat) {
		return
	}
	marks := make(map[uint64]string, len(inc.beside)+1)
	for seq, name := range inc.beside {
		marks[seq] = name
	}
	marks[e.Seq] = other
	inc.beside = marks
}

// overrides reports whether an entry was made against one of some refusals.
func overrides(e *Entry, reasons ...Reason) bool {
	return e.Override != nil && slices.ContainsFunc(reasons, func(r Reason) bool { return slices.Contains(e.Override.Of, r) })
}

// sayBeside says in a description at whose terminal an act was made.
func sayBeside(inc *Incident, e Entry) string {
	text := SayBeside(inc, e.Seq, func(name string) string { return name })
	if text == "" {
		return ""
	}
	return ", " + text
}
