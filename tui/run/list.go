package run

import (
	"fmt"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/state/clean"
	"muster/state/when"
	"muster/tui/kit"
	"muster/tui/widget"
)

// listLines draws the part of the list around the cursor.
func (r *Screen) listLines(w, h int) []string {
	if len(r.rows) == 0 {
		return r.noSteps(w)
	}
	r.first = widget.Window(len(r.rows), h, r.cursor, r.first)
	lines := make([]string, 0, h)
	for i := r.first; i < len(r.rows) && len(lines) < h; i++ {
		lines = append(lines, r.rowLine(i, w))
	}
	return lines
}

// noSteps says why there is nothing to do: the runbook is not in this copy of the
// log, or cannot be read.
func (r *Screen) noSteps(w int) []string {
	text := "The runbook cannot be read, so its steps are not known. What was recorded stands in the timeline."
	if len(r.Inc.Books) > 0 && r.Inc.Books[0].Doc.Text == state.WithheldText {
		text = "The runbook's text is withheld from this copy of the log, so its steps are not known. What was recorded stands in the timeline."
	}
	lines := widget.Wrap(text, max(8, w-2))
	for i := range lines {
		lines[i] = " " + r.UI.Theme.Dim.Render(lines[i])
	}
	return lines
}

func (r *Screen) rowLine(i, w int) string {
	at := r.rows[i]
	var left, right string
	var style widget.Style
	if at.step < 0 {
		left, right, style = r.phaseRow(at.phase)
	} else {
		left, right, style = r.stepRow(&r.Inc.Steps[at.step])
	}
	t := r.UI.Theme
	line := widget.Spread(left, right, w-2) + " "
	if i == r.cursor {
		return t.Selected.With(style).Render(t.Glyphs.Cursor + line)
	}
	return style.Render(" " + line)
}

// phaseRow: number, title, how many of its steps are done.
func (r *Screen) phaseRow(i int) (left, right string, style widget.Style) {
	t, g := r.UI.Theme, r.UI.Theme.Glyphs
	phase, n := &r.Inc.Phases[i], r.tallies[i]
	settled := n.Done + n.Skipped + n.Failed + n.NotNeeded
	right = fmt.Sprintf("%d/%d", n.Done, n.Total-n.NotNeeded)
	if n.Skipped > 0 {
		right += fmt.Sprintf(" %d%s", n.Skipped, g.Skipped)
	}
	if n.Failed > 0 {
		right += fmt.Sprintf(" %d%s", n.Failed, g.Failed)
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
func (r *Screen) stepRow(s *state.Step) (left, right string, style widget.Style) {
	status := r.Inc.Status(s)
	sign, style := r.sign(status)
	now := r.UI.Now()
	switch status {
	case state.Done:
		right = kit.ClockTime(s.Ended, now)
	case state.Active:
		right = r.running(s, now)
		if over(s, now) {
			style = r.UI.Theme.Warn
		}
	case state.Unconfirmed:
		right = "confirm"
	case state.Skipped, state.Failed, state.Blocked:
		right = string(status)
	case state.NotNeeded:
		right = "n/a"
	}
	if s.Empty {
		sign, right = r.UI.Theme.Glyphs.NotApplicable, "none yet"
		style = r.UI.Theme.Dim
	}
	return "  " + sign + " " + s.Number + " " + clean.Line(clean.Bounded(s.Title, 400)), right, style
}

// sign is a status's glyph and look.
func (r *Screen) sign(status state.Status) (string, widget.Style) {
	t, g := r.UI.Theme, r.UI.Theme.Glyphs
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

// running is how long a step has run, against how long it should take.
func (r *Screen) running(s *state.Step, now time.Time) string {
	text := when.Duration(max(0, now.Sub(s.Started)))
	if !s.Def.Expect.IsZero() {
		text += "/" + s.Def.Expect.String()
	}
	if over(s, now) {
		text += " over"
	}
	return text
}

// over reports whether a running step takes longer than it should.
func over(s *state.Step, now time.Time) bool {
	d := s.Def.Expect.About()
	return d > 0 && s.Status == state.Active && now.Sub(s.Started) > d
}

// A logCache is the last entries, as drawn.
type logCache struct {
	seq   uint64
	w, h  int
	theme string
	lines []string
}

// is reports whether the cache still holds; if not, it is made empty for what
// is drawn now.
func (c *logCache) is(r *Screen, w, h int) bool {
	now := logCache{seq: r.Inc.Head.Seq, w: w, h: h, theme: r.UI.Theme.Name}
	if c.seq == now.seq && c.w == w && c.h == h && c.theme == now.theme {
		return true
	}
	*c = now
	return false
}

// logLines draws the last entries in single lines, the newest first.
func (r *Screen) logLines(w, h int) []string {
	if !r.log.is(r, w, h) {
		for seq := r.Inc.Head.Seq; seq > 0 && len(r.log.lines) < h; seq-- {
			r.log.lines = append(r.log.lines, " "+r.EntryLine(seq, w-1))
		}
	}
	return r.log.lines
}

// logColumn is the right column of a wide terminal: the last entries, and below
// them notes and evidence.
func (r *Screen) logColumn(w, h int) []string {
	t := r.UI.Theme
	var kept []string
	for i := len(r.kept) - 1; i >= 0 && len(kept) < h/3; i-- {
		kept = append(kept, r.EntryBlock(r.kept[i], w-2)...)
	}
	lower := 0
	if len(kept) > 0 {
		kept = append([]string{" " + t.Title.Render("Notes and evidence")}, kept...)
		lower = min(len(kept), h/3)
	}
	lines := []string{" " + t.Title.Render("Log") + t.Dim.Render("  "+kit.Entries(int(r.Inc.Head.Seq)))}
	lines = append(lines, r.logBlock(w-2, h-lower-1)...)
	return append(widget.Fit(lines, w, h-lower), widget.Fit(kept, w, lower)...)
}

// logBlock draws the last entries in a column, the newest first.
func (r *Screen) logBlock(w, h int) []string {
	if r.log.is(r, w, h) {
		return r.log.lines
	}
	var lines []string
	for seq := r.Inc.Head.Seq; seq > 0 && len(lines) < h; seq-- {
		lines = append(lines, r.EntryBlock(seq, w)...)
	}
	r.log.lines = lines
	return lines
}

// who says who does a step: its assignee, or the holder of its role.
func (r *Screen) who(s *state.Step) string {
	if s.Assignee != "" {
		return clean.Line(s.Assignee)
	}
	if s.Def.Role == "" {
		return ""
	}
	title := clean.Line(r.RoleTitle(s.Def.Role))
	if role := r.Inc.Role(s.Def.Role); role != nil && role.Person != "" {
		return title + ": " + clean.Line(role.Person)
	}
	return title
}

// firstUnticked is the first line of the checklist that is not ticked; 0 if none.
func firstUnticked(s *state.Step) int {
	for i := range s.Def.Checklist {
		if i >= len(s.Ticks) || !s.Ticks[i] {
			return i + 1
		}
	}
	return 0
}

// unanswered are the asks of a step that have no answer.
func (r *Screen) unanswered(s *state.Step) []runbooks.Ask {
	var asks []runbooks.Ask
	for _, ask := range s.Def.Ask {
		if _, ok := r.Inc.AskAnswer(s, ask.ID); !ok {
			asks = append(asks, ask)
		}
	}
	return asks
}
