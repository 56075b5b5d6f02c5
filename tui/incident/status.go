package incident

import (
	"time"

	"muster/state"
	"muster/state/when"
	"muster/tui/widget"
)

// StatusSign is a status's glyph and look.
func StatusSign(t widget.Theme, status state.Status) (string, widget.Style) {
	g := t.Glyphs
	switch status {
	case state.Done:
		return g.Done, t.Dim
	case state.Active:
		return g.Active, t.Accent.With(t.Strong)
	case state.Blocked:
		return g.Blocked, t.Warn
	case state.Unconfirmed:
		return g.Confirm, t.Warn
	case state.Failed:
		return g.Failed, t.Bad
	case state.Skipped:
		return g.Skipped, t.Dim
	case state.Waiting:
		return g.Waiting, t.Dim
	case state.NotNeeded:
		return g.NotApplicable, t.Dim
	}
	return g.Todo, t.Text
}

// Running is how long a step has run, against how long it should take.
func Running(s *state.Step, now time.Time) string {
	text := when.Duration(max(0, now.Sub(s.Started)))
	if !s.Def.Expect.IsZero() {
		text += "/" + s.Def.Expect.String()
	}
	if Over(s, now) {
		text += " over"
	}
	return text
}

// Over reports whether a running step takes longer than it should.
func Over(s *state.Step, now time.Time) bool {
	d := s.Def.Expect.About()
	return d > 0 && s.Status == state.Active && now.Sub(s.Started) > d
}
