package incident

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/tui/kit"
)

// sayWho asks who acts at this terminal from now on.
func sayWho(o *Open) tea.Cmd { return o.askWho("Who acts here from now on?", nil) }

// askWho asks who acts, among those who are known and any other name, and then goes on.
func (x *Outbox) askWho(title string, then func() tea.Cmd) tea.Cmd {
	return x.UI.Show(x.who(title, then))
}

// who is the question for it.
func (x *Outbox) who(title string, then func() tea.Cmd) kit.Dialog {
	var found []kit.Finding
	for _, name := range state.PeopleOf(x.Inc) {
		hint := strings.Join(x.Inc.RolesOf(name), ", ")
		if runbooks.SameName(name, x.UI.Person) {
			hint = "acts here now"
		}
		found = append(found, kit.Finding{Text: name, Hint: hint, Do: func() tea.Cmd { return x.become(name, then) }})
	}
	f := kit.NewFinder(x.UI, title, found)
	f.Else = func(name string) kit.Finding {
		return kit.Finding{Text: name, Hint: "another name", Do: func() tea.Cmd { return x.become(name, then) }}
	}
	return f
}

// become records that somebody acts here from now on, and goes on.
func (x *Outbox) become(name string, then func() tea.Cmd) tea.Cmd {
	if len(name) > state.MaxName {
		x.UI.Say(fmt.Sprintf("A name has at most %d bytes.", state.MaxName))
		return nil
	}
	session, first := x.Session, then
	if first == nil {
		first = func() tea.Cmd { return nil }
	}
	if runbooks.SameName(name, x.UI.Person) {
		return first()
	}
	x.UI.Person = state.KnownAs(x.Inc, name)
	x.UI.Say(x.UI.Person + " acts here from now on.")
	s := &Saving{Action: state.Action{Command: state.ActAt{Terminal: "of this screen"}, By: name}, ByItself: true, Do: func(ctx context.Context, _ state.Action) (*state.Incident, error) { return session.Become(ctx, name) }}
	return tea.Batch(x.enqueue(s), first())
}

// Do sends an action into the log, once it is known who acts.
func (x *Outbox) Do(s *Saving) tea.Cmd {
	if x.UI.Person == "" && !s.ByItself {
		return x.askWho("Who are you? It is recorded with what you do", func() tea.Cmd { return x.Do(s) })
	}
	x.dated(s)
	return x.enqueue(s)
}

// Record is do for a command that nothing was typed for.
func (x *Outbox) Record(c state.Command) tea.Cmd {
	return x.Do(&Saving{Action: state.Action{Command: c}})
}

// dated gives an action the time that was set for the next one, which is used up; or, if it
// will be written only when the log takes it again, the present one. It is not for what the
// program does by itself, nor for the facilitator, who acts when it happens.
func (x *Outbox) dated(s *Saving) {
	if x.NextWhen == "" && !x.keepsBack() || s.ByItself || !s.Action.Occurred.IsZero() || state.FacilitatorCommand(s.Action.Command) {
		return
	}
	if s.Action.Occurred = x.UI.Now(); x.NextWhen != "" {
		s.Action.Occurred, _ = x.UI.Past(x.NextWhen) // it was read when it was typed
	}
	x.NextWhen = ""
}
