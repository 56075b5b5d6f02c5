package response

import (
	"fmt"

	"muster/state"
)

// Undo is what takes back a person's own last entry, and that entry; why may be "". A
// person who has none gets a refusal.
func Undo(inc *state.Incident, person, why string) (state.Entry, state.RetractEntry, error) {
	entry, ok := inc.LastOwn(person)
	if !ok {
		return entry, state.RetractEntry{}, &state.Refusal{
			Reason: state.NotFound, Text: fmt.Sprintf("There is nothing of yours, %s, to take back.", person), Hint: "Any entry can be retracted, with a reason.",
		}
	}
	if why == "" {
		why = "undo"
	}
	return entry, state.RetractEntry{Seq: entry.Seq, Why: why}, nil
}
