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

// dueLine is the row of something that somebody waits for until a time.
func (s *Screen) dueLine(title string, due, now time.Time) (left, right string, style widget.Style) {
	t, g := s.UI.Theme, s.UI.Theme.Glyphs
	title = clean.Row(title)
	if s.Inc.Closed != nil {
		return g.Todo + " " + title, incident.OpenAtEnd, t.Dim
	}
	if due.After(now) {
		return g.Active + " " + title, when.Elapsed(due.Sub(now)), t.Accent
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
	if s.Inc.Closed != nil {
		return // nothing that is said now keeps it
	}
	p.Gap()
	p.Text(p.T.Dim, "The next statement to the same audience keeps it; notices are on screen 3.")
}

// callText says who waits for a call, and what was said before.
func (s *Screen) callText(p *incident.Page, c *state.Contact) {
	p.Text(p.T.Title, c.Def.Title)
	p.Gap()
	p.Labelled("Call back", kit.ClockTime(c.CallBackAt(s.Inc), s.UI.Now()))
	if n := len(c.Calls); n > 0 {
		last := c.Calls[n-1]
		p.Labelled("Promised ", kit.ClockTime(last.When, s.UI.Now())+" by "+kit.Person(last.By))
		p.Labelled("Note     ", last.Note)
	}
	p.Gap()
	p.Text(p.T.Dim, s.UI.KeyOf("clock.next")+" leads to the contact: its numbers, and the key that calls it.")
}

// stepText says of a step that has a time who does it.
func (s *Screen) stepText(p *incident.Page, step *state.Step) {
	p.Text(p.T.Title, step.Name())
	p.Gap()
	p.Labelled("Started  ", kit.ClockTime(step.Started, s.UI.Now()))
	p.Labelled("Should be", "done "+kit.ClockTime(step.ShouldEnd(), s.UI.Now())+", after "+step.Def.Expect.String())
	p.Labelled("Done by  ", step.Assignee)
	p.Gap()
	p.Text(p.T.Dim, s.UI.KeyOf("clock.next")+" leads to the step.")
}
