package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state"
)

// witness shows the head to be read aloud, and asks who was told it. What is shown is
// what is recorded, even if others write meanwhile.
func (o *openIncident) witness() tea.Cmd {
	head := o.inc.Head
	ways := &field{id: "how", label: "How", kind: choiceField}
	for _, way := range state.Ways() {
		ways.choices = append(ways.choices, choice{way, way})
	}
	return o.ask(typedAction{
		title: "Tell a witness the head", verb: "record",
		about: fmt.Sprintf("Read this aloud, and let it be written down with the time:\n\n    %s\n\nIt vouches for the log up to entry %d. What counts is what the witness wrote down, not this entry.",
			strings.ReplaceAll(head.Hash.Code(), "-", "   "), head.Seq),
		fields: func() []*field {
			return []*field{{id: "witness", label: "Who outside was told?", required: true}, ways}
		},
		command: func(v map[string]string) state.Command {
			return state.RecordWitness{Witness: v["witness"], How: v["how"], Head: head.Hash}
		},
	})
}
