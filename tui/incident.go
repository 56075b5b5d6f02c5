package tui

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
)

// An openIncident is an incident that somebody works in: what its screens share.
// It shows the newest state known, and carries actions into the log one after
// the other. An action that was asked for is kept here until the session has
// acknowledged it, or the person has let go of it.
type openIncident struct {
	app     *App
	session Session
	ctx     context.Context
	cancel  context.CancelFunc
	watch   bool
	inc     *state.Incident
	queue   []*saving // the first is being saved
	stuck   error     // why the first could not be saved; nothing is saved meanwhile
	follow  error     // why changes by others cannot be seen
	notice  string    // why nothing can be recorded; "" if it can

	run       *runScreen
	services  *servicesScreen
	notices   *noticesScreen
	deadlines *clocksScreen
	drill     *drillScreen
	timeline  *timelineScreen
	played    rehearsal
	draft     string // a note that was typed and not saved

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

// A saving is an action on its way into the log.
type saving struct {
	action   state.Action
	again    func() dialog                                  // the dialog it was typed into, as it was; nil if nothing was typed
	via      func(*saving) tea.Cmd                          // what else comes before it is recorded; nil if nothing does
	then     func() tea.Cmd                                 // what follows once it is recorded; nil if nothing does
	do       func(context.Context) (*state.Incident, error) // records it; nil: Session.Do does
	ended    func(error)                                    // is told once it is recorded, or refused; nil: nobody is
	byItself bool                                           // no person asked for it: a refusal is no news
	left     bool                                           // it has happened outside already: a refusal cannot stop it
	result   chan error                                     // of the last attempt, if the program ended before it came
}

// enter opens the run screen of a session and begins to follow it.
func (a *App) enter(session Session, watch bool) tea.Cmd {
	ctx, cancel := context.WithCancel(a.ctx)
	o := &openIncident{app: a, session: session, ctx: ctx, cancel: cancel, watch: watch, inc: session.Incident(),
		looks: map[string]look{}, rung: map[string]bool{}, missed: map[string]bool{},
		played: rehearsal{sending: map[string]bool{}, failed: map[string]string{}}}
	if who, ok := session.(interface{ Person() string }); ok && who.Person() != "" { // the start form may name another
		a.opts.Person = who.Person()
	}
	o.run = newRun(o)
	o.services = &servicesScreen{openIncident: o}
	o.notices = newNotices(o)
	o.deadlines = newClocks(o)
	o.drill = newDrill(o)
	o.timeline = newTimeline(o)
	o.look()
	a.push(o.run)
	return tea.Batch(o.wait(), o.readContacts(), o.offered(nil), o.stage())
}

// incident is the incident of the top screen; nil if it has none.
func (a *App) incident() *openIncident {
	if s, ok := a.screen().(interface{ incident() *openIncident }); ok {
		return s.incident()
	}
	return nil
}

func (o *openIncident) incident() *openIncident { return o }

func (o *openIncident) isDrill() bool { return o.inc.Mode == state.Drill }

// clocks: while the incident is open its elapsed time runs.
func (o *openIncident) clocks() bool { return o.inc.Closed == nil }

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
	o.run.refresh()
	if o.app.screen() == screen(o.timeline) {
		o.timeline.refresh()
	}
	return o.compare(before)
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

func (c changed) deliver(*App) tea.Cmd {
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

func (r retryWait) deliver(*App) tea.Cmd {
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
		if o.app.leaving && o.sending == 0 {
			return o.app.leave()
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

func (s saved) deliver(a *App) tea.Cmd {
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
		o.run.after(s.first.action.Command)
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
		a.leaving = false
		return tea.Batch(news, a.show(newRefusal(o, s.first, refusal)), o.save())
	case errors.Is(s.err, state.ErrTooLong):
		o.queue = o.queue[1:]
		a.leaving = false
		refusal = &state.Refusal{Reason: state.Invalid, Text: "That is too long for one entry.", Hint: "Make it shorter, or save it as a file and attach that."}
		return tea.Batch(a.show(newRefusal(o, s.first, refusal)), o.save())
	}
	o.stuck = s.err
	a.leaving = false
	o.look()
	return a.show(newNotSaved(o))
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
