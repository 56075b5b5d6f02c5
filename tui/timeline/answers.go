package timeline

import (
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/incident"
	"muster/tui/kit"
)

// noInject says why no entry can be linked to an inject.
func (t *Screen) noInject() string {
	switch {
	case !t.IsDrill():
		return "Only a drill has injects that an entry can answer."
	case len(t.Inc.Exercise.Delivered) == 0:
		return "No inject was delivered yet."
	}
	return t.Cannot()
}

// answers asks which inject the entry answers.
func (t *Screen) answers() tea.Cmd {
	seq := t.chosen()
	e, ok := t.Inc.Entry(seq)
	if !ok {
		return nil
	}
	inject := &kit.Field{ID: "inject", Label: "Inject", Kind: kit.ChoiceField}
	last := ""
	for i := range t.Inc.Exercise.Delivered {
		d := &t.Inc.Exercise.Delivered[i]
		number := strconv.Itoa(d.Number)
		if d.Seq < seq {
			last = number // most often the last before it is answered
		}
		inject.Choices = append(inject.Choices, kit.Choice{Value: number, Title: number + " " + clean.Row(d.Text)})
	}
	return t.Ask(incident.TypedAction{
		Title: fmt.Sprintf("Entry %d answers an inject", seq), About: t.Describe(e), Verb: "link", Values: map[string]string{"inject": last},
		Fields: func() []*kit.Field {
			return []*kit.Field{inject, {ID: "note", Label: "What it shows", Kind: kit.NoteField, Hint: "optional"}}
		},
		Command: func(v map[string]string) state.Command {
			return state.AcknowledgeInject{Inject: v["inject"], Note: v["note"], Entry: seq}
		},
	})
}
