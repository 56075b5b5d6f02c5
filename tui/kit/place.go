package kit

import (
	"slices"
	"strings"
)

// A Place is where keys have a meaning of their own: a screen, or a kind of dialog.
type Place struct {
	Name string // as help and documentation call it; no two places share one
	Is   Trait
	// Not are the ids of actions, separated by spaces, that do not hold here though
	// they hold in places like this one: their keys are the place's own.
	Not string
}

// A Trait is something that places have in common. A package may have its own, from
// FirstTrait on.
type Trait uint

// Traits that every floor knows.
const (
	List   Trait = 1 << iota // a screen with a list to go through
	Typing                   // letters are text there
	Search                   // one line to type into, above a list
	Fields                   // fields to fill in
	Over                     // a dialog
	Page                     // a dialog to go through, from line to line
	Shut                     // a dialog that enter closes, without doing anything
	Split                    // a screen with a list and a text beside it
	Alarm                    // a dialog that opens by itself over whatever somebody does
	FirstTrait
)

// A Where says in which places an action can be done.
type Where func(Place) bool

// Anywhere is every place.
func Anywhere(Place) bool { return true }

// At are the places named.
func At(places ...Place) Where {
	return func(p Place) bool { return slices.Contains(places, p) }
}

// Every are the places that have one of the traits.
func Every(t Trait) Where {
	return func(p Place) bool { return p.Is&t != 0 }
}

// But are the places of w without those named.
func (w Where) But(places ...Place) Where {
	return func(p Place) bool { return w(p) && !slices.Contains(places, p) }
}

// Or are the places of w and those named.
func (w Where) Or(places ...Place) Where {
	return func(p Place) bool { return w(p) || slices.Contains(places, p) }
}

// holds reports whether an action can be done in a place.
func (p Place) holds(act *Action) bool {
	return act.On(p) && !slices.Contains(strings.Fields(p.Not), act.ID)
}
