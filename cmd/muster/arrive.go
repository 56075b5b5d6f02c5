package main

import "muster/state/team"

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
	e.roster = &roster{folder: folder, presence: presence}
}
