package incident

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/tui/kit"
)

// An Open is an incident that somebody works in: what its screens share.
// It shows the newest state known, and carries actions into the log one after
// the other. An action that was asked for is kept here until the session has
// acknowledged it, or the person has let go of it.
type Open struct {
	Outlets
	UI      *kit.UI
	Session Session
	Ctx     context.Context
	cancel  context.CancelFunc
	Watch   bool
	Inc     *state.Incident
	queue   []*Saving // the first is being saved
	Stuck   error     // why the first could not be saved; nothing is saved meanwhile
	follow  error     // why changes by others cannot be seen
	notice  string    // why nothing can be recorded; "" if it can

	parts    []any  // the screens and whatever else is told of changes, in their order
	draft    string // a note that was typed and not saved
	NextWhen string // when the next action happened, as typed; "" for now

	Sending      int             // notices on their way out
	contacts     []Contact       // with the person's own; nil until they are read
	contactsErr  string          // why the person's own contacts cannot be read
	Looks        map[string]look // the newest look at each service
	lookups      []lookup        // services that wait to be looked at
	checking     int             // looks under way
	Fresh        int             // counts what changes without an entry
	announcedIDs []string        // services to look at again, as of announcedSeq
	announcedSeq uint64
	alerts       []string // what rang and was not seen yet, clean
	dues         []due    // what is to ring, as of dueSeq
	dueSeq       uint64
	rung         map[string]bool // by due
	missed       map[string]bool // clocks whose passing was recorded from here
	counted      facts
}

// Outlets are what an open incident has beside its session.
type Outlets struct {
	World       World          // what can be done outside; nil: nothing can be checked or sent
	Library     library        // runbooks to attach
	Left        func() tea.Cmd // what follows when the person has left the incident
	Facilitator bool           // the person facilitates every drill, not only their own
}

// A library has the runbooks that can be attached.
type library interface {
	// Runbooks lists the library, sorted by title, broken files included.
	Runbooks(ctx context.Context) ([]runbooks.Head, error)
	// Runbook reads one runbook of the library.
	Runbook(ctx context.Context, id string) (*runbooks.Source, error)
}

// A Saving is an action on its way into the log.
type Saving struct {
	Action   state.Action
	Again    func() kit.Dialog                              // the dialog it was typed into, as it was; nil if nothing was typed
	Via      func(*Saving) tea.Cmd                          // what else comes before it is recorded; nil if nothing does
	then     func() tea.Cmd                                 // what follows once it is recorded; nil if nothing does
	Do       func(context.Context) (*state.Incident, error) // records it; nil: Session.Do does
	Ended    func(error)                                    // is told once it is recorded, or refused; nil: nobody is
	ByItself bool                                           // no person asked for it: a refusal is no news
	Left     bool                                           // it has happened outside already: a refusal cannot stop it
	result   chan error                                     // of the last attempt, if the program ended before it came
}

// New makes an open incident without screens; with watch, nothing is recorded.
func New(u *kit.UI, session Session, watch bool, out Outlets) *Open {
	ctx, cancel := context.WithCancel(u.Context)
	o := &Open{Outlets: out, UI: u, Session: session, Ctx: ctx, cancel: cancel, Watch: watch, Inc: session.Incident(),
		Looks: map[string]look{}, rung: map[string]bool{}, missed: map[string]bool{}}
	if who, ok := session.(interface{ Person() string }); ok && who.Person() != "" { // the start form may name another
		u.Person = who.Person()
	}
	o.look()
	return o
}

// Join gives the incident its screens, and what else is told of changes.
func (o *Open) Join(parts ...any) { o.parts = append(o.parts, parts...) }

// What parts of an open incident may be told, or asked.
type (
	// A changer is told of every new state of the incident.
	changer interface {
		Changed(before *state.Incident) tea.Cmd
	}
	// A starter is told that the incident has been opened.
	starter interface{ Begin() tea.Cmd }
	// A ticker is told of every second.
	ticker interface{ Tock(now time.Time) tea.Cmd }
	// A follower is told of what this person has recorded.
	follower interface{ After(c state.Command) }
	// A marker has a word for the head about what needs somebody; "" for none.
	marker interface{ Mark() string }
	// An arriver is told that it is gone to, from another screen.
	arriver interface{ Arrive(from kit.Screen) tea.Cmd }
	// An escaper does something on escape before the person is led to the steps; it
	// reports whether it did.
	escaper interface{ Escape() bool }
	// A stepper is on a step that a note or a file may belong to; "" if it is on none.
	stepper interface{ Here() (id, name string) }
	// A finder says what the palette finds beside actions.
	finder interface{ Finds() []kit.Finding }
	// A phaser is in a phase; "" if it is in none.
	phaser interface{ Phase() string }
)

// Follow follows the incident, and begins what its parts begin with.
func (o *Open) Follow() tea.Cmd {
	cmds := []tea.Cmd{o.wait(), o.ReadContacts(), o.offered(nil)}
	for _, p := range o.parts {
		if p, ok := p.(starter); ok {
			cmds = append(cmds, p.Begin())
		}
	}
	return tea.Batch(cmds...)
}

func (o *Open) Incident() *Open { return o }

// IsDrill reports whether the incident is an exercise.
func (o *Open) IsDrill() bool { return o.Inc.Mode == state.Drill }

// Clocks reports that, while the incident is open, its elapsed time runs.
func (o *Open) Clocks() bool { return o.Inc.Closed == nil }

// Unfinished reports whether something is being saved or sent.
func (o *Open) Unfinished() (busy bool, ask kit.Dialog) {
	if o.Stuck != nil {
		ask = newLeaveUnsaved(o)
	}
	return len(o.queue) > 0 || o.Sending > 0, ask
}

// Unsaved says which actions were asked for and are not in the log.
func (o *Open) Unsaved() (lines []string) {
	if o.Sending > 0 {
		lines = append(lines, "  a notice was on its way: look whether it arrived, and record that")
	}
	for i, s := range o.queue {
		if i == 0 && o.Stuck == nil && s.savedLate() {
			continue
		}
		lines = append(lines, "  "+o.say(s))
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

// Close lets go of the incident, without keeping the screen waiting.
func (o *Open) Close() tea.Cmd {
	o.cancel()
	session := o.Session
	return func() tea.Msg {
		_ = session.Close() // every action was acknowledged before
		return nil
	}
}

// look sees whether anything can be recorded.
func (o *Open) look() {
	o.notice = ""
	err := o.Session.Writable()
	var damage *state.Damage
	switch {
	case err == nil:
	case errors.As(err, &damage) && damage.Newer:
		o.notice = "READ ONLY: this log was written by a newer muster (" + damage.Error() + "). Use that version."
	case errors.As(err, &damage):
		o.notice = "READ ONLY, THE LOG IS DAMAGED: " + damage.Error() + ". Shown is what stands before it; \"muster verify\" says more."
	case o.Watch:
	case errors.Is(err, state.ErrNotSaved):
		o.notice = "NOT SAVED: " + err.Error()
	default:
		o.notice = "READ ONLY: " + err.Error() + "."
	}
	o.notice = clean.Line(o.notice)
}

// adopt shows inc, unless something newer is shown already.
func (o *Open) adopt(inc *state.Incident) tea.Cmd {
	if inc == nil || inc.Head.Seq <= o.Inc.Head.Seq {
		return nil
	}
	before := o.Inc
	o.Inc = inc
	cmds := []tea.Cmd{o.compare(before)}
	for _, p := range o.parts {
		if p, ok := p.(changer); ok {
			cmds = append(cmds, p.Changed(before))
		}
	}
	return tea.Batch(cmds...)
}

// changed is an incident with more entries than were known.
type changed struct {
	of  *Open
	inc *state.Incident
	err error
}

// wait asks to be told of the next entries, whoever writes them.
func (o *Open) wait() tea.Cmd {
	ctx, session, after := o.Ctx, o.Session, o.Inc.Head.Seq
	return func() tea.Msg {
		inc, err := session.Wait(ctx, after)
		return changed{o, inc, err}
	}
}

func (c changed) Deliver() tea.Cmd {
	o := c.of
	if o.Ctx.Err() != nil {
		return nil
	}
	o.follow = c.err
	if c.err == nil {
		return tea.Batch(o.adopt(c.inc), o.wait())
	}
	return tea.Tick(2*time.Second, func(time.Time) tea.Msg { return retryWait{o} })
}

// retryWait tries again to follow, after a failure.
type retryWait struct{ of *Open }

func (r retryWait) Deliver() tea.Cmd {
	if r.of.Ctx.Err() != nil {
		return nil
	}
	return r.of.wait()
}

// Do sends an action into the log, behind those on their way already.
func (o *Open) Do(s *Saving) tea.Cmd {
	o.queue = append(o.queue, s)
	if len(o.queue) > 1 || o.Stuck != nil {
		return nil
	}
	return o.save()
}

// Record is do for a command that nothing was typed for.
func (o *Open) Record(c state.Command) tea.Cmd {
	return o.Do(&Saving{Action: state.Action{Command: c}})
}

// save carries the first action of the queue to the session.
func (o *Open) save() tea.Cmd {
	if len(o.queue) == 0 {
		if o.UI.Leaving() && o.Sending == 0 {
			return o.UI.Leave()
		}
		return nil
	}
	first, session, ctx := o.queue[0], o.Session, o.Ctx
	result := make(chan error, 1)
	first.result = result
	return func() tea.Msg {
		do := first.Do
		if do == nil {
			do = func(ctx context.Context) (*state.Incident, error) { return session.Do(ctx, first.Action) }
		}
		inc, err := do(ctx)
		result <- err
		return saved{o, first, inc, err}
	}
}

// saved is what became of an action.
type saved struct {
	of    *Open
	first *Saving
	inc   *state.Incident
	err   error
}

func (s saved) Deliver() tea.Cmd {
	o := s.of
	var refusal *state.Refusal
	if s.first.Ended != nil && (s.err == nil || errors.As(s.err, &refusal) || errors.Is(s.err, state.ErrTooLong)) {
		s.first.Ended(s.err)
	}
	switch {
	case s.err == nil:
		o.Stuck = nil
		o.queue = o.queue[1:]
		news := o.adopt(s.inc)
		for _, p := range o.parts {
			if p, ok := p.(follower); ok {
				p.After(s.first.Action.Command)
			}
		}
		if s.first.then != nil {
			news = tea.Batch(news, s.first.then())
		}
		return tea.Batch(news, o.save())
	case errors.As(s.err, &refusal) && s.first.Left && s.first.Action.Override == "":
		s.first.Action.Override = "it had left when this became known: " + refusal.Text
		return o.save()
	case errors.As(s.err, &refusal) && s.first.ByItself:
		o.queue = o.queue[1:]
		return tea.Batch(o.adopt(o.Session.Incident()), o.save())
	case errors.As(s.err, &refusal):
		o.queue = o.queue[1:]
		news := o.adopt(o.Session.Incident())
		o.UI.Stay()
		return tea.Batch(news, o.UI.Show(NewRefusal(o, s.first, refusal)), o.save())
	case errors.Is(s.err, state.ErrTooLong):
		o.queue = o.queue[1:]
		o.UI.Stay()
		refusal = &state.Refusal{Reason: state.Invalid, Text: "That is too long for one entry.", Hint: "Make it shorter, or save it as a file and attach that."}
		return tea.Batch(o.UI.Show(NewRefusal(o, s.first, refusal)), o.save())
	}
	o.Stuck = s.err
	o.UI.Stay()
	o.look()
	return o.UI.Show(newNotSaved(o))
}

// Cannot says why nothing can be recorded here; "" if it can.
func (o *Open) Cannot() string {
	switch {
	case o.Watch:
		return "Watching only: nothing can be recorded from here."
	case o.notice != "" && o.Stuck == nil:
		return o.notice
	}
	return ""
}

// Findings is what the palette finds in the incident beside actions.
func (o *Open) Findings() []kit.Finding {
	var all []kit.Finding
	for _, p := range o.parts {
		if p, ok := p.(finder); ok {
			all = append(all, p.Finds()...)
		}
	}
	return all
}
