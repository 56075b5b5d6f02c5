package main

import (
	"time"

	"muster/state"
	"muster/state/team"
)

// arrive says that somebody has the screens open. Who is here helps, and nothing depends
// on it: that it cannot be told is no error.
func arrive(e *env, person string) {
	folder, err := teamFolder(e)
	if err != nil {
		return
	}
	card := team.Card{Name: person}
	if v := e.visit; v != nil {
		card.Name, card.Role, card.From = v.Person.Name, string(v.Person.Access), v.From
	}
	presence, err := folder.Arrive(card)
	if err != nil {
		return
	}
	if e.crowd == nil {
		e.crowd = crowdOf(folder)
	}
	e.roster = &roster{door: doorOf(e), folder: folder, crowd: e.crowd, presence: presence}
}

// doorOf is how one who has screens open lets others in.
func doorOf(e *env) door {
	return door{
		opens:  mayLetIn(e, state.Observer) == nil,
		invite: func(name string, access state.Access) (string, time.Time, error) { return invite(e, name, access) },
		admit:  func(who string) error { _, err := admit(e, who); return err },
		turn:   func(who string) error { _, err := turn(e, who); return err },
	}
}
