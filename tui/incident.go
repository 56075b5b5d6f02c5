package tui

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
)

// An openIncident is an incident that somebody works in: what its screens share.
// It shows the newest state known, and carries actions into the log one after
// the other. An action that was asked for is kept here until the session has
// acknowledged it, or the person has let go of it.
type openIncident struct {
	outlets
	ui      *UI
	session Session
	ctx     context.Context
	cancel  context.CancelFunc
	watch   bool
	inc     *state.Incident
	queue   []*saving // the first is being saved
	stuck   error     // why the first could not be saved; nothing is saved meanwhile
	follow  error     // why changes by others cannot be seen
	notice  string    // why nothing can be recorded; "" if it can

	parts    []any  // the screens and whatever else is told of changes, in their order
	draft    string // a note that was typed and not saved
	nextWhen string // when the next action happened, as typed; "" for now

	sending      int             // notices on their way out
	contacts     []Contact       // with the person's own; nil until they are read
	contactsErr  string          // why the person's own contacts cannot be read
	looks        map[string]look // the newest look at each service
	lookups      []lookup        // services that wait to be looked at
	checking     int             // looks under way
	fresh        int             // counts what changes without an entry
	announcedIDs []string        // services to look at again, as of announcedSeq
	announcedSeq uint64
	alerts       []string // what rang and was not seen yet, clean
	dues         []due    // what is to ring, as of dueSeq
	dueSeq       uint64
	rung         map[string]bool // by due
	missed       map[string]bool // clocks whose passing was recorded from here
	counted      facts
}

// outlets are what an open incident has beside its session.
type outlets struct {
	world       World          // what can be done outside; nil: nothing can be checked or sent
	library     library        // runbooks to attach
	left        func() tea.Cmd // what follows when the person has left the incident
	facilitator bool           // the person facilitates every drill, not only their own
}

// A library has the runbooks that can be attached.
type library interface {
	// Runbooks lists the library, sorted by title, broken files included.
	Runbooks(ctx context.Context) ([]runbooks.Head, error)
	// Runbook reads one runbook of the library.
	Runbook(ctx context.Context, id string) (*runbooks.Source, error)
}

// A saving is an action on its way into the log.
type saving struct {
	action   state.Action
	again    func() Dialog                                  // the dialog it was typed into, as it was; nil if nothing was typed
	via      func(*saving) tea.Cmd                          // what else comes before it is recorded; nil if nothing does
	then     func() tea.Cmd                                 // what follows once it is recorded; nil if nothing does
	do       func(context.Context) (*state.Incident, error) // records it; nil: Session.Do does
	ended    func(error)                                    // is told once it is recorded, or refused; nil: nobody is
	byItself bool                                           // no person asked for it: a refusal is no news
	left     bool                                           // it has happened outside already: a refusal cannot stop it
	result   chan error                                     // of the last attempt, if the program ended before it came
}

// newOpen makes an open incident without screens; with watch, nothing is recorded.
func newOpen(u *UI, session Session, watch bool, out outlets) *openIncident {
	ctx, cancel := context.WithCancel(u.Context)
	o := &openIncident{outlets: out, ui: u, session: session, ctx: ctx, cancel: cancel, watch: watch, inc: session.Incident(),
		looks: map[string]look{}, rung: map[string]bool{}, missed: map[string]bool{}}
	if who, ok := session.(interface{ Person() string }); ok && who.Person() != "" { // the start form may name another
		u.Person = who.Person()
	}
	o.look()
	return o
}

// join gives the incident its screens, and what else is told of changes.
func (o *openIncident) join(parts ...any) { o.parts = append(o.parts, parts...) }

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
	arriver interface{ Arrive(from Screen) tea.Cmd }
	// An escaper does something on escape before the person is led to the steps; it
	// reports whether it did.
	escaper interface{ Escape() bool }
	// A stepper is on a step that a note or a file may belong to; "" if it is on none.
	stepper interface{ Here() (id, name string) }
	// A finder says what the palette finds beside actions.
	finder interface{ Finds() []Finding }
	// A phaser is in a phase; "" if it is in none.
	phaser interface{ Phase() string }
)

// begin follows the incident, and begins what its parts begin with.
func (o *openIncident) begin() tea.Cmd {
	cmds := []tea.Cmd{o.wait(), o.readContacts(), o.offered(nil)}
	for _, p := range o.parts {
		if p, ok := p.(starter); ok {
			cmds = append(cmds, p.Begin())
		}
	}
	return tea.Batch(cmds...)
}

func (o *openIncident) incident() *openIncident { return o }

// IsDrill reports whether the incident is an exercise.
func (o *openIncident) IsDrill() bool { return o.inc.Mode == state.Drill }

// Clocks reports that, while the incident is open, its elapsed time runs.
func (o *openIncident) Clocks() bool { return o.inc.Closed == nil }

// Unfinished reports whether something is being saved or sent.
func (o *openIncident) Unfinished() (busy bool, ask Dialog) {
	if o.stuck != nil {
		ask = newLeaveUnsaved(o)
	}
	return len(o.queue) > 0 || o.sending > 0, ask
}

// unsaved says which actions were asked for and are not in the log.
func (o *openIncident) unsaved() (lines []string) {
	if o.sending > 0 {
		lines = append(lines, "  a notice was on its way: look whether it arrived, and record that")
	}
	for i, s := range o.queue {
		if i == 0 && o.stuck == nil && s.savedLate() {
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
func (s *saving) savedLate() bool {
	select {
	case err := <-s.result:
		return err == nil
	case <-time.After(lastSave):
		return false
	}
}

// close lets go of the incident, without keeping the screen waiting.
func (o *openIncident) close() tea.Cmd {
	o.cancel()
	session := o.session
	return func() tea.Msg {
		_ = session.Close() // every action was acknowledged before
		return nil
	}
}

// look sees whether anything can be recorded.
func (o *openIncident) look() {
	o.notice = ""
	err := o.session.Writable()
	var damage *state.Damage
	switch {
	case err == nil:
	case errors.As(err, &damage) && damage.Newer:
		o.notice = "READ ONLY: this log was written by a newer muster (" + damage.Error() + "). Use that version."
	case errors.As(err, &damage):
		o.notice = "READ ONLY, THE LOG IS DAMAGED: " + damage.Error() + ". Shown is what stands before it; \"muster verify\" says more."
	case o.watch:
	case errors.Is(err, state.ErrNotSaved):
		o.notice = "NOT SAVED: " + err.Error()
	default:
		o.notice = "READ ONLY: " + err.Error() + "."
	}
	o.notice = clean.Line(o.notice)
}

// adopt shows inc, unless something newer is shown already.
func (o *openIncident) adopt(inc *state.Incident) tea.Cmd {
	if inc == nil || inc.Head.Seq <= o.inc.Head.Seq {
		return nil
	}
	before := o.inc
	o.inc = inc
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
	of  *openIncident
	inc *state.Incident
	err error
}

// wait asks to be told of the next entries, whoever writes them.
func (o *openIncident) wait() tea.Cmd {
	ctx, session, after := o.ctx, o.session, o.inc.Head.Seq
	return func() tea.Msg {
		inc, err := session.Wait(ctx, after)
		return changed{o, inc, err}
	}
}

func (c changed) Deliver() tea.Cmd {
	o := c.of
	if o.ctx.Err() != nil {
		return nil
	}
	o.follow = c.err
	if c.err == nil {
		return tea.Batch(o.adopt(c.inc), o.wait())
	}
	return tea.Tick(2*time.Second, func(time.Time) tea.Msg { return retryWait{o} })
}

// retryWait tries again to follow, after a failure.
type retryWait struct{ of *openIncident }

func (r retryWait) Deliver() tea.Cmd {
	if r.of.ctx.Err() != nil {
		return nil
	}
	return r.of.wait()
}

// do sends an action into the log, behind those on their way already.
func (o *openIncident) do(s *saving) tea.Cmd {
	o.queue = append(o.queue, s)
	if len(o.queue) > 1 || o.stuck != nil {
		return nil
	}
	return o.save()
}

// record is do for a command that nothing was typed for.
func (o *openIncident) record(c state.Command) tea.Cmd {
	return o.do(&saving{action: state.Action{Command: c}})
}

// save carries the first action of the queue to the session.
func (o *openIncident) save() tea.Cmd {
	if len(o.queue) == 0 {
		if o.ui.Leaving() && o.sending == 0 {
			return o.ui.Leave()
		}
		return nil
	}
	first, session, ctx := o.queue[0], o.session, o.ctx
	result := make(chan error, 1)
	first.result = result
	return func() tea.Msg {
		do := first.do
		if do == nil {
			do = func(ctx context.Context) (*state.Incident, error) { return session.Do(ctx, first.action) }
		}
		inc, err := do(ctx)
		result <- err
		return saved{o, first, inc, err}
	}
}

// saved is what became of an action.
type saved struct {
	of    *openIncident
	first *saving
	inc   *state.Incident
	err   error
}

func (s saved) Deliver() tea.Cmd {
	o := s.of
	var refusal *state.Refusal
	if s.first.ended != nil && (s.err == nil || errors.As(s.err, &refusal) || errors.Is(s.err, state.ErrTooLong)) {
		s.first.ended(s.err)
	}
	switch {
	case s.err == nil:
		o.stuck = nil
		o.queue = o.queue[1:]
		news := o.adopt(s.inc)
		for _, p := range o.parts {
			if p, ok := p.(follower); ok {
				p.After(s.first.action.Command)
			}
		}
		if s.first.then != nil {
			news = tea.Batch(news, s.first.then())
		}
		return tea.Batch(news, o.save())
	case errors.As(s.err, &refusal) && s.first.left && s.first.action.Override == "":
		s.first.action.Override = "it had left when this became known: " + refusal.Text
		return o.save()
	case errors.As(s.err, &refusal) && s.first.byItself:
		o.queue = o.queue[1:]
		return tea.Batch(o.adopt(o.session.Incident()), o.save())
	case errors.As(s.err, &refusal):
		o.queue = o.queue[1:]
		news := o.adopt(o.session.Incident())
		o.ui.Stay()
		return tea.Batch(news, o.ui.Show(newRefusal(o, s.first, refusal)), o.save())
	case errors.Is(s.err, state.ErrTooLong):
		o.queue = o.queue[1:]
		o.ui.Stay()
		refusal = &state.Refusal{Reason: state.Invalid, Text: "That is too long for one entry.", Hint: "Make it shorter, or save it as a file and attach that."}
		return tea.Batch(o.ui.Show(newRefusal(o, s.first, refusal)), o.save())
	}
	o.stuck = s.err
	o.ui.Stay()
	o.look()
	return o.ui.Show(newNotSaved(o))
}

// cannot says why nothing can be recorded here; "" if it can.
func (o *openIncident) cannot() string {
	switch {
	case o.watch:
		return "Watching only: nothing can be recorded from here."
	case o.notice != "" && o.stuck == nil:
		return o.notice
	}
	return ""
}

// Findings is what the palette finds in the incident beside actions.
func (o *openIncident) Findings() []Finding {
	var all []Finding
	for _, p := range o.parts {
		if p, ok := p.(finder); ok {
			all = append(all, p.Finds()...)
		}
	}
	return all
}
