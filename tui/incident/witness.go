package incident

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/tui/kit"
)

// tellWitness shows the head to be read aloud, and asks who was told it. What is shown is
// what is recorded, even if others write meanwhile.
func tellWitness(o *Open) tea.Cmd {
	head := o.Inc.Head
	ways := &kit.Field{ID: "how", Label: "How", Kind: kit.ChoiceField}
	for _, way := range state.Ways() {
		ways.Choices = append(ways.Choices, kit.Choice{Value: way, Title: way})
	}
	return o.Ask(TypedAction{
		Title: "Tell a witness the head", Verb: "record",
		About: fmt.Sprintf("Read this aloud, and let it be written down with the time:\n\n    %s\n\nIt vouches for the log up to entry %d. What counts is what the witness wrote down, not this entry.",
			strings.ReplaceAll(head.Hash.Code(), "-", "   "), head.Seq),
		Fields: func() []*kit.Field {
			return []*kit.Field{{ID: "witness", Label: "Who outside was told?", Required: true, Named: true}, ways}
		},
		Command: func(v map[string]string) state.Command {
			return state.RecordWitness{Witness: v["witness"], How: v["how"], Head: head.Hash}
		},
	})
}
