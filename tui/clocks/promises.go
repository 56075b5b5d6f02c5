package clocks

import (
	"time"

	"muster/state"
	"muster/state/clean"
	"muster/state/when"
	"muster/tui/incident"
	"muster/tui/kit"
	"muster/tui/widget"
)

// promiseLine is the row of an update that is owed.
func (s *Screen) promiseLine(notice string, now time.Time) (left, right string, style widget.Style) {
	t, g := s.UI.Theme, s.UI.Theme.Glyphs
	n := s.Inc.Notice(notice)
	title := clean.Row(n.Title())
	due := n.NextUpdate(s.Inc)
	if end := s.Inc.Until(now); due.After(end) {
		return g.Active + " " + title, when.Elapsed(due.Sub(end)), t.Accent
	}
	return g.Unsaved + " " + title, "DUE " + kit.ClockTime(due, now), t.Warn
}

// promiseText says what a notice promised, and what became of it.
func (s *Screen) promiseText(p *incident.Page, n *state.Notice) {
	p.Text(p.T.Title, n.Title())
	p.Gap()
	p.Labelled("To    ", n.Def.Audience)
	promises := n.Promises(s.Inc)
	for i := range promises {
		p.Labelled("Update", s.PromiseSays(&promises[i]))
	}
	p.Gap()
	p.Text(p.T.Dim, "The next statement to the same audience keeps it; notices are on screen 3.")
}
