package tui

import (
	"fmt"
	"strings"

	"muster/state/clean"
	"muster/state/when"
	"muster/tui/widget"
)

// head is the first line of every screen of the incident.
func (o *openIncident) head(w int) string {
	t := o.ui.Theme
	id := o.inc.ID
	if w < 120 {
		id = shortID(id)
	}
	mode := t.Live.Render(" LIVE ")
	if o.IsDrill() {
		mode = t.Exercise.Render(" EXERCISE ")
	}
	left := " " + t.Strong.Render(clean.Line(id)) + "  " + mode + " " + o.severity()
	if w < 80 { // the marks first: they must not be cut off
		left = mode + " " + o.severity() + "  " + t.Strong.Render(clean.Line(id))
	}
	if o.watch {
		left += "  " + t.Warn.Render("WATCHING")
	}
	left += "  " + t.Header.Render(clean.Line(o.inc.Title))
	return widget.Spread(left, o.headRight(w), w)
}

func (o *openIncident) severity() string {
	t := o.ui.Theme
	sev := clean.Line(string(o.inc.Severity))
	switch sev {
	case "SEV1":
		return t.Sev1.Render(sev)
	case "SEV2":
		return t.Sev2.Render(sev)
	}
	return t.Sev3Lower.Render(sev)
}

// headRight: who commands, how long it has lasted, and whether all is saved.
func (o *openIncident) headRight(w int) string {
	var parts []string
	if who := o.commander(); who != "" && w >= 80 {
		parts = append(parts, who)
	}
	mark, gap := o.clockMark(w), "   "
	if w < 100 {
		gap = "  "
	}
	if mark != "" && w < 80 {
		parts = append(parts, mark)
	} else if o.inc.Closed != nil {
		parts = append(parts, o.ui.Theme.Strong.Render("CLOSED "+clockTime(o.inc.Closed.When, o.ui.Now())))
	} else {
		parts = append(parts, when.Elapsed(o.ui.Now().Sub(o.inc.Opened)))
		if mark != "" {
			parts = append(parts, mark)
		}
	}
	return strings.Join(append(parts, o.saveState()), gap) + " "
}

func (o *openIncident) commander() string {
	for i := range o.inc.Roles {
		r := &o.inc.Roles[i]
		if r.Def.ID == "commander" || r.Def.ID == "incident-commander" {
			if r.Person == "" {
				return o.ui.Theme.Warn.Render("no IC")
			}
			return "IC " + widget.Truncate(clean.Line(r.Person), 16)
		}
	}
	return ""
}

// saveState is what the person may believe to be safe.
func (o *openIncident) saveState() string {
	t := o.ui.Theme
	switch {
	case o.stuck != nil:
		return t.Error.Render(fmt.Sprintf("%s NOT SAVED: %d", t.Glyphs.Unsaved, len(o.queue)))
	case len(o.queue) > 1:
		return t.Warn.Render(fmt.Sprintf("saving%s %d", t.Glyphs.Saving, len(o.queue)))
	case len(o.queue) == 1:
		return t.Warn.Render("saving" + t.Glyphs.Saving)
	case o.sending > 0:
		return t.Warn.Render("sending" + t.Glyphs.Saving)
	case o.follow != nil:
		return t.Warn.Render("cannot follow")
	}
	return t.OK.Render(t.Glyphs.Saved) + fmt.Sprintf(" saved %d", o.inc.Head.Seq)
}

// frame puts head, banner and footer around what a screen draws.
func (o *openIncident) frame(w, h int, body func(w, h int) []string) []string {
	t := o.ui.Theme
	lines := []string{o.head(w), o.rule(w)}
	for _, line := range o.banner(w) {
		lines = append(lines, t.Error.Render(widget.Pad(" "+line, w)))
	}
	lines = append(lines, body(w, h-len(lines)-1)...)
	return append(lines, o.ui.Footer(w))
}

// rule is the line below the head: what needs somebody; where there is room, the
// log's head, to be read to a witness; and in whose name entries are made, since at a
// shared machine that is easily somebody else's.
func (o *openIncident) rule(w int) string {
	t := o.ui.Theme
	who := " you are " + widget.Truncate(clean.Line(o.ui.Person), 24) + " "
	if o.watch || o.ui.Person == "" || w < widget.Width(who)+10 {
		who = ""
	}
	marks, room := "", w-widget.Width(who)-4
	for _, mark := range o.marks() {
		if widget.Width(marks)+widget.Width(mark)+3 <= room {
			marks += " " + mark + " " + t.Border.Render(t.Glyphs.Horizontal)
		}
	}
	head := " head " + o.inc.Head.Hash.Code() + " "
	if widget.Width(marks)+widget.Width(head)+widget.Width(who)+6 > w || w < 100 {
		head = ""
	}
	rest := w - widget.Width(marks) - widget.Width(head) - widget.Width(who) - 4
	line := t.Glyphs.Horizontal
	return t.Border.Render(line) + marks + t.Border.Render(widget.Rule(line, rest)) + t.Dim.Render(head) +
		t.Border.Render(line) + t.Dim.Render(who) + t.Border.Render(widget.Rule(line, 2))
}

// banner says why nothing can be recorded or followed, in two rows at most.
func (o *openIncident) banner(w int) []string {
	if len(o.alerts) > 0 {
		return o.alertLines(w)
	}
	notice := o.notice
	if notice == "" && o.follow != nil {
		notice = "What others record cannot be seen; trying again. " + clean.Bounded(o.follow.Error(), 400)
	}
	if notice == "" {
		return nil
	}
	lines := widget.Wrap(notice, max(8, w-2))
	if len(lines) > 2 {
		lines = []string{lines[0], widget.Truncate(lines[1]+" "+lines[2], w-2)}
	}
	return lines
}

// top is how many rows frame draws above the body.
func (o *openIncident) top() int { return 2 + len(o.banner(o.ui.Width)) }

// Essence is what fits a tiny terminal: the step to do, and the time.
func (o *openIncident) Essence() []string {
	var lines []string
	if s := o.inc.Next(); s != nil {
		lines = append(lines, clean.Line(s.Number+" "+s.Title))
	}
	return append(lines, when.Elapsed(o.ui.Now().Sub(o.inc.Opened))+" "+o.saveState())
}

// WindowTitle names the incident in the terminal's title.
func (o *openIncident) WindowTitle() string {
	if o.IsDrill() {
		return "EXERCISE muster " + clean.Line(o.inc.ID)
	}
	return "muster " + clean.Line(o.inc.ID)
}
