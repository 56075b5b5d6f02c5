package incident

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/tui/kit"
)

// actFields ask when something happened and who does it.
func (x *Outbox) actFields() []*kit.Field {
	return []*kit.Field{
		{ID: "when", Label: "When did it happen?", Short: true, Hint: "now; or 02:38, -10m", Fills: "occurred", Check: x.UI.NotPast},
		x.byField(),
	}
}

// byField asks who does something.
func (x *Outbox) byField() *kit.Field {
	return &kit.Field{ID: "by", Label: "Who does it?", Short: true, Required: true, Named: true, Hint: "a name", Check: nameCheck}
}

// nameCheck says why a name cannot be; "" if it can.
func nameCheck(name string) string {
	if len(name) > state.MaxName {
		return fmt.Sprintf("A name has at most %d bytes.", state.MaxName)
	}
	return ""
}

// acting fills in what actFields ask for: the time that was set, and who acts here.
func (x *Outbox) acting(values map[string]string) map[string]string {
	if values == nil {
		values = map[string]string{}
	}
	if values["when"] == "" {
		values["when"] = x.NextWhen
	}
	if values["by"] == "" {
		values["by"] = x.UI.Person
	}
	return values
}

// acted is an action with the time and the person that were filled in. The time that was
// set is used up. Who is named in one form acts here from then on.
func (x *Outbox) acted(values map[string]string, action state.Action) (state.Action, error) {
	when, err := x.UI.Past(values["when"])
	if err != nil {
		return action, err
	}
	x.NextWhen = ""
	action.Occurred = when
	x.actsAs(values["by"])
	return action, nil
}

// setNext sets when the next action happened, as it was typed; "" for now.
func (x *Outbox) setNext(when string) {
	x.NextWhen = when
	if at, err := x.UI.Past(when); err == nil && (strings.HasPrefix(when, "-") || strings.HasSuffix(when, "ago")) {
		x.NextWhen = kit.Typed(x.UI, at) // so long before now, not before the action
	}
}

// AskActing asks who does what comes next, and when it happened: for a dialog that has no
// fields of its own for it.
func (x *Outbox) AskActing() tea.Cmd {
	return x.UI.Show(kit.NewPrompt(x.UI, "Who acts, and when?", "The time holds for the next action alone.", "set", x.actFields(), x.acting(nil), func(v map[string]string) (string, tea.Cmd) {
		x.actsAs(v["by"])
		x.setNext(v["when"])
		return "", nil
	}))
}

// actsAs has somebody act here from now on, and says so: whoever meant one form alone would
// else put that name on all that follows. "" or who acts already changes nothing.
func (x *Outbox) actsAs(name string) {
	if name != "" && name != x.UI.Person {
		x.UI.Person = state.KnownAs(x.Inc, name)
		x.Session.Be(x.UI.Person)
		x.UI.Say(x.UI.Person + " acts here from now on; " + x.UI.KeyOf("who") + " changes it.")
	}
}

// A TypedAction is an action that a prompt asks for: its fields, and the command
// they make.
type TypedAction struct {
	Title    string
	About    string                                       // what it is about, above the fields; "" for nothing
	Verb     string                                       // what enter does, in a word
	Fields   func() []*kit.Field                          // made anew whenever the prompt is opened
	Values   map[string]string                            // what the fields are filled with, by their ids; nil for nothing
	Command  func(values map[string]string) state.Command // what was filled in, as a command; nil if nothing was changed
	Wrong    func(values map[string]string) string        // why what the fields hold cannot be together; "" if it can, nil if it always can
	Clocks   bool                                         // it may start clocks: below the fields stands which, from when and due when
	Override string                                       // why a refusal is overridden; "" if none is
	When     string                                       // what asks when it happened, if not "When did it happen?"
	Now      bool                                         // it happens when it is recorded, at no other time: only who does it is asked
	// Do records it, and Then is done once it is; nil: Session.Do does, and nothing is.
	Do   func(context.Context, state.Action) (*state.Incident, error)
	Then func() tea.Cmd
}

// Ask opens the prompt of an action. If the action is refused or cannot be
// saved, the same prompt can be opened again with what was typed.
func (x *Outbox) Ask(t TypedAction) tea.Cmd { return x.UI.Show(x.promptFor(t)) }

func (x *Outbox) promptFor(t TypedAction) *kit.Prompt {
	t.Values = x.acting(t.Values)
	asked := x.actFields()
	if t.When != "" {
		asked[0].Label = t.When
	}
	if t.Now {
		asked = asked[1:]
		delete(t.Values, "when")
	}
	p := kit.NewPrompt(x.UI, t.Title, t.About, t.Verb, append(t.Fields(), asked...), t.Values, func(values map[string]string) (string, tea.Cmd) {
		if t.Wrong != nil {
			if why := t.Wrong(values); why != "" {
				return why, nil
			}
		}
		command := t.Command(values)
		if command == nil {
			return "Nothing was changed.", nil
		}
		action, err := x.acted(values, state.Action{Command: command, Override: t.Override})
		if err != nil {
			return err.Error(), nil
		}
		again := t
		again.Values = values
		return "", x.Do(&Saving{
			Action: action,
			Again:  func() kit.Dialog { return x.promptFor(again) },
			Do:     t.Do,
			Then:   t.Then,
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
