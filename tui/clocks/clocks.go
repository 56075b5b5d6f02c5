// Package clocks is screen 4: all that is due, the deadlines, and the timers set by hand.
package clocks

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/tui/incident"
	"muster/tui/kit"
	"muster/tui/widget"
)

// A Screen is screen 4: all that is due, in order of time; then the clocks that do not
// run, and the timers that are over.
type Screen struct{ incident.Board }

// The kinds of rows. What people set is a row of its noun's key.
const (
	clockRow incident.RowKind = "clock"
	// A promised update is a row of its notice's id; how it stands is that notice's.
	promiseRow incident.RowKind = "promised update"
	callRow    incident.RowKind = "call back"
	stepRow    incident.RowKind = "step under way"
)

// rowOf is the row of what is due.
func rowOf(d *state.DueItem) incident.Row {
	kind := map[state.DueKind]incident.RowKind{state.DueUpdate: promiseRow, state.DueCall: callRow, state.DueStep: stepRow}[d.What]
	if kind == "" {
		kind = incident.RowKind(d.What)
	}
	return incident.Row{Kind: kind, ID: d.ID}
}

// New makes screen 4 of an incident.
func New(o *incident.Open) *Screen {
	s := &Screen{}
	s.Board = incident.NewBoard(o, s, false, incident.SideDue)
	return s
}

// Place implements kit.Part.
func (s *Screen) Place() kit.Place { return Place() }

// List implements incident.Boarded.
func (s *Screen) List() []incident.Row {
	due := state.Due(s.Inc, s.UI.Now().Location())
	rows := []incident.Row{incident.Headed(incident.DueTitle(s.Open), len(due), s.None("nothing; "+s.UI.KeyOf("timer.set")+" sets a timer"))}
	listed := map[incident.Row]bool{}
	for i := range due {
		rows = append(rows, rowOf(&due[i]))
		listed[rowOf(&due[i])] = true
	}
	clocks := []incident.Row{}
	for i := range s.Inc.Clocks {
		if r := (incident.Row{Kind: clockRow, ID: s.Inc.Clocks[i].ID}); !listed[r] {
			clocks = append(clocks, r)
		}
	}
	if len(clocks) > 0 || len(s.Inc.Clocks) == 0 {
		rows = append(append(rows, incident.Headed("Clocks that do not run", len(clocks), s.None("the runbook has none"))), clocks...)
	}
	return append(rows, s.pendingOver(listed)...)
}

// clock is the clock under the cursor; nil if it is on none.
func (s *Screen) clock() *state.Clock {
	s.Refresh()
	if at := s.At(); at.Kind == clockRow {
		return s.Inc.Clock(at.ID)
	}
	return nil
}

// Line implements incident.Boarded.
func (s *Screen) Line(r incident.Row) (left, right string, style widget.Style) {
	now := s.UI.Now()
	if p := s.pendingAt(r); p != nil {
		sign, style, right := s.pendingSigns(p, now)
		return sign + " " + clean.Row(p.Named().Title), right, style
	}
	switch r.Kind {
	case promiseRow:
		n := s.Inc.Notice(r.ID)
		return s.dueLine("update: "+n.Title(), n.NextUpdate(s.Inc), now)
	case callRow:
		c := s.Inc.Contact(r.ID)
		return s.dueLine("call back: "+c.Def.Title, c.CallBackAt(s.Inc), now)
	case stepRow:
		step := s.Inc.Step(r.ID)
		return s.dueLine(step.Name(), step.ShouldEnd(), now)
	}
	c := s.Inc.Clock(r.ID)
	sign, style := s.clockSign(c.Status(s.Inc.Until(now), now.Location()))
	left = incident.ClockLeft(s.Inc, c, now)
	if c.Unseen() {
		sign = "?"
	}
	return sign + " " + clean.Row(c.Def.Title), left, style
}

// clockSign is a status's glyph and look.
func (s *Screen) clockSign(status state.ClockStatus) (string, widget.Style) {
	t, g := s.UI.Theme, s.UI.Theme.Glyphs
	if status.InDoubt() {
		return "?", t.Warn
	}
	if status.Forgone() {
		return g.Failed, t.Warn
	}
	switch status {
	case state.ClockRunning:
		return g.Active, t.Accent
	case state.ClockOverdue, state.ClockDueNow:
		return g.Unsaved, t.Error
	case state.ClockMetOnce, state.ClockMetEarly, state.ClockMetUntold:
		return g.Done, t.OK
	case state.ClockMetLate:
		return g.Failed, t.Warn
	case state.ClockWasOff:
		return g.Skipped, t.Dim
	}
	return g.Waiting, t.Dim
}

// Detail implements incident.Boarded.
func (s *Screen) Detail(r incident.Row, w int) []string {
	p := s.Page(w)
	if set := s.pendingAt(r); set != nil {
		s.pendingText(p, set)
		return p.Lines
	}
	switch r.Kind {
	case promiseRow:
		s.promiseText(p, s.Inc.Notice(r.ID))
	case callRow:
		s.callText(p, s.Inc.Contact(r.ID))
	case stepRow:
		s.stepText(p, s.Inc.Step(r.ID))
	default:
		s.clockText(p, s.Inc.Clock(r.ID))
	}
	return p.Lines
}

func (s *Screen) clockText(p *incident.Page, c *state.Clock) {
	t, now := p.T, s.UI.Now()
	zone := now.Location()
	status := c.Status(s.Inc.Until(now), zone)
	sign, style := s.clockSign(status)
	p.Text(t.Title, c.Def.Title)
	p.Hanging(style, sign+" ", style, incident.ClockLeft(s.Inc, c, now))
	p.Hanging(t.Error, t.Glyphs.Unsaved+" ", t.Error, s.TwoAnswers(state.OfClock, c.ID))
	if c.Unseen() {
		p.Hanging(t.Warn, "? ", t.Warn, "What is withheld from this copy of the log may have started or stopped it.")
	}
	p.Gap()
	if due := c.Due(zone); !due.IsZero() && !c.Uncounted() && !c.AtOnce(zone) {
		dueText(p, due.In(zone))
	}
	p.Labelled("Within ", c.Def.Within.String())
	p.Labelled("Starts ", s.eventText(c, c.Def.Starts))
	p.Labelled("Stops  ", s.eventText(c, c.Def.Stops))
	if !c.Started.IsZero() {
		p.Labelled("Started", kit.ClockTime(c.Started, now)+" by "+kit.Person(c.StartedBy))
	}
	if text := countsFrom(c, zone, now); text != "" {
		p.Labelled("Counts ", text)
	}
	if !c.Def.Outer.Within.IsZero() {
		p.Labelled("Or     ", c.Def.Outer.Within.String()+" from what starts its outer bound, whichever is earlier: "+s.eventText(c, c.Def.Outer.Starts))
	}
	if !c.Ended.IsZero() {
		p.Labelled("Ended  ", status.At(kit.ClockTime(c.Ended, now))+" by "+kit.Person(c.EndedBy))
	}
	for _, other := range state.OtherTimes(s.Inc, zone) {
		if n := s.Inc.Notice(other.Notice); n != nil && other.Clock == c.ID {
			p.Hanging(t.Error, t.Glyphs.Unsaved+" ", t.Error, "CONTRADICTION: "+n.Title()+": "+other.String())
		}
	}
	s.turned(p, c)
	p.Labelled("Why    ", c.Why)
	if e, ok := s.Inc.Entry(c.Missed); ok {
		p.Labelled("Missed ", "entry "+s.Brief(e.Seq))
	}
	p.Labelled("Tell   ", c.Def.To)
	s.source(p, c.Def.Source)
	if c.Def.Checked != "" {
		p.Labelled("Checked", c.Def.Checked+", the day on which the source was last looked at")
	}
	p.Gap()
	p.Text(t.Warn, runbooks.NotLegalAdvice)
}

// turned says what has become otherwise than was thought of a clock.
func (s *Screen) turned(p *incident.Page, c *state.Clock) {
	now := s.UI.Now()
	if q, doubted := c.Doubt(s.Inc); doubted {
		p.Hanging(p.T.Warn, "? ", p.T.Warn, inHere(q.Says(s.Inc), now))
	}
	if text := c.Anew(s.Inc); text != "" {
		p.Labelled("Answer ", inHere(text, now))
	}
	if m, moved := c.Moved(s.Inc, now.Location()); moved {
		p.Labelled("Before ", inHere(m.Before(), now))
		p.Labelled("Moved  ", inHere(m.Says(s.Inc), now))
	}
}

// inHere is a sentence of the log with its times as this screen has them.
func inHere(text string, now time.Time) string {
	return state.InZone(text, func(t time.Time) string { return kit.ClockTime(t, now) })
}

// source says which law a clock is of, and leads to its text: where that takes several rows,
// the first does.
func (s *Screen) source(p *incident.Page, source string) {
	const label = "Source "
	rows := widget.Wrap(clean.Text(source), max(8, p.W-len(label)-1))
	if len(rows) > 0 {
		s.UI.Links.Add(rows[0], runbooks.LawText(source))
	}
	p.Labelled(label, source)
}

// dueText says when a clock is due: here, and in UTC where that is another time.
func dueText(p *incident.Page, due time.Time) {
	const day = "Mon 2 Jan 2006 15:04 MST"
	here, utc := due.Format(day), due.UTC().Format(day)
	p.Labelled("Due    ", here)
	if utc != here {
		p.Labelled("       ", utc)
	}
}

// eventText says in words what starts or stops a clock.
func (s *Screen) eventText(c *state.Clock, text string) string {
	event, err := runbooks.ParseEvent(text)
	if err != nil {
		return text
	}
	id := event.ID
	if c.Book >= 0 {
		id = s.Inc.Books[c.Book].EventID(event)
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
		if step := s.Inc.Step(id); step != nil {
			return "step " + step.Name() + value
		}
	case runbooks.NoticeSent:
		if n := s.Inc.Notice(id); n != nil {
			return "when " + n.Title() + " is sent"
		}
	case runbooks.ClockStopped:
		if other := s.Inc.Clock(id); other != nil {
			return "when the clock " + other.Def.Title + " is met"
		}
	}
	return text
}

// Finds implements finder: the clocks, what people set and is not over, and laws that no clock counts.
func (s *Screen) Finds() []kit.Finding {
	var all []kit.Finding
	for i := range s.Inc.Clocks {
		c := &s.Inc.Clocks[i]
		all = append(all, s.Finding(incident.Row{Kind: clockRow, ID: c.ID}, "clock", c.Def.Title, incident.ClockLeft(s.Inc, c, s.UI.Now())))
	}
	for _, p := range state.PendingOf(s.Inc) {
		if row := pendingRow(p); p.Over().IsZero() {
			all = append(all, s.Finding(row, string(row.Kind), p.Named().Title, kit.ClockTime(p.DueAt(), s.UI.Now())))
		}
	}
	return append(all, s.laws()...)
}

// laws are the ready-made deadlines that no clock of the incident counts, to start one by the
// name that its law has.
func (s *Screen) laws() (all []kit.Finding) {
	for _, d := range runbooks.Deadlines() {
		if s.Inc.Closed != nil || state.HasLaw(s.Inc, d.ID) {
			continue
		}
		all = append(all, kit.Finding{Kind: "law", Text: d.Title, Hint: "start it", Late: true, Do: func() tea.Cmd {
			return tea.Batch(s.To(s), s.lawOf(d.ID))
		}})
	}
	return all
}

// Lead leads to a clock, to an update that is owed, or to what people set.
func (s *Screen) Lead(what, id string) (tea.Cmd, bool) {
	kind := map[string]incident.RowKind{"clock": clockRow, "update": promiseRow}[what]
	if state.PendingBy(s.Inc, what, id) != nil {
		kind = incident.RowKind(what)
	}
	if kind == "" {
		return nil, false
	}
	return s.Finding(incident.Row{Kind: kind, ID: id}, "", "", "").Do(), true
}

// Place is screen 4.
func Place() kit.Place {
	return kit.Place{Name: "clocks", Is: kit.List | incident.Trait | kit.Split, Not: "step.add"}
}

// countsFrom says from when a clock counts; "" if that is when it started.
func countsFrom(c *state.Clock, zone *time.Location, now time.Time) string {
	from, answer := c.Counts(zone)
	switch {
	case answer != "":
		return "from " + kit.ClockTime(from, now) + ", by the answer " + answer
	case from.IsZero() || from.Equal(c.Started):
		return ""
	}
	return "from " + kit.ClockTime(from, now)
}
