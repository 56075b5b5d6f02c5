package tui

import (
	"context"
	"errors"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
)

// A rehearsal is what an open drill has beyond an incident. Of a player it holds
// the messages alone: the scenario is read for its facilitator only.
type rehearsal struct {
	scenario *runbooks.Scenario // nil for players, and until it is read
	err      string             // why it cannot be read
	sending  map[string]bool    // injects on their way, by id
	failed   map[string]string  // why an inject cannot be delivered, by id
	inbox    []string           // injects that are still to be shown, by id
}

// facilitates reports whether the person before the screens plays the scenario, and
// is told nothing by it.
func (o *openIncident) facilitates() bool {
	return o.isDrill() && (o.app.opts.Facilitator || o.inc.OpenedBy == o.app.opts.Person)
}

// noDrill says why screen 6 cannot be seen; "" if it can.
func (o *openIncident) noDrill() string {
	switch {
	case !o.isDrill():
		return "This is no drill."
	case !o.facilitates():
		return "This screen is the facilitator's alone."
	case o.inc.Exercise.Scenario == nil:
		return "This drill has no scenario."
	}
	return ""
}

// keeps reports whether entries of a kind say nothing on this person's screens: what
// the facilitator holds, skips, rates and observes is for the players to read when
// the drill is over. The log has it all the same.
func (o *openIncident) keeps(kind state.Kind) bool {
	switch kind {
	case state.KindInjectHeld, state.KindInjectSkipped, state.KindObjectiveRated, state.KindObservationAdded:
		return o.isDrill() && o.inc.Closed == nil && !o.facilitates()
	}
	return false
}

// describe says what an entry records, as far as this person may know.
func (o *openIncident) describe(e state.Entry) string {
	if o.keeps(e.Kind) {
		return "the facilitator's: it is shown once the drill is closed"
	}
	return o.inc.Describe(e)
}

// drillLabel keeps screen 6 out of the footers of those who have none.
func drillLabel(a *App) string {
	if o := a.incident(); o != nil && o.noDrill() == "" {
		return "drill"
	}
	return ""
}

func (o *openIncident) toDrill() tea.Cmd {
	o.drill.onText = false
	return o.to(o.drill)
}

// stage begins a drill: the facilitator gets the scenario, players what they were
// told and have not acknowledged.
func (o *openIncident) stage() tea.Cmd {
	switch {
	case !o.isDrill():
		return nil
	case o.watch && !o.facilitates():
		return nil
	case !o.facilitates():
		for _, d := range o.unread() {
			o.played.inbox = append(o.played.inbox, d.Inject)
		}
		return o.popUp()
	case o.inc.Exercise.Scenario == nil:
		return nil
	}
	session, ctx := o.session, o.ctx
	return func() tea.Msg {
		scenario, _, err := session.Scenario(ctx)
		return staged{o, scenario, err}
	}
}

// staged is the scenario of a drill, or why there is none.
type staged struct {
	of       *openIncident
	scenario *runbooks.Scenario
	err      error
}

func (m staged) deliver(*App) tea.Cmd {
	o := m.of
	o.played.scenario = m.scenario
	switch {
	case m.err != nil:
		o.played.scenario = nil
		o.played.err = clean.Line(clean.Bounded(m.err.Error(), 600))
	case m.scenario == nil:
		o.played.err = "there is none beside the log"
	}
	o.drill.rows = nil
	return tea.Batch(o.drill.toNext(), o.playDue(o.app.now()))
}

// playDue delivers what has fallen due, each inject once.
func (o *openIncident) playDue(now time.Time) tea.Cmd {
	p := &o.played
	if p.scenario == nil || o.inc.Closed != nil || o.stuck != nil || o.cannot() != "" || !o.facilitates() {
		return nil
	}
	var cmds []tea.Cmd
	for _, due := range o.inc.DueInjects(p.scenario, now) {
		if p.sending[due.ID] || p.failed[due.ID] != "" {
			continue
		}
		cmds = append(cmds, o.sendInject(due.Inject, false, true))
	}
	return tea.Batch(cmds...)
}

// sendInject delivers an inject with its files; byItself: no person asked for it.
func (o *openIncident) sendInject(in *runbooks.Inject, again, byItself bool) tea.Cmd {
	session := o.session
	o.played.sending[in.ID] = true
	return o.do(&saving{
		action: state.Action{Command: state.DeliverInject{Inject: in.ID, From: in.From, To: in.To, Via: in.Via, Text: in.Text, Again: again}},
		do:     func(ctx context.Context) (*state.Incident, error) { return session.Deliver(ctx, in, again) },
		ended: func(err error) {
			delete(o.played.sending, in.ID)
			var refusal *state.Refusal
			if errors.As(err, &refusal) && refusal.Reason != state.AlreadySo && refusal.Reason != state.Closed && byItself {
				o.played.failed[in.ID] = refusal.Text
			}
		},
		byItself: byItself,
	})
}

// toMe reports whether a message is to the person before the screens: to all, to a
// role of theirs or that nobody holds; and any, if they hold none.
func (o *openIncident) toMe(d *state.Delivery) bool {
	role := o.inc.Role(d.To)
	me := o.app.opts.Person
	return role == nil || role.Person == "" || role.Person == me ||
		!slices.ContainsFunc(o.inc.Roles, func(r state.Role) bool { return r.Person == me })
}

// messages lists what this player was told, the newest first. The facilitator gets
// none.
func (o *openIncident) messages() []*state.Delivery {
	var list []*state.Delivery
	if !o.isDrill() || o.facilitates() {
		return nil
	}
	for i := len(o.inc.Exercise.Delivered) - 1; i >= 0; i-- {
		if d := &o.inc.Exercise.Delivered[i]; o.toMe(d) {
			list = append(list, d)
		}
	}
	return list
}

// waits reports whether a message waits for this player: for what is to all, each
// player speaks; for what is to a role, one is enough.
func (o *openIncident) waits(d *state.Delivery) bool {
	if d.To == runbooks.Everybody {
		return !d.AckedBy(o.app.opts.Person)
	}
	return len(d.Acks) == 0
}

// unread lists the messages that wait for this player, the oldest first.
func (o *openIncident) unread() []*state.Delivery {
	list := slices.DeleteFunc(o.messages(), func(d *state.Delivery) bool { return !o.waits(d) })
	slices.Reverse(list)
	return list
}

// arrived notes what players are told since before, also what is told again.
func (o *openIncident) arrived(before *state.Incident) tea.Cmd {
	if len(o.inc.Exercise.Delivered) == 0 || o.watch {
		return nil
	}
	news := false
	for _, d := range slices.Backward(o.messages()) {
		was := before.Exercise.Delivery(d.Inject)
		if was != nil && len(was.Times) == len(d.Times) || slices.Contains(o.played.inbox, d.Inject) {
			continue
		}
		o.played.inbox = append(o.played.inbox, d.Inject)
		news = true
	}
	if !news {
		return nil
	}
	return tea.Batch(tea.Raw(bell), o.popUp())
}

// popUp shows the next message, unless the person is at something that it would
// interrupt: then it waits.
func (o *openIncident) popUp() tea.Cmd {
	a := o.app
	if len(o.played.inbox) == 0 || len(a.dialogs) > 0 || a.incident() != o || a.screen().scope()&onTyping != 0 ||
		a.width < minWidth || a.height < minHeight {
		return nil
	}
	next := o.played.inbox[0]
	o.played.inbox = o.played.inbox[1:]
	d := o.inc.Exercise.Delivery(next)
	if d == nil || len(d.Times) == 1 && !o.waits(d) { // somebody else has it by now
		return o.popUp()
	}
	return a.show(&injectDialog{of: o, inject: next, opened: a.now()})
}
