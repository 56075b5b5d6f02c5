package clocks

import (
	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/tui/incident"
	"muster/tui/kit"
)

func (s *Screen) noClock() string {
	if s.clock() == nil {
		return "Choose a clock first."
	}
	return s.Cannot()
}

func (s *Screen) noStart() string {
	if c := s.clock(); c != nil && (!c.Started.IsZero() || !c.Ended.IsZero()) {
		return "It was started already."
	}
	return s.noClock()
}

func (s *Screen) noEnd() string {
	if c := s.clock(); c != nil && !c.Ended.IsZero() {
		return "It is over."
	}
	return s.noClock()
}

// elsewhere is what and where a row leads to that another screen acts on; "" if this one does.
func (s *Screen) elsewhere() (what, id string) {
	s.Refresh()
	at := s.At()
	return map[incident.RowKind]string{promiseRow: "notice", callRow: "contact", stepRow: "step"}[at.Kind], at.ID
}

// nextLabel is what enter would do now.
func (s *Screen) nextLabel() string {
	what, _ := s.elsewhere()
	switch {
	case what != "":
		return "to the " + what
	case s.noPending() == "":
		return "end it"
	case s.noEnd() != "":
		return ""
	case s.clock().Started.IsZero():
		return "start"
	}
	return "met"
}

// next does what comes next with what the cursor is on.
func (s *Screen) next() tea.Cmd {
	if what, id := s.elsewhere(); what != "" {
		return s.Open.LeadTo(what, id)
	}
	switch s.nextLabel() {
	case "end it":
		return s.end()
	case "start":
		return s.start()
	case "met":
		return s.meet()
	}
	s.UI.Say(s.noNext())
	return nil
}

// noNext says why enter does nothing, and which key does something.
func (s *Screen) noNext() string {
	switch {
	case s.pending() != nil:
		return s.noPending()
	case s.clock() != nil:
		return s.noEnd()
	}
	return "Nothing is due here: " + s.UI.KeyOf("timer.set") + " sets a timer, " + s.UI.KeyOf("clock.law") + " starts a deadline that a law sets."
}

// reason asks why something is done with the clock under the cursor.
func (s *Screen) reason(title, label, verb string, command func(id, why string) state.Command) tea.Cmd {
	c := s.clock()
	return s.Ask(incident.TypedAction{
		Title: title + " " + c.Def.Title, Verb: verb, Clocks: true,
		Fields:  func() []*kit.Field { return []*kit.Field{{ID: "why", Label: label, Required: true}} },
		Command: func(v map[string]string) state.Command { return command(c.ID, v["why"]) },
	})
}

func (s *Screen) start() tea.Cmd {
	return s.reason("Start", "Why does it start?", "start", func(id, why string) state.Command { return state.StartClock{Clock: id, Why: why} })
}

// law starts a ready-made deadline that no clock of the incident counts.
func (s *Screen) law() tea.Cmd { return s.lawOf("") }

// lawOf is law of one that is chosen already; "" lets choose.
func (s *Screen) lawOf(chosen string) tea.Cmd {
	return s.Ask(incident.TypedAction{
		Title: "Start a deadline that a law sets", Verb: "start", Clocks: true,
		About: "It counts from when what starts it happened: say so below if that was not now. " + runbooks.NotLegalAdvice,
		Fields: func() []*kit.Field {
			law := &kit.Field{ID: "law", Label: "Law", Kind: kit.ChoiceField, Required: true}
			for _, d := range runbooks.Deadlines() {
				if state.HasLaw(s.Inc, d.ID) || chosen != "" && d.ID != chosen {
					continue
				}
				law.Choices = append(law.Choices, kit.Choice{Value: d.ID, Title: d.Title + " (" + d.Within.String() + ")"})
			}
			if chosen != "" {
				law.Set(chosen)
			}
			return []*kit.Field{law, {ID: "why", Label: "Why does it apply?", Required: true}}
		},
		Command: func(v map[string]string) state.Command { return state.StartClock{Clock: v["law"], Why: v["why"]} },
	})
}

func (s *Screen) meet() tea.Cmd {
	return s.reason("Met:", "How was it met?", "met", func(id, why string) state.Command { return state.MeetClock{Clock: id, Why: why} })
}

func (s *Screen) waive() tea.Cmd {
	return s.reason("Waive", "Why need it not be met?", "waive", func(id, why string) state.Command { return state.WaiveClock{Clock: id, Why: why} })
}
