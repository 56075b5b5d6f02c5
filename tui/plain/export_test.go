package plain

import (
	"maps"
	"slices"

	"muster/tui/kit"
)

// Keys are the keys of a program's screens.
func (p *Program) Keys() *kit.KeyMap { return p.ui.Keys }

// Instead says what a person does line by line in place of an action; "" if it is done by
// its name.
func Instead(id string) string { return instead[id] }

// Replaced are the actions in whose place a person does something else, sorted.
func Replaced() []string { return slices.Sorted(maps.Keys(instead)) }

// Names are the words by which actions are done in a place, with their ids.
func Names(keys *kit.KeyMap, place kit.Place) map[string]string {
	names, acts := map[string]string{}, actsOf(keys, place)
	for _, act := range acts {
		names[name(acts, act)] = act.ID
	}
	return names
}
