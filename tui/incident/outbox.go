package incident

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/kit"
)

// An Outbox carries actions into the log, one after the other. What was asked for is
// kept here until the session has acknowledged it, or the person has let go of it.
type Outbox struct {
	*Case
	queue    []*Saving // the first is being saved
	Sending  int       // notices on their way out
	NextWhen string    // when the next action happened, as typed; "" for now

	adopt   func(*state.Incident) tea.Cmd // shows what an action has led to
	settled func(state.Command)           // tells of what was recorded
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

// Do sends an action into the log, behind those on their way already.
func (x *Outbox) Do(s *Saving) tea.Cmd {
	if x.UI.Person == "" && !s.ByItself {
		return x.askWho("Who are you? It is recorded with what you do", func() tea.Cmd { return x.Do(s) })
	}
	x.queue = append(x.queue, s)
	if len(x.queue) > 1 || x.Stuck != nil {
		return nil
	}
	return x.save()
}

// Record is do for a command that nothing was typed for.
func (x *Outbox) Record(c state.Command) tea.Cmd {
	return x.Do(&Saving{Action: state.Action{Command: c}})
}

// save carries the first action of the queue to the session.
func (x *Outbox) save() tea.Cmd {
	if len(x.queue) == 0 {
		if x.UI.Leaving() && x.Sending == 0 {
			return x.UI.Leave()
		}
		return nil
	}
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

// Deliver goes on with what is next; what was refused or not saved is shown.
func (s saved) Deliver() tea.Cmd {
	x := s.of
	var refusal *state.Refusal
	if s.first.Ended != nil && (s.err == nil || errors.As(s.err, &refusal) || errors.Is(s.err, state.ErrTooLong)) {
		s.first.Ended(s.err)
	}
	switch {
	case s.err == nil:
		x.Stuck = nil
		x.queue = x.queue[1:]
		news := x.adopt(s.inc)
		x.settled(s.first.Action.Command)
		if s.first.Then != nil {
			news = tea.Batch(news, s.first.Then())
		}
		return tea.Batch(news, x.save())
	case errors.As(s.err, &refusal) && s.first.ByItself:
		x.queue = x.queue[1:]
		return tea.Batch(x.adopt(x.Session.Incident()), x.save())
	case errors.As(s.err, &refusal):
		x.queue = x.queue[1:]
		news := x.adopt(x.Session.Incident())
		x.UI.Stay()
		return tea.Batch(news, x.refused(s.first, refusal), x.save())
	case errors.Is(s.err, state.ErrTooLong):
		x.queue = x.queue[1:]
		x.UI.Stay()
		refusal = &state.Refusal{Reason: state.Invalid, Text: "That is too long for one entry.", Hint: "Make it shorter, or save it as a file and attach that."}
		return tea.Batch(x.refused(s.first, refusal), x.save())
	}
	x.Stuck = s.err
	x.UI.Stay()
	x.look()
	return x.UI.Raise(newNotSaved(x))
}

// Unfinished reports whether something is being saved or sent.
func (x *Outbox) Unfinished() (busy bool, ask kit.Dialog) {
	if x.Stuck != nil || x.isChanged() {
		ask = newLeaveUnsaved(x)
	} else if len(x.copies) > 0 {
		ask = newLeaveCopying(x.Case)
	}
	return len(x.queue) > 0 || x.Sending > 0 || len(x.copies) > 0 || x.isChanged(), ask
}

// Unsaved says which actions were asked for and are not in the log.
func (x *Outbox) Unsaved() (lines []string) {
	if line := aside(x); line != "" {
		lines = append(lines, line)
	}
	for _, c := range x.copies {
		lines = append(lines, "  "+clean.Line(c.name)+" was still being copied, and is not attached")
	}
	if x.Sending > 0 {
		lines = append(lines, "  a notice was on its way: look whether it arrived, and record that")
	}
	for i, s := range x.queue {
		if i == 0 && x.Stuck == nil && s.savedLate() {
			continue
		}
		lines = append(lines, "  "+x.say(s))
	}
	return lines
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
