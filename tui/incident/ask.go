package incident

import (
	"maps"
	"strings"
	"time"

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
	Clocks   bool                                         // it may start clocks: below the fields stands which, from when and due when
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
	p := kit.NewPrompt(x.UI, t.Title, t.About, t.Verb, fields, t.Values, func(values map[string]string) (string, tea.Cmd) {
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
	if t.Clocks {
		p.Says = func(values map[string]string) string { return x.foresee(t, values) }
	}
	return p
}

// foresee says what an action would do to the clocks, as it is filled in at present.
func (x *Outbox) foresee(t TypedAction, values map[string]string) string {
	at, err := x.UI.Past(values["when"])
	if err != nil {
		return ""
	}
	now := x.UI.Now()
	if values["why"] == "" { // it is asked for, and changes nothing of the time
		values = maps.Clone(values)
		values["why"] = "foreseen"
	}
	stamp := state.Stamp{By: state.Actor{Name: x.UI.Person, Via: "local"}, Recorded: now, Zone: now.Format("-07:00 MST")}
	var lines []string
	for _, f := range state.Foresee(x.Inc, state.Action{Command: t.Command(values), Occurred: at}, stamp, now.Location()) {
		lines = append(lines, f.Says(func(t time.Time) string { return kit.ClockTime(t, now) }, now.Location()))
	}
	return strings.Join(lines, "\n")
}
