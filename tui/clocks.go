package tui

import (
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/when"
	"muster/tui/widget"
)

// A clocksScreen is screen 4: the deadlines, and the timers set by hand.
type clocksScreen struct{ board }

func newClocks(o *openIncident) *clocksScreen {
	s := &clocksScreen{}
	s.board = newBoard(o, s, false)
	return s
}

func (s *clocksScreen) Place() Place { return clocksPlace() }

func (s *clocksScreen) list() []boardRow {
	rows := []boardRow{headed("Clocks", len(s.inc.Clocks), s.none("the runbook has none"))}
	for i := range s.inc.Clocks {
		rows = append(rows, boardRow{kind: clockRow, id: s.inc.Clocks[i].ID})
	}
	rows = append(rows, headed("Timers", len(s.inc.Timers), s.ui.KeyOf("timer.set")+" sets one"))
	for _, running := range []bool{true, false} {
		for i := range s.inc.Timers {
			if timer := &s.inc.Timers[i]; timer.Ended.IsZero() == running {
				rows = append(rows, boardRow{kind: timerRow, id: timer.ID})
			}
		}
	}
	return rows
}

// clock is the clock under the cursor; nil if it is on none.
func (s *clocksScreen) clock() *state.Clock {
	s.refresh()
	if at := s.at(); at.kind == clockRow {
		return s.inc.Clock(at.id)
	}
	return nil
}

// timer is the timer under the cursor; nil if it is on none.
func (s *clocksScreen) timer() *state.Timer {
	s.refresh()
	if at := s.at(); at.kind == timerRow {
		return s.inc.Timer(at.id)
	}
	return nil
}

func (s *clocksScreen) line(r boardRow) (left, right string, style widget.Style) {
	now := s.ui.Now()
	if r.kind == timerRow {
		timer := s.inc.Timer(r.id)
		sign, style, right := s.timerSigns(timer, now)
		return sign + " " + clean.Line(clean.Bounded(timer.Title, 400)), right, style
	}
	c := s.inc.Clock(r.id)
	sign, style := s.clockSign(c.Status(now, now.Location()))
	left = clockLeft(c, now)
	if s.inc.ClockUnseen(c) {
		sign, left = "?", left+", or withheld"
	}
	return sign + " " + clean.Line(clean.Bounded(c.Def.Title, 400)), left, style
}

// clockSign is a status's glyph and look.
func (s *clocksScreen) clockSign(status state.ClockStatus) (string, widget.Style) {
	t, g := s.ui.Theme, s.ui.Theme.Glyphs
	switch status {
	case state.ClockRunning:
		return g.Active, t.Accent
	case state.ClockOverdue:
		return g.Unsaved, t.Error
	case state.ClockMetOnce:
		return g.Done, t.OK
	case state.ClockMetLate:
		return g.Failed, t.Warn
	case state.ClockWasOff:
		return g.Skipped, t.Dim
	}
	return g.Waiting, t.Dim
}

func (s *clocksScreen) timerSigns(timer *state.Timer, now time.Time) (sign string, style widget.Style, right string) {
	t, g := s.ui.Theme, s.ui.Theme.Glyphs
	switch {
	case !timer.Ended.IsZero():
		return g.Done, t.Dim, "over " + clockTime(timer.Ended, now)
	case !now.Before(timer.Due):
		return g.Unsaved, t.Warn, "DUE " + clockTime(timer.Due, now)
	}
	return g.Active, t.Accent, when.Elapsed(timer.Due.Sub(now))
}

func (s *clocksScreen) detail(r boardRow, w int) []string {
	p := s.page(w)
	if r.kind == timerRow {
		s.timerText(p, s.inc.Timer(r.id))
	} else {
		s.clockText(p, s.inc.Clock(r.id))
	}
	return p.lines
}

func (s *clocksScreen) clockText(p *page, c *state.Clock) {
	t, now := p.t, s.ui.Now()
	zone := now.Location()
	status := c.Status(now, zone)
	sign, style := s.clockSign(status)
	p.text(t.Title, c.Def.Title)
	p.hanging(style, sign+" ", style, clockLeft(c, now))
	if s.inc.ClockUnseen(c) {
		p.hanging(t.Warn, "? ", t.Warn, "An answer that is withheld from this copy of the log may have started or stopped it.")
	}
	p.gap()
	if due := c.Due(zone); !due.IsZero() {
		p.labelled("Due    ", due.In(zone).Format("Mon 2 Jan 2006 15:04 MST"))
		p.labelled("       ", due.UTC().Format("Mon 2 Jan 2006 15:04 UTC"))
	}
	p.labelled("Within ", c.Def.Within.String())
	p.labelled("Starts ", s.eventText(c, c.Def.Starts))
	p.labelled("Stops  ", s.eventText(c, c.Def.Stops))
	if !c.Started.IsZero() {
		p.labelled("Started", clockTime(c.Started, now)+" by "+person(c.StartedBy))
	}
	if !c.Ended.IsZero() {
		p.labelled("Ended  ", string(status)+" "+clockTime(c.Ended, now)+" by "+person(c.EndedBy))
	}
	p.labelled("Why    ", c.Why)
	if e, ok := s.inc.Entry(c.Missed); ok {
		p.labelled("Missed ", "entry "+s.brief(e.Seq))
	}
	p.labelled("Tell   ", c.Def.To)
	p.labelled("Source ", c.Def.Source)
	if c.Def.Checked != "" {
		p.labelled("Checked", c.Def.Checked+", the day on which the source was last looked at")
	}
	p.gap()
	p.text(t.Warn, runbooks.NotLegalAdvice)
}

// eventText says in words what starts or stops a clock.
func (s *clocksScreen) eventText(c *state.Clock, text string) string {
	event, err := runbooks.ParseEvent(text)
	if err != nil {
		return text
	}
	id := event.ID
	if prefix := s.inc.Books[c.Book].Prefix; prefix != "" && id != "" {
		id = prefix + ":" + id
	}
	value := ""
	if event.Value != "" {
		value = " = " + event.Value
	}
	switch event.Kind {
	case runbooks.Manual:
		return "by hand"
	case runbooks.IncidentOpened:
		return "when the incident begins"
	case runbooks.AnswerGiven:
		return "when " + id + " is answered" + value
	case runbooks.StepDone:
		if step := s.inc.Step(id); step != nil {
			return "step " + step.Name() + value
		}
	case runbooks.NoticeSent:
		if n := s.inc.Notice(id); n != nil {
			return "when " + n.Title() + " is sent"
		}
	case runbooks.ClockStopped:
		if other := s.inc.Clock(id); other != nil {
			return "when the clock " + other.Def.Title + " is met"
		}
	}
	return text
}

func (s *clocksScreen) timerText(p *page, timer *state.Timer) {
	t, now := p.t, s.ui.Now()
	sign, style, right := s.timerSigns(timer, now)
	p.text(t.Title, timer.Title)
	p.hanging(style, sign+" ", style, right)
	p.gap()
	p.labelled("Due ", clockTime(timer.Due, now)+", "+timer.Due.UTC().Format("15:04 UTC"))
	p.labelled("Set ", clockTime(timer.Set, now)+" by "+person(timer.By))
	if step := s.inc.Step(timer.Step); step != nil {
		p.labelled("Step", step.Name())
	}
	p.labelled("Over", timer.Why)
}

// Finds implements finder: the clocks and the timers that run.
func (s *clocksScreen) Finds() []Finding {
	var all []Finding
	for i := range s.inc.Clocks {
		c := &s.inc.Clocks[i]
		all = append(all, s.finding(boardRow{kind: clockRow, id: c.ID}, "clock", c.Def.Title, clockLeft(c, s.ui.Now())))
	}
	for i := range s.inc.Timers {
		if timer := &s.inc.Timers[i]; timer.Ended.IsZero() {
			all = append(all, s.finding(boardRow{kind: timerRow, id: timer.ID}, "timer", timer.Title, clockTime(timer.Due, s.ui.Now())))
		}
	}
	return all
}
