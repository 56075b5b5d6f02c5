package incident

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/tui/kit"
	"muster/tui/widget"
)

// An Outbox carries actions into the log, one after the other. What was asked for is
// kept here until the session has acknowledged it, or the person has let go of it.
type Outbox struct {
	*Case
	queue    []*Saving  // the first is being saved
	saving   bool       // it is on its way to the session, and has not come back
	sends    []*sending // notices on their way out
	NextWhen string     // when the next action happened, as typed; "" for now

	shows func(*state.Incident) tea.Cmd // shows what an action has led to
	tells func(state.Command)           // tells of what was recorded
}

// A Saving is an action on its way into the log.
type Saving struct {
	Action   state.Action
	Again    func() kit.Dialog                                            // the dialog it was typed into, as it was; nil if nothing was typed
	Via      func(*Saving) tea.Cmd                                        // what else comes before it is recorded; nil if nothing does
	Then     func() tea.Cmd                                               // what follows once it is recorded; nil if nothing does
	Do       func(context.Context, state.Action) (*state.Incident, error) // records it; nil: Session.Do does
	Ended    func(error)                                                  // is told once it is recorded, or refused; nil: nobody is
	ByItself bool                                                         // no person asked for it: a refusal is no news
	result   chan error                                                   // of the last attempt, if the program ended before it came
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

// Acting implements kit.Acting: in whose name the next act is recorded, and as of when, if a
// time was set for it.
func (x *Outbox) Acting() string {
	if x.Watch {
		return ""
	}
	who := "nobody has said who acts"
	if x.UI.Person != "" {
		who = "you are " + widget.Truncate(clean.Line(x.UI.Person), 24)
	}
	if x.NextWhen != "" {
		who = "next act at " + widget.Truncate(clean.Line(x.NextWhen), 20) + " " + x.UI.Theme.Glyphs.Horizontal + " " + who
	}
	return who
}

// enqueue puts an action behind those on their way already.
func (x *Outbox) enqueue(s *Saving) tea.Cmd {
	x.queue = append(x.queue, s)
	if len(x.queue) > 1 || x.Stuck != nil {
		return nil
	}
	return x.save()
}

// save carries the first action of the queue to the session, unless it is on its way
// there: two things may have it tried again at once, and it is one entry.
func (x *Outbox) save() tea.Cmd {
	if len(x.queue) == 0 {
		if x.UI.Leaving() && len(x.sends) == 0 {
			return x.UI.Leave()
		}
		return nil
	}
	if x.saving {
		return nil
	}
	x.saving = true
	first, session, ctx := x.queue[0], x.Session, x.Ctx
	result := make(chan error, 1)
	first.result = result
	return func() tea.Msg {
		do := first.Do
		if do == nil {
			do = session.Do
		}
		inc, err := do(ctx, first.Action)
		result <- err
		return saved{x, first, inc, err}
	}
}

// saved is what became of an action.
type saved struct {
	of    *Outbox
	first *Saving
	inc   *state.Incident
	err   error
}

// lastSave is how long an action that was being saved when the program ended may
// still take.
const lastSave = 3 * time.Second

// savedLate waits for an action that was being saved, and reports whether it was.
func (s *Saving) savedLate() bool {
	select {
	case err := <-s.result:
		return err == nil
	case <-time.After(lastSave):
		return false
	}
}

// askWho asks who acts, among those who are known and any other name, and then goes on.
func (x *Outbox) askWho(title string, then func() tea.Cmd) tea.Cmd {
	return x.UI.Show(x.who(title, then))
}

// who is the question for it.
func (x *Outbox) who(title string, then func() tea.Cmd) kit.Dialog {
	var found []kit.Finding
	here := false
	for _, name := range state.PeopleOf(x.Inc) {
		one := kit.Finding{Text: name, Hint: strings.Join(x.Inc.RolesOf(name), ", "), Do: func() tea.Cmd { return x.become(name, then) }}
		if runbooks.SameName(name, x.UI.Person) {
			one.Hint, here = "acts here now", true
			found = slices.Insert(found, 0, one) // enter alone makes nobody another
			continue
		}
		found = append(found, one)
	}
	f := kit.NewFinder(x.UI, title, found)
	if !here {
		f.ChooseNone()
	}
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
