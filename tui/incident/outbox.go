package incident

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/tui/kit"
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

// A sending is a notice on its way out.
type sending struct {
	by    string // the channel
	began time.Time
	end   context.CancelFunc
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
