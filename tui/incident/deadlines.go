package incident

import (
	"strings"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/state/when"
	"muster/tui/kit"
	"muster/tui/widget"
)

// OpenAtEnd says of what has a time that it was open when the incident was closed.
const OpenAtEnd = "open at the end"

// ClockLeft says how much of a clock is left, or what became of it; of one that ran when the
// incident was closed, when it is due: the law goes on counting.
func ClockLeft(inc *state.Incident, c *state.Clock, now time.Time) string {
	end := inc.Until(now)
	status := c.Status(end, now.Location())
	if c.Running() && c.Uncounted() {
		return "runs; when it is due is withheld"
	}
	closed := inc.Closed != nil
	switch due := c.Due(now.Location()); {
	case closed && status == state.ClockRunning:
		return "due " + kit.ClockTime(due, now)
	case closed && status == state.ClockOverdue:
		return "OVERDUE, due " + kit.ClockTime(due, now)
	}
	switch status {
	case state.ClockDueNow:
		return "DUE NOW"
	case state.ClockRunning:
		return when.Countdown(c.Due(now.Location()).Sub(end)) + " left"
	case state.ClockOverdue:
		return "OVERDUE " + when.Countdown(end.Sub(c.Due(now.Location())))
	case state.ClockWaiting, state.ClockUnseen:
		return string(status)
	}
	return status.At(kit.ClockTime(c.Ended, now))
}

// clockMark is the running clock that is due first, for a head of w columns:
// "GDPR 71:17".
func (c *Case) clockMark(w int) string {
	most := 16
	if w < 100 {
		most = 8
	}
	text, style := c.nextClock(most)
	return style.Render(text)
}

// nextClock says how long the running clock has that is due first, its name in at most that
// many cells; "" if none runs.
func (c *Case) nextClock(most int) (string, widget.Style) {
	now, t := c.UI.Now(), c.UI.Theme
	next := c.Inc.NextClock(now.Location())
	if next == nil {
		return "", t.Text
	}
	left := next.Due(now.Location()).Sub(now)
	name := clockName(clean.Row(next.Def.Title), most)
	if next.AtOnce(now.Location()) {
		return name + " DUE NOW", t.Error
	}
	if c.Inc.Closed != nil { // the law goes on counting; nothing here does
		return name + " due " + kit.ClockTime(next.Due(now.Location()), now), t.Warn
	}
	text := name + " " + when.Countdown(left)
	switch {
	case left < 0:
		return text + " OVERDUE", t.Error
	case left < 4*time.Hour:
		return text, t.Warn
	}
	return text, t.Info
}

// Progress is how much of the running clock that is due first is over, for the tab.
func (c *Case) Progress() *tea.ProgressBar {
	now := c.UI.Now()
	next := c.Inc.NextClock(now.Location())
	if next == nil || c.Inc.Closed != nil {
		return nil
	}
	loc := now.Location()
	due := next.Due(loc)
	from, _ := next.Counts(loc)
	if next.AtOnce(loc) || !now.Before(due) {
		return tea.NewProgressBar(tea.ProgressBarError, 100)
	}
	if from.IsZero() || now.Before(from) {
		return nil
	}
	state := tea.ProgressBarDefault
	if warns := next.Warns(loc); !warns.IsZero() && !now.Before(warns) {
		state = tea.ProgressBarWarning
	}
	return tea.NewProgressBar(state, int(100*now.Sub(from).Seconds()/due.Sub(from).Seconds()))
}

// clockName is a clock's title in at most that many cells: the law's name, if it
// begins with one.
func clockName(title string, most int) string {
	head, _, _ := strings.Cut(title, ":")
	first, _, _ := strings.Cut(head, " ")
	if len(first) > 2 && strings.ToUpper(first) == first && strings.ContainsFunc(first, unicode.IsLetter) {
		return widget.Truncate(first, most)
	}
	return widget.Truncate(head, most)
}

// pendingMark says of what people set, and is due first, how long it has.
func (c *Case) pendingMark(now time.Time) string {
	var first state.Pending
	for _, p := range state.PendingOf(c.Inc) {
		if state.Runs(p) && (first == nil || p.DueAt().Before(first.DueAt())) {
			first = p
		}
	}
	if first == nil {
		return ""
	}
	what := first.Noun().Key()
	if !now.Before(first.DueAt()) {
		return strings.ToUpper(what) + " DUE"
	}
	return what + " " + when.Duration(first.DueAt().Sub(now))
}

// WindowTitle names the incident in the terminal's title, behind the deadline that is next:
// of a title's end little is seen in a tab.
func (c *Case) WindowTitle() string {
	next, _ := c.nextClock(16)
	if next == "" || c.UI.NoBar {
		return c.name()
	}
	title := next + ", muster " + clean.Line(c.Inc.ID)
	if c.IsDrill() {
		return "EXERCISE " + title
	}
	return title
}
