package run

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/tui/incident"
	"muster/tui/kit"
	"muster/tui/widget"
)

// A list is the phases and their steps, as far as they are unfolded, and the cursor in
// them.
type list struct {
	*incident.Open
	rows    []row // top to bottom
	cursor  int   // index in rows
	first   int   // first row drawn
	byHand  map[string]bool
	tallies []state.Tally
	size    kit.Area // of the list and text, as last drawn
	wide    int      // cells that the titles need
	shown   row      // what the detail shows; follows the cursor when it rests
}

// beside are the cells of a step's row beside its number and title: cursor, sign and
// blanks, and at the right when it was done, what was decided, or how long it takes.
const beside = 6 + 13

// measure finds how wide the list must be for its titles to be seen whole.
func (l *list) measure() {
	l.wide = 0
	for i := range l.Inc.Steps {
		s := &l.Inc.Steps[i]
		l.wide = max(l.wide, utf8.RuneCountInString(s.Number)+1+utf8.RuneCountInString(s.Title)+beside)
	}
}

// A row is a phase's heading or a step.
type row struct {
	phase int
	step  int // index in the incident's steps; -1 for the heading
}

// Restless implements kit.Restless.
func (l *list) Restless() bool { return l.shown != l.at() }

// A rowID names a row across changes of the incident.
type rowID struct{ phase, step string }

func (l *list) id(at row) rowID { return idIn(l.Inc, at) }

// idIn is what a row is called in the incident that it was made for: a service that is hit
// adds steps between the others, and then the rows count otherwise.
func idIn(inc *state.Incident, at row) rowID {
	if at.phase >= len(inc.Phases) {
		return rowID{}
	}
	id := rowID{phase: inc.Phases[at.phase].ID}
	if at.step >= 0 && at.step < len(inc.Steps) {
		id.step = inc.Steps[at.step].ID
		id.phase = inc.Phases[inc.Steps[at.step].Phase].ID
	}
	return id
}

// find is the row of an id, whether the list shows it or not.
func (l *list) find(id rowID) row {
	if id.step != "" {
		for i := range l.Inc.Steps {
			if l.Inc.Steps[i].ID == id.step {
				return row{l.Inc.Steps[i].Phase, i}
			}
		}
	}
	for i := range l.Inc.Phases {
		if l.Inc.Phases[i].ID == id.phase {
			return row{i, -1}
		}
	}
	return row{0, -1}
}

// rebuild makes the list, and puts the cursor on the row of id, or on its phase.
func (l *list) rebuild(id rowID) {
	current := -1
	if next := l.Inc.Next(); next != nil {
		current = next.Phase
	}
	room := l.roomFor(current)
	l.rows = l.rows[:0]
	for i := range l.Inc.Phases {
		phase := &l.Inc.Phases[i]
		l.rows = append(l.rows, row{i, -1})
		open, byHand := l.byHand[phase.ID]
		if !byHand {
			open = room[i] || i == current || id.step != "" && id.phase == phase.ID
		}
		for k := phase.First; open && k < phase.First+phase.Count; k++ {
			l.rows = append(l.rows, row{i, k})
		}
	}
	l.cursor = l.rowOf(id)
}

// rowOf is where the row of id is: that of the step; where it is gone that of the first of
// its copies, or of what stood for them; else that of its phase.
func (l *list) rowOf(id rowID) int {
	first := func(fits func(is rowID) bool) int {
		return slices.IndexFunc(l.rows, func(at row) bool { return fits(l.id(at)) })
	}
	i := first(func(is rowID) bool { return is.step == id.step && (id.step != "" || is.phase == id.phase) })
	if i < 0 && id.step != "" {
		i = first(func(is rowID) bool { return is.step != "" && copied(is.step) == copied(id.step) })
	}
	if i < 0 {
		i = first(func(is rowID) bool { return is.phase == id.phase })
	}
	return max(0, i)
}

// copied is the id of the step that a step is a copy of; its own if it is none.
func copied(id string) string {
	of, _, _ := strings.Cut(id, "/")
	return of
}

// roomFor says which phases the list has room to show unfolded: the current one,
// then those after it, then those before it.
func (l *list) roomFor(current int) map[int]bool {
	room := map[int]bool{}
	left := l.size.H - len(l.Inc.Phases)
	n := len(l.Inc.Phases)
	for i := range n {
		at := (max(0, current) + i) % n
		if left -= l.Inc.Phases[at].Count; left < 0 {
			break
		}
		room[at] = true
	}
	return room
}

// at is the row under the cursor.
func (l *list) at() row {
	if l.cursor < len(l.rows) {
		return l.rows[l.cursor]
	}
	return row{step: -1}
}

// step is the step under the cursor; nil on a heading.
func (l *list) step() *state.Step {
	if at := l.at(); at.step >= 0 {
		return &l.Inc.Steps[at.step]
	}
	return nil
}

// lines draws the part of the list around the cursor.
func (l *list) lines(w, h int) []string {
	if len(l.rows) == 0 {
		return l.noSteps(w)
	}
	l.first = widget.Window(len(l.rows), h, l.cursor, l.first)
	lines := make([]string, 0, h)
	for i := l.first; i < len(l.rows) && len(lines) < h; i++ {
		lines = append(lines, l.rowLine(i, w))
	}
	return lines
}

// noSteps says why there is nothing to do: the runbook is not in this copy of the
// log, or cannot be read.
func (l *list) noSteps(w int) []string {
	text := "The runbook cannot be read, so its steps are not known. What was recorded stands in the timeline."
	if len(l.Inc.Books) > 0 && l.Inc.Books[0].Doc.Text == state.WithheldText {
		text = "The runbook's text is withheld from this copy of the log, so its steps are not known. What was recorded stands in the timeline."
	}
	lines := widget.Wrap(text, max(8, w-2))
	for i := range lines {
		lines[i] = " " + l.UI.Theme.Dim.Render(lines[i])
	}
	return lines
}

func (l *list) rowLine(i, w int) string {
	at := l.rows[i]
	var left, right string
	var style widget.Style
	if at.step < 0 {
		left, right, style = l.phaseRow(at.phase)
	} else {
		left, right, style = l.stepRow(&l.Inc.Steps[at.step])
	}
	t := l.UI.Theme
	line := widget.Spread(left, right, w-2) + " "
	return t.Row(l.mark(i), style, line)
}

// mark is how a row is marked. On a line where bytes take their time, the bar follows
// the cursor with the detail.
func (l *list) mark(i int) widget.Mark {
	if bar := slices.Index(l.rows, l.shown); kit.Sparing(l.UI) && bar >= 0 {
		return widget.MarkOf(i, l.cursor, bar)
	}
	return widget.MarkOf(i, l.cursor, l.cursor)
}

// phaseRow: number, title, how many of its steps are done.
func (l *list) phaseRow(i int) (left, right string, style widget.Style) {
	t, g := l.UI.Theme, l.UI.Theme.Glyphs
	phase, n := &l.Inc.Phases[i], l.tallies[i]
	settled := n.Done + n.Skipped + n.Failed + n.NotNeeded
	right = n.Progress()
	if n.Skipped > 0 {
		right += fmt.Sprintf(" %d%s", n.Skipped, g.Skipped)
	}
	if n.Failed > 0 {
		right += fmt.Sprintf(" %d%s", n.Failed, g.Failed)
	}
	if n.Unconfirmed > 0 {
		right += fmt.Sprintf(" %d%s", n.Unconfirmed, g.Confirm)
	}
	if n.Blocked > 0 {
		right += t.Warn.Render(fmt.Sprintf(" %d%s", n.Blocked, g.Blocked))
	}
	sign := " "
	switch {
	case settled == n.Total:
		sign = g.Done
	case n.Active+n.Blocked+n.Unconfirmed > 0 || settled > 0:
		sign = g.Active
	}
	return fmt.Sprintf("%d %s", phase.Number, clean.Line(phase.Def.Title)), right + " " + sign, t.Strong
}

// stepRow: sign, number, title, and when or how long.
func (l *list) stepRow(s *state.Step) (left, right string, style widget.Style) {
	status := l.Inc.Status(s)
	glyph, style := incident.StatusSign(l.UI.Theme, status)
	now := l.Inc.Until(l.UI.Now())
	switch status {
	case state.Done:
		right = kit.ClockTime(s.Ended, l.UI.Now())
		if s.Lapsed(l.Inc).Seq > 0 {
			glyph, right, style = l.UI.Theme.Glyphs.Unsaved, "not any more", l.UI.Theme.Warn
		}
		if option := l.decided(s); option != nil {
			glyph, right = l.UI.Theme.Glyphs.Decided, widget.Truncate(clean.Line(option.ID), 12)
			if st := state.ServiceState(option.State); option.State != "" && st.Standing() != state.Back {
				style = l.ServiceLook(state.ServiceState(option.State))
			}
		}
	case state.Active:
		right = incident.Running(s, now)
		if incident.Over(s, now) {
			style = l.UI.Theme.Warn
		}
	case state.Unconfirmed:
		right = "confirm"
	case state.Skipped, state.Failed, state.Blocked:
		right = string(status)
	case state.NotNeeded:
		right = "n/a"
	}
	if s.Empty {
		glyph, right = l.UI.Theme.Glyphs.NotApplicable, "none yet"
		style = l.UI.Theme.Dim
	}
	return "  " + glyph + " " + s.Number + " " + clean.Row(s.Title), right, style
}

// decided is what was decided in a step; nil if nothing was.
func (l *list) decided(s *state.Step) *runbooks.Option {
	answer, ok := l.Inc.Answer(s.ID)
	if s.Def.Kind != runbooks.Decision || !ok {
		return nil
	}
	for i := range s.Def.Options {
		if s.Def.Options[i].ID == answer.Value {
			return &s.Def.Options[i]
		}
	}
	return nil
}

// who says who does a step: its assignee, or the holder of its role.
func who(c *incident.Case, s *state.Step) string {
	if s.Assignee != "" {
		return clean.Line(s.Assignee)
	}
	if s.Def.Role == "" {
		return ""
	}
	title := clean.Line(c.RoleTitle(s.Def.Role))
	if role := c.Inc.Role(s.Def.Role); role != nil && role.Person != "" {
		return title + ": " + clean.Line(role.Person)
	}
	return title
}

// firstUnticked is the first line of the checklist that is not ticked; 0 if none.
func firstUnticked(s *state.Step) int {
	for i := range s.Def.Checklist {
		if !s.Ticked(i) {
			return i + 1
		}
	}
	return 0
}

// unanswered are the asks of a step that have no answer.
func unanswered(inc *state.Incident, s *state.Step) []runbooks.Ask {
	var asks []runbooks.Ask
	for _, ask := range s.Def.Ask {
		if _, ok := inc.AskAnswer(s, ask.ID); !ok {
			asks = append(asks, ask)
		}
	}
	return asks
}

// offered are the answers with which a form for asks begins: what they would set and is
// set already; and who acts, for the role that the step needs and nobody holds.
func offered(r *Screen, s *state.Step, asks []runbooks.Ask) map[string]string {
	values := map[string]string{}
	for i := range asks {
		value := state.SetNow(r.Inc, &asks[i])
		if role, ok := asks[i].SetsRole(); ok && value == "" && role == s.Def.Role {
			value = r.UI.Person
		}
		if value != "" {
			values["ask."+asks[i].ID] = value
		}
	}
	return values
}
