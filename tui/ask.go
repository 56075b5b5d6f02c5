package tui

import (
	tea "charm.land/bubbletea/v2"

	"muster/state"
)

// whenField asks for the time of an action.
func (o *openIncident) whenField() *field {
	return &field{id: "when", label: "When did it happen?", hint: "now; or 02:38, -10m", check: o.ui.notPast}
}

// typedAction is an action that a prompt asks for: its fields, and the command
// they make.
type typedAction struct {
	title, about, verb string
	fields             func() []*field
	values             map[string]string
	command            func(values map[string]string) state.Command
	override           string
}

// ask opens the prompt of an action. If the action is refused or cannot be
// saved, the same prompt can be opened again with what was typed.
func (o *openIncident) ask(t typedAction) tea.Cmd { return o.ui.Show(o.promptFor(t)) }

func (o *openIncident) promptFor(t typedAction) *prompt {
	if t.values == nil {
		t.values = map[string]string{}
	}
	if t.values["when"] == "" {
		t.values["when"] = o.nextWhen
	}
	fields := append(t.fields(), o.whenField())
	return newPrompt(o.ui, t.title, t.about, t.verb, fields, t.values, func(values map[string]string) (string, tea.Cmd) {
		when, err := o.ui.past(values["when"])
		if err != nil {
			return err.Error(), nil
		}
		o.nextWhen = ""
		again := t
		again.values = values
		return "", o.do(&saving{
			action: state.Action{Command: t.command(values), Occurred: when, Override: t.override},
			again:  func() Dialog { return o.promptFor(again) },
		})
	})
}
