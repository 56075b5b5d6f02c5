package drill

import (
	"context"
	"errors"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/tui/incident"
	"muster/tui/kit"
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

// noDrill says why screen 6 cannot be seen; "" if it can.
func (s *Screen) noDrill() string {
	switch {
	case !s.IsDrill():
		return "This is no drill."
	case !s.Facilitates():
		return "This screen is the facilitator's alone."
	case s.Inc.Exercise.Scenario == nil:
		return "This drill has no scenario."
	}
	return ""
}

// label keeps screen 6 out of the footers of those who have none.
func (s *Screen) label() string {
	if s.noDrill() == "" {
		return "drill"
	}
	return ""
}

// Begin begins a drill: the facilitator gets the scenario, players what they were
// told and have not acknowledged.
func (s *Screen) Begin() tea.Cmd {
	switch {
	case !s.IsDrill():
		return nil
	case s.Watch && !s.Facilitates():
		return nil
	case !s.Facilitates():
		for _, d := range s.unread() {
			s.played.inbox = append(s.played.inbox, d.Inject)
		}
		return s.popUp()
	case s.Inc.Exercise.Scenario == nil:
		return nil
	}
	session, ctx := s.Session, s.Ctx
	return func() tea.Msg {
		scenario, _, err := session.Scenario(ctx)
		return staged{s, scenario, err}
	}
}

// staged is the scenario of a drill, or why there is none.
type staged struct {
	of       *Screen
	scenario *runbooks.Scenario
	err      error
}

// Deliver implements kit.Routed.
func (m staged) Deliver() tea.Cmd {
	s := m.of
	s.played.scenario = m.scenario
	switch {
	case m.err != nil:
		s.played.scenario = nil
		s.played.err = clean.Line(clean.Bounded(m.err.Error(), 600))
	case m.scenario == nil:
		s.played.err = "there is none beside the log"
	}
	s.Rows = nil
	return tea.Batch(s.toNext(), s.playDue(s.UI.Now()))
}

// playDue delivers what has fallen due, each inject once.
func (s *Screen) playDue(now time.Time) tea.Cmd {
	p := &s.played
	if p.scenario == nil || s.Inc.Closed != nil || s.Stuck != nil || s.Cannot() != "" || !s.Facilitates() {
		return nil
	}
	var cmds []tea.Cmd
	for _, due := range s.Inc.Exercise.DueInjects(p.scenario, now) {
		if p.sending[due.ID] || p.failed[due.ID] != "" {
			continue
		}
		cmds = append(cmds, s.sendInject(due.Inject, false, true))
	}
	return tea.Batch(cmds...)
}

// sendInject delivers an inject with its files; byItself: no person asked for it.
func (s *Screen) sendInject(in *runbooks.Inject, again, byItself bool) tea.Cmd {
	session := s.Session
	s.played.sending[in.ID] = true
	return s.Do(&incident.Saving{
		Action: state.Action{Command: response.Delivery(in, again)},
		Do:     func(ctx context.Context) (*state.Incident, error) { return response.Deliver(ctx, session, in, again) },
		Ended: func(err error) {
			delete(s.played.sending, in.ID)
			var refusal *state.Refusal
			if errors.As(err, &refusal) && !response.Overtaken(err) && byItself {
				s.played.failed[in.ID] = refusal.Text
			}
		},
		ByItself: byItself,
	})
}

// toMe reports whether a message is to the person before the screens: to all, to a
// role of theirs or that nobody holds; and any, if they hold none.
func (s *Screen) toMe(d *state.Delivery) bool {
	role := s.Inc.Role(d.To)
	me := s.UI.Person
	return role == nil || role.Person == "" || role.Person == me ||
		!slices.ContainsFunc(s.Inc.Roles, func(r state.Role) bool { return r.Person == me })
}

// messages lists what this player was told, the newest first. The facilitator gets
// none.
func (s *Screen) messages() []*state.Delivery {
	var list []*state.Delivery
	if !s.IsDrill() || s.Facilitates() {
		return nil
	}
	for i := len(s.Inc.Exercise.Delivered) - 1; i >= 0; i-- {
		if d := &s.Inc.Exercise.Delivered[i]; s.toMe(d) {
			list = append(list, d)
		}
	}
	return list
}

// waits reports whether a message waits for this player: for what is to all, each
// player speaks; for what is to a role, one is enough.
func (s *Screen) waits(d *state.Delivery) bool {
	if d.To == runbooks.Everybody {
		return !d.AckedBy(s.UI.Person)
	}
	return len(d.Acks) == 0
}

// unread lists the messages that wait for this player, the oldest first.
func (s *Screen) unread() []*state.Delivery {
	list := slices.DeleteFunc(s.messages(), func(d *state.Delivery) bool { return !s.waits(d) })
	slices.Reverse(list)
	return list
}

// Changed notes what players are told since before, also what is told again.
func (s *Screen) Changed(before *state.Incident) tea.Cmd {
	if len(s.Inc.Exercise.Delivered) == 0 || s.Watch {
		return nil
	}
	news := false
	for _, d := range slices.Backward(s.messages()) {
		was := before.Exercise.Delivery(d.Inject)
		if was != nil && len(was.Times) == len(d.Times) || slices.Contains(s.played.inbox, d.Inject) {
			continue
		}
		s.played.inbox = append(s.played.inbox, d.Inject)
		news = true
	}
	if !news {
		return nil
	}
	return tea.Batch(tea.Raw(incident.Bell), s.popUp())
}

// popUp shows the next message, unless the person is at something that it would
// interrupt: then it waits.
func (s *Screen) popUp() tea.Cmd {
	u := s.UI
	if len(s.played.inbox) == 0 || u.Covered() || incident.Of(u) != s.Open || u.Screen().Place().Is&kit.Typing != 0 ||
		u.Width < kit.MinWidth || u.Height < kit.MinHeight {
		return nil
	}
	next := s.played.inbox[0]
	s.played.inbox = s.played.inbox[1:]
	d := s.Inc.Exercise.Delivery(next)
	if d == nil || len(d.Times) == 1 && !s.waits(d) { // somebody else has it by now
		return s.popUp()
	}
	return u.Show(&injectDialog{of: s, inject: next, opened: u.Now()})
}

// Tock delivers what has fallen due, and shows what waits.
func (s *Screen) Tock(now time.Time) tea.Cmd { return tea.Batch(s.playDue(now), s.popUp()) }
