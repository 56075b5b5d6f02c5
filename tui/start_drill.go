package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
)

// A script is which scenario the start form offers for a drill, and what it has
// filled in for the one that is chosen.
type script struct {
	asked  bool // the scenarios are read, or being read
	all    []*runbooks.ScenarioSource
	field  *field // nil until there is something to choose
	chosen *runbooks.ScenarioSource
	filled map[string][2]string // by field: what stood there, and what the scenario says
}

// scenarios are those that can be played with a runbook, or why none are known.
type scenarios struct {
	of  *startScreen
	all []*runbooks.ScenarioSource
	err error
}

func (m scenarios) Deliver() tea.Cmd {
	if m.err != nil {
		m.of.ui.Say("The scenarios cannot be read: " + clean.Line(m.err.Error()))
	}
	if len(m.all) == 0 {
		return nil
	}
	f := &field{id: "scenario", label: "Scenario", kind: choiceField, choices: []choice{{"", "none: the facilitator makes it up"}}}
	for _, source := range m.all {
		f.choices = append(f.choices, choice{source.ID, source.Scenario.Title + ", " + runbooks.ExerciseTime(source.Scenario.Length())})
	}
	m.of.script.all, m.of.script.field = m.all, f
	return m.of.sync()
}

// sync offers scenarios while a drill is to be started, and fills in what the chosen
// one says.
func (s *startScreen) sync() tea.Cmd {
	drill := state.Mode(s.form.fields[0].value()) == state.Drill
	at := -1
	if s.script.field != nil {
		at = slices.Index(s.form.fields, s.script.field)
	}
	switch {
	case drill && s.script.field != nil && at < 0:
		s.form.fields = slices.Insert(s.form.fields, 1, s.script.field)
		if s.form.focus > 0 {
			s.form.focus++
		}
	case !drill && at >= 0:
		s.form.fields = slices.Delete(s.form.fields, at, at+1)
		if s.form.focus >= at {
			s.form.focus--
		}
	}
	s.fill(s.played())
	if !drill || s.script.asked {
		return nil
	}
	s.script.asked = true
	desk, ctx, source := s.desk, s.ui.Context, s.source
	return func() tea.Msg {
		all, err := desk.Scenarios(ctx, source)
		return scenarios{s, all, err}
	}
}

// played is the scenario that is chosen; nil for none.
func (s *startScreen) played() *runbooks.ScenarioSource {
	f := s.script.field
	if f == nil || !slices.Contains(s.form.fields, f) {
		return nil
	}
	for _, source := range s.script.all {
		if source.ID == f.value() {
			return source
		}
	}
	return nil
}

// fill writes what a scenario says into the fields that the person has not changed,
// and takes back what the one before has written.
func (s *startScreen) fill(chosen *runbooks.ScenarioSource) {
	if chosen == s.script.chosen {
		return
	}
	s.script.chosen = chosen
	for _, f := range s.form.fields {
		if was, ok := s.script.filled[f.id]; ok && f.value() == was[1] {
			f.set(was[0])
		}
	}
	s.script.filled = map[string][2]string{}
	if chosen == nil {
		return
	}
	says := map[string]string{"title": chosen.Scenario.Title}
	for id, value := range chosen.Scenario.Inputs {
		says["ask."+id] = value
	}
	for _, f := range s.form.fields {
		if value, ok := says[f.id]; ok && f.value() == s.defaults[f.id] {
			s.script.filled[f.id] = [2]string{f.value(), value}
			f.set(value)
		}
	}
}
