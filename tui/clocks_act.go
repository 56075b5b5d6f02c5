package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/when"
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

// setTimer asks for a time at which to be reminded.
func (o *openIncident) setTimer() tea.Cmd {
	step, name := o.here()
	about := ""
	if step != "" {
		about = "For step " + name + "."
	}
	in := &field{id: "in", label: "When", required: true, hint: "10m, or 07:30", check: o.ui.notAhead}
	return o.ui.Show(o.timerPrompt(step, about, in, map[string]string{"in": "10m", "title": "report back"}))
}

func (o *openIncident) timerPrompt(step, about string, in *field, values map[string]string) *prompt {
	fields := []*field{in, {id: "title", label: "To be reminded of", required: true}}
	return newPrompt(o.ui, "Set a timer", about, "set", fields, values, func(v map[string]string) (string, tea.Cmd) {
		due, err := o.ui.ahead(v["in"])
		if err != nil {
			return err.Error(), nil
		}
		again := func() Dialog { return o.timerPrompt(step, about, in, v) }
		return "", o.do(&saving{action: state.Action{Command: state.SetTimer{Title: v["title"], Step: step, Due: due}}, again: again})
	})
}

// timerMark says of the timer that is due first how long it has.
func (o *openIncident) timerMark(now time.Time) string {
	var first *state.Timer
	for i := range o.inc.Timers {
		if timer := &o.inc.Timers[i]; timer.Ended.IsZero() && (first == nil || timer.Due.Before(first.Due)) {
			first = timer
		}
	}
	switch {
	case first == nil:
		return ""
	case !now.Before(first.Due):
		return "TIMER DUE"
	}
	return "timer " + when.Duration(first.Due.Sub(now))
}
