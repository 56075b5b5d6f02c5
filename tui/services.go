package tui

import (
	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/widget"
)

// A servicesScreen is screen 2: the services and what is known of them.
type servicesScreen struct {
	*openIncident
	cursor int // index in the incident's services
	first  int
	rows   int
}

func (s *servicesScreen) scope() scope           { return onServices }
func (s *servicesScreen) update(tea.Msg) tea.Cmd { return nil }

func (s *servicesScreen) move(m motion) tea.Cmd {
	s.cursor = m.step(s.cursor, len(s.inc.Services), s.rows)
	return nil
}

// set asks for the service's new state, and why.
func (s *servicesScreen) set() tea.Cmd {
	if s.cursor >= len(s.inc.Services) {
		return nil
	}
	sv := &s.inc.Services[s.cursor]
	return s.ask(typedAction{
		title: clean.Line(sv.Def.Title), verb: "set", values: map[string]string{"state": string(sv.State)},
		about: "It is " + string(sv.State) + " now.",
		fields: func() []*field {
			f := &field{id: "state", label: "State", kind: choiceField}
			for _, st := range state.ServiceStates() {
				f.choices = append(f.choices, choice{string(st), string(st)})
			}
			return []*field{f, {id: "why", label: "How do you know?", required: true}}
		},
		command: func(v map[string]string) state.Command {
			return state.SetService{Service: sv.ID, State: state.ServiceState(v["state"]), Why: v["why"]}
		},
	})
}

func (s *servicesScreen) view(w, h int) ([]string, *tea.Cursor) {
	return s.frame(w, h, s.body), nil
}

// serviceColumns are what the table shows of a service.
func serviceColumns() []widget.TableColumn {
	return []widget.TableColumn{
		{Title: "Service", Min: 12},
		{Title: "State", Min: 11},
		{Title: "Tier", Rank: 4},
		{Title: "Since", Rank: 1},
		{Title: "By", Max: 20, Rank: 2},
		{Title: "Why", Min: 10, Rank: 3, Grow: 1},
	}
}

func (s *servicesScreen) body(w, h int) []string {
	t := s.app.theme
	n := len(s.inc.Services)
	if n == 0 {
		return widget.Fit([]string{"", t.Dim.Render(widget.PadCenter("The runbook has no services.", w))}, w, h)
	}
	s.cursor = min(s.cursor, n-1)
	below := s.detail(w)
	s.rows = max(3, h-2-len(below))
	s.first = widget.Window(n, s.rows, s.cursor, s.first)
	var rows [][]string
	for i := s.first; i < n && i < s.first+s.rows; i++ {
		rows = append(rows, s.row(&s.inc.Services[i]))
	}
	table := widget.NewTable(t, serviceColumns(), rows, w-3)
	lines := []string{"  " + table.Titles(t.Dim)}
	for i, row := range rows {
		line := widget.Pad(" "+table.Row(row...), w-1)
		style := s.look(s.inc.Services[s.first+i].State)
		if s.first+i == s.cursor {
			lines = append(lines, t.Selected.With(style).Render(t.Glyphs.Cursor+line))
		} else {
			lines = append(lines, style.Render(" "+line))
		}
	}
	lines = widget.Fit(lines, w, max(0, h-len(below)))
	return widget.Fit(append(lines, below...), w, h)
}

func (s *servicesScreen) row(sv *state.Service) []string {
	since := ""
	if !sv.Since.IsZero() {
		since = clockTime(sv.Since, s.app.now())
	}
	return []string{
		clean.Line(clean.Bounded(sv.Def.Title, 200)), string(sv.State), string(rune('0' + min(9, max(0, sv.Def.Tier)))),
		since, clean.Line(clean.Bounded(sv.By, 200)), clean.Line(clean.Bounded(sv.Why, 400)),
	}
}

func (s *servicesScreen) look(st state.ServiceState) widget.Style {
	t := s.app.theme
	switch {
	case st == state.Verified || st == state.Unaffected:
		return t.OK
	case st == state.Restored || st == state.Restoring || st == state.Suspect:
		return t.Warn
	case st.Down():
		return t.Bad
	}
	return t.Text
}

// detail says of the chosen service how it is shut down and restored.
func (s *servicesScreen) detail(w int) []string {
	t := s.app.theme
	sv := &s.inc.Services[s.cursor]
	lines := []string{t.Border.Render(widget.Rule(t.Glyphs.Horizontal, w))}
	for _, part := range []struct{ label, text string }{
		{"Why", sv.Why}, {"Shut down", sv.Def.Shutdown}, {"Restore", sv.Def.Restore}, {"Owner", sv.Def.Owner},
	} {
		if part.text == "" {
			continue
		}
		for i, line := range widget.Wrap(part.text, max(8, w-13)) {
			label := part.label
			if i > 0 {
				label = ""
			}
			lines = append(lines, " "+t.Dim.Render(widget.Pad(label, 10))+" "+line)
		}
	}
	return lines[:min(len(lines), 8)]
}

func (s *servicesScreen) click(_, y int) tea.Cmd {
	if i := s.first + y - s.top() - 1; y > s.top() && i < len(s.inc.Services) {
		s.cursor = i
	}
	return nil
}
