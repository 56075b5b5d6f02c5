package incident

import (
	"fmt"
	"strings"
	"time"

	"muster/state"
	"muster/state/clean"
	"muster/tui/kit"
	"muster/tui/widget"
)

// Facilitates reports whether the person before the screens plays the scenario, and
// is told nothing by it. Who comes over SSH does so by their key, whoever opened the drill.
func (c *Case) Facilitates() bool {
	return c.IsDrill() && (c.Facilitator || !c.UI.SSH && c.Inc.OpenedBy == c.UI.Person)
}

// Keeps reports whether entries of a kind say nothing on this person's screens: what
// the facilitator holds, skips, rates and observes is for the players to read when
// the drill is over. The log has it all the same.
func (c *Case) Keeps(kind state.Kind) bool {
	return state.KeptFromPlayers(c.Inc, kind) && !c.Facilitates()
}

// Describe says what an entry records, as far as this person may know.
func (c *Case) Describe(e state.Entry) string {
	if c.Keeps(e.Kind) {
		return "the facilitator's: it is shown once the drill is closed"
	}
	return c.Says(e)
}

// Says is what an entry records, whoever may know it, with its times as they are read on
// this screen.
func (c *Case) Says(e state.Entry) string {
	now := c.UI.Now()
	return state.InZone(c.Inc.Describe(e), func(t time.Time) string { return kit.ClockTime(t, now) })
}

// EntryLine is one entry in one line: when it happened, as the caller writes that, who,
// what. Marks stand before that.
func (c *Case) EntryLine(seq uint64, when string, w int, marks ...string) string {
	e, ok := c.Inc.Entry(seq)
	if !ok {
		return ""
	}
	t := c.UI.Theme
	who := widget.Pad(clean.Row(e.By.Name), min(8, max(3, w/8)))
	text, style := c.entryText(e)
	if len(marks) > 0 {
		text = "[" + strings.Join(marks, ", ") + "] " + text
	}
	return widget.Truncate(t.Dim.Render(when)+"  "+who+"  "+style.Render(text), w)
}

// entryText is what an entry records, clean, with what became of it.
func (c *Case) entryText(e state.Entry) (string, widget.Style) {
	t := c.UI.Theme
	text := clean.Line(clean.Passage(c.Describe(e)))
	if by := c.Inc.RetractedBy(e.Seq); by != 0 {
		return fmt.Sprintf("[retracted by %d] %s", by, text), t.Dim
	}
	if by := state.AmendedSays(c.Inc, e.Seq); by != "" {
		return "[" + clean.Row(by) + "] " + text, t.Text
	}
	switch e.Kind {
	case state.KindSessionOpened, state.KindClockStepped, state.KindPersonActs:
		return text, t.Dim
	case state.KindStepFailed, state.KindRecovered:
		return text, t.Bad
	}
	return text, t.Text
}

// EntryBlock is one entry in a narrow column: when it happened, as the caller writes
// that, whole; who, and what it says in at most three lines.
func (c *Case) EntryBlock(seq uint64, when string, w int) []string {
	const most = 3
	indent := strings.Repeat(" ", widget.Width(when)+2)
	e, ok := c.Inc.Entry(seq)
	if !ok {
		return nil
	}
	t := c.UI.Theme
	text, style := c.entryText(e)
	rows := widget.Wrap(clean.Row(e.By.Name)+"  "+text, max(8, w-len(indent)))
	if len(rows) > most {
		rows = append(rows[:most-1], widget.Truncate(rows[most-1]+" "+rows[most], max(8, w-len(indent))))
	}
	lines := make([]string, 0, most)
	for i, row := range rows {
		head := indent
		if i == 0 {
			head = t.Dim.Render(when) + "  "
		}
		lines = append(lines, " "+head+style.Render(row))
	}
	return lines
}

// Brief is an entry in a line: its number, when, who, what.
func (c *Case) Brief(seq uint64) string {
	e, _ := c.Inc.Entry(seq)
	return fmt.Sprintf("%d, %s, %s: %s", seq, kit.ClockTime(e.When(), c.UI.Now()), e.By.Name, c.Describe(e))
}

// RoleTitle is the title of a role by its id; the id if it is not there.
func (c *Case) RoleTitle(id string) string {
	if role := c.Inc.Role(id); role != nil {
		return role.Def.Title
	}
	return id
}

// ServiceTitle is the title of a service by its id; the id if it is not there.
func (c *Case) ServiceTitle(id string) string {
	if sv := c.Inc.Service(id); sv != nil {
		return clean.Row(sv.Def.Title)
	}
	return clean.Line(id)
}

// None says that there is nothing of a kind: or that it is not known, since a runbook
// is withheld from this copy of the log.
func (c *Case) None(text string) string {
	if c.Inc.Redacted.Runbook {
		return "not known: the runbook is withheld"
	}
	return text
}
