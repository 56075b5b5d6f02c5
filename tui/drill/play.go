package drill

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/tui/incident"
	"muster/tui/kit"
)

// A rehearsal is what an open drill has beyond an incident. It is empty for players:
// the scenario is read for its facilitator alone.
type rehearsal struct {
	scenario *runbooks.Scenario // nil for players, and until it is read
	err      string             // why it cannot be read
	queue    response.InjectQueue
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

// Begin reads the scenario, for the facilitator alone.
func (s *Screen) Begin() tea.Cmd {
	if !s.Facilitates() || s.Inc.Exercise.Scenario == nil {
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
		s.played.err = clean.Line(clean.Passage(m.err.Error()))
	case m.scenario == nil:
		s.played.err = "there is none beside the log"
	}
	s.Rows = nil
	return tea.Batch(s.toNext(), s.playDue(kit.Wall(s.UI)))
}

// playDue delivers what has fallen due, each inject once.
func (s *Screen) playDue(now time.Time) tea.Cmd {
	if s.Rests() != "" || !s.Facilitates() {
		return nil
	}
	var cmds []tea.Cmd
	for _, in := range s.played.queue.Due(s.Inc, s.played.scenario, now) {
		cmds = append(cmds, s.sendInject(in, false, true))
	}
	return tea.Batch(cmds...)
}

// sendInject delivers an inject with its files; byItself: no person asked for it.
func (s *Screen) sendInject(in *runbooks.Inject, again, byItself bool) tea.Cmd {
	session := s.Session
	s.played.queue.Begin(in.ID)
	return s.Do(&incident.Saving{
		Action: state.Action{Command: response.Delivery(in, again)},
		Do: func(ctx context.Context, _ state.Action) (*state.Incident, error) {
			return response.Deliver(ctx, session, in, again)
		},
		Ended:    func(err error) { s.played.queue.End(in.ID, byItself, err) },
		ByItself: byItself,
	})
}

// Tock delivers what has fallen due.
func (s *Screen) Tock(now time.Time) tea.Cmd { return s.playDue(now) }
