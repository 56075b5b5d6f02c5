package incident

import (
	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/tui/kit"
)

// whenField asks for the time of an action.
func (x *Outbox) whenField() *kit.Field {
	return &kit.Field{ID: "when", Label: "When did it happen?", Hint: "now; or 02:38, -10m", Fills: "occurred", Check: x.UI.NotPast}
}

// A TypedAction is an action that a prompt asks for: its fields, and the command
// they make.
type TypedAction struct {
	Title    string
	About    string                                       // what it is about, above the fields; "" for nothing
	Verb     string                                       // what enter does, in a word
	Fields   func() []*kit.Field                          // made anew whenever the prompt is opened
	Values   map[string]string                            // what the fields are filled with, by their ids; nil for nothing
	Command  func(values map[string]string) state.Command // what was filled in, as a command
	Override string                                       // why a refusal is overridden; "" if none is
}

// Ask opens the prompt of an action. If the action is refused or cannot be
// saved, the same prompt can be opened again with what was typed.
func (x *Outbox) Ask(t TypedAction) tea.Cmd { return x.UI.Show(x.promptFor(t)) }

func (x *Outbox) promptFor(t TypedAction) *kit.Prompt {
	if t.Values == nil {
		t.Values = map[string]string{}
	}
	if t.Values["when"] == "" {
		t.Values["when"] = x.NextWhen
	}
	fields := append(t.Fields(), x.whenField())
	return kit.NewPrompt(x.UI, t.Title, t.About, t.Verb, fields, t.Values, func(values map[string]string) (string, tea.Cmd) {
		when, err := x.UI.Past(values["when"])
		if err != nil {
			return err.Error(), nil
		}
		x.NextWhen = ""
		again := t
		again.Values = values
		return "", x.Do(&Saving{
			Action: state.Action{Command: t.Command(values), Occurred: when, Override: t.Override},
			Again:  func() kit.Dialog { return x.promptFor(again) },
		})
	})
}
