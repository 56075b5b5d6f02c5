package response

import (
	"muster/state"
)

// Undo is what takes back a person's own last entry, and that entry; why may be "". What
// cannot be undone is a refusal; see [state.Incident.Undoable].
func Undo(inc *state.Incident, person, why string) (state.Entry, state.RetractEntry, error) {
	entry, err := inc.Undoable(person)
	if err != nil {
		return entry, state.RetractEntry{}, err
	}
	if why == "" {
		why = "undo"
	}
	return entry, state.RetractEntry{Seq: entry.Seq, Why: why}, nil
}
