package start

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/tui/kit"
)

// A script is which scenario the start form offers for a drill, and what it has
// filled in for the one that is chosen.
type script struct {
	asked  bool // the scenarios are read, or being read
	all    []*runbooks.ScenarioSource
	field  *kit.Field // nil until there is something to choose
	chosen *runbooks.ScenarioSource
	filled map[string][2]string // by field: what stood there, and what the scenario says
}

// scenarios are those that can be played with a runbook, or why none are known.
type scenarios struct {
	of  *Screen
	all []*runbooks.ScenarioSource
	err error
}

// Deliver implements kit.Routed.
func (m scenarios) Deliver() tea.Cmd {
	if m.err != nil {
		m.of.ui.Say("The scenarios cannot be read: " + clean.Line(m.err.Error()))
	}
	if len(m.all) == 0 {
		return nil
	}
	f := &kit.Field{ID: "scenario", Label: "Scenario", Kind: kit.ChoiceField, Choices: []kit.Choice{{Value: "", Title: "none: the facilitator makes it up"}}}
	for _, source := range m.all {
		f.Choices = append(f.Choices, kit.Choice{Value: source.ID, Title: source.Scenario.Title + ", " + runbooks.ExerciseTime(source.Scenario.Length())})
	}
	m.of.script.all, m.of.script.field = m.all, f
	return m.of.sync()
}

// sync offers scenarios while a drill is to be started, and fills in what the chosen
// one says.
func (s *Screen) sync() tea.Cmd {
	drill := state.Mode(s.form.Fields[0].Value()) == state.Drill
	at := -1
	if s.script.field != nil {
		at = slices.Index(s.form.Fields, s.script.field)
	}
	switch {
	case drill && s.script.field != nil && at < 0:
		s.form.Fields = slices.Insert(s.form.Fields, 1, s.script.field)
		if s.form.Focus > 0 {
			s.form.Focus++
		}
	case !drill && at >= 0:
		s.form.Fields = slices.Delete(s.form.Fields, at, at+1)
		if s.form.Focus >= at {
			s.form.Focus--
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
func (s *Screen) played() *runbooks.ScenarioSource {
	f := s.script.field
	if f == nil || !slices.Contains(s.form.Fields, f) {
		return nil
	}
	for _, source := range s.script.all {
		if source.ID == f.Value() {
			return source
		}
	}
	return nil
}

// fill writes what a scenario says into the fields that the person has not changed,
// and takes back what the one before has written.
func (s *Screen) fill(chosen *runbooks.ScenarioSource) {
	if chosen == s.script.chosen {
		return
	}
	s.script.chosen = chosen
	for _, f := range s.form.Fields {
		if was, ok := s.script.filled[f.ID]; ok && f.Value() == was[1] {
			f.Set(was[0])
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
	for _, f := range s.form.Fields {
		if value, ok := says[f.ID]; ok && f.Value() == s.defaults[f.ID] {
			s.script.filled[f.ID] = [2]string{f.Value(), value}
			f.Set(value)
		}
	}
}
