package start

import (
	tea "charm.land/bubbletea/v2"

	"muster/tui/kit"
)

// Asking implements kit.Asker.
func (s *Screen) Asking() kit.Asking {
	title := "Start: " + s.source.Runbook.Title
	if s.drill() {
		title = "EXERCISE. " + title
	}
	return kit.Asking{
		Title: title, About: s.source.Runbook.Summary, Verb: "start", Form: s.form, Wrong: s.wrong, Again: s.reopened,
		Changed: func() tea.Cmd {
			s.wrong = ""
			cmd := s.sync()
			s.ui.Drafts.Note(s.draft, s.texts())
			return cmd
		},
		Take: s.begin, Leave: s.leave,
	}
}
