package tui

import (
	tea "charm.land/bubbletea/v2"

	"muster/state"
)

func (s *clocksScreen) noClock() string {
	if s.clock() == nil {
		return "Choose a clock first."
	}
	return s.cannot()
}

func (s *clocksScreen) noStart() string {
	if c := s.clock(); c != nil && (!c.Started.IsZero() || !c.Ended.IsZero()) {
		return "It was started already."
	}
	return s.noClock()
}

func (s *clocksScreen) noEnd() string {
	if c := s.clock(); c != nil && !c.Ended.IsZero() {
		return "It is over."
	}
	return s.noClock()
}

func (s *clocksScreen) noTimer() string {
	timer := s.timer()
	switch {
	case timer == nil:
		return "Choose a timer first."
	case !timer.Ended.IsZero():
		return "It is over."
	}
	return s.cannot()
}

// nextLabel is what enter would do now.
func (s *clocksScreen) nextLabel() string {
	switch {
	case s.noTimer() == "":
		return "end it"
	case s.noEnd() != "":
		return ""
	case s.clock().Started.IsZero():
		return "start"
	}
	return "met"
}

// next does what comes next with what the cursor is on.
func (s *clocksScreen) next() tea.Cmd {
	switch s.nextLabel() {
	case "end it":
		return s.endTimer()
	case "start":
		return s.start()
	case "met":
		return s.meet()
	}
	return nil
}

// reason asks why something is done with the clock under the cursor.
func (s *clocksScreen) reason(title, label, verb string, command func(id, why string) state.Command) tea.Cmd {
	c := s.clock()
	return s.ask(typedAction{
		title: title + " " + c.Def.Title, verb: verb,
		fields:  func() []*field { return []*field{{id: "why", label: label, required: true}} },
		command: func(v map[string]string) state.Command { return command(c.ID, v["why"]) },
	})
}

func (s *clocksScreen) start() tea.Cmd {
	return s.reason("Start", "Why does it start?", "start", func(id, why string) state.Command { return state.StartClock{Clock: id, Why: why} })
}

func (s *clocksScreen) meet() tea.Cmd {
	return s.reason("Met:", "How was it met?", "met", func(id, why string) state.Command { return state.MeetClock{Clock: id, Why: why} })
}

func (s *clocksScreen) waive() tea.Cmd {
	return s.reason("Waive", "Why need it not be met?", "waive", func(id, why string) state.Command { return state.WaiveClock{Clock: id, Why: why} })
}

func (s *clocksScreen) endTimer() tea.Cmd {
	return s.record(state.EndTimer{Timer: s.timer().ID})
}
