package services

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/tui/kit"
)

// Tell implements kit.Teller.
func (s *Screen) Tell() kit.Telling {
	told := kit.Telling{Title: "services"}
	n := len(s.Inc.Services)
	if n == 0 {
		told.List = []kit.Line{{Text: s.None("The runbook has no services.")}}
		return told
	}
	s.cursor = min(s.cursor, n-1)
	for i := range s.Inc.Services {
		told.List = append(told.List, kit.Line{Text: s.said(&s.Inc.Services[i]), On: i == s.cursor, Do: func() tea.Cmd {
			s.cursor = i
			return nil
		}})
	}
	told.Text = kit.Said(s.Detail(kit.Wide))
	return told
}

// said is a service in words: what the row of the table has, each with its title.
func (s *Screen) said(sv *state.Service) string {
	cells := s.row(sv)
	text := kit.Plainly(cells[1]) + " is " + cells[2]
	if cells[3] != "" {
		text += " since " + cells[3]
	}
	if cells[4] != "" {
		text += ", " + cells[4]
	}
	if differs := s.learn().differs[sv.ID]; differs != "" {
		text += "; " + differs
	}
	said := strings.TrimPrefix(cells[6], s.UI.Theme.Glyphs.Done+" ")
	for _, more := range []struct{ label, text string }{{"last check: ", cells[5]}, {"last said: ", said}, {"", cells[8]}} {
		if more.text != "" {
			text += "; " + more.label + more.text
		}
	}
	return text
}
