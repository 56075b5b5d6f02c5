package incident

import (
	"fmt"
	"slices"
	"strings"

	"muster/state/clean"
	"muster/state/when"
	"muster/tui/kit"
	"muster/tui/widget"
)

// head is the first line of every screen of the incident.
func (o *Open) head(w int) string {
	t := o.UI.Theme
	id := o.Inc.ID
	if w < 120 {
		id = kit.ShortID(id)
	}
	mode := t.Live.Render(" LIVE ")
	if o.IsDrill() {
		mode = t.Exercise.Render(" EXERCISE ")
	}
	apart := ""
	if mark := o.apartMark(); mark != "" {
		apart = " " + t.Warn.Render(mark)
	}
	left := " " + t.Strong.Render(clean.Line(id)) + "  " + mode + apart + " " + o.severity()
	if w < 80 { // the marks first: they must not be cut off
		left = mode + apart + " " + o.severity() + "  " + t.Strong.Render(clean.Line(id))
	}
	if mark := o.pastMark(); mark != "" {
		left += "  " + t.Warn.Render(mark)
	} else if o.Watch {
		left += "  " + t.Warn.Render("WATCHING")
	}
	right := o.headRight(w, w >= 80)
	if widget.Width(left)+widget.Width(right) > w {
		right = o.headRight(w, false) // sooner than cut the severity
	}
	left += "  " + t.Header.Render(clean.Line(o.Inc.Title))
	return widget.Spread(left, right, w)
}

func (o *Open) severity() string {
	t := o.UI.Theme
	sev := clean.Line(string(o.Inc.Severity))
	switch sev {
	case "SEV1":
		return t.Sev1.Render(sev)
	case "SEV2":
		return t.Sev2.Render(sev)
	}
	return t.Sev3Lower.Render(sev)
}

// headRight: who commands, how long it has lasted, and whether all is saved.
func (o *Open) headRight(w int, commands bool) string {
	var parts []string
	if who := o.commander(); who != "" && commands {
		parts = append(parts, who)
	}
	mark, gap := o.clockMark(w), "   "
	if w < 100 {
		gap = "  "
	}
	if mark != "" && w < 80 {
		parts = append(parts, mark)
	} else if o.Inc.Closed != nil {
		parts = append(parts, o.UI.Theme.Strong.Render("CLOSED "+kit.ClockTime(o.Inc.Closed.When, o.UI.Now())))
		if mark != "" {
			parts = append(parts, mark)
		}
	} else {
		if lasted := o.UI.Now().Sub(o.Inc.Opened); lasted >= 0 || o.Inc.Past == nil {
			parts = append(parts, when.Elapsed(lasted))
		}
		if mark != "" {
			parts = append(parts, mark)
		}
	}
	return strings.Join(append(parts, o.saveState()), gap) + " "
}

func (o *Open) commander() string {
	for i := range o.Inc.Roles {
		r := &o.Inc.Roles[i]
		if r.Def.ID == "commander" || r.Def.ID == "incident-commander" {
			if r.Person == "" {
				return o.UI.Theme.Warn.Render("no IC")
			}
			return "IC " + widget.Truncate(clean.Line(r.Person), 16)
		}
	}
	return ""
}

// saveState is what the person may believe to be safe.
func (o *Open) saveState() string {
	t := o.UI.Theme
	switch {
	case o.Inc.Past != nil:
		return fmt.Sprintf("%d of %s", o.Inc.Past.Entries, kit.Entries(int(o.Inc.Past.Of)))
	case o.Stuck != nil && (len(o.queue) > 0 || !o.isChanged()):
		return t.Error.Render(fmt.Sprintf("%s NOT SAVED: %d", t.Glyphs.Unsaved, len(o.queue)))
	case len(o.queue) > 1:
		return t.Warn.Render(fmt.Sprintf("saving%s %d", t.Glyphs.Saving, len(o.queue)))
	case len(o.queue) == 1:
		return t.Warn.Render("saving" + t.Glyphs.Saving)
	case len(o.sends) > 0:
		return t.Warn.Render(o.sendState())
	case o.isChanged():
		return t.Error.Render(t.Glyphs.Unsaved + changedMark(o.Case))
	case o.failed != nil:
		return t.Error.Render(t.Glyphs.Unsaved + " CANNOT SAVE")
	case o.follow != nil:
		return t.Warn.Render("cannot follow")
	case copyState(o.Case) != "": // it may stand still for hours, and hides nothing that is worse
		return t.Warn.Render(copyState(o.Case))
	case len(o.reads) > 0:
		return t.Warn.Render(readState(o.Case))
	}
	return t.OK.Render(t.Glyphs.Saved) + fmt.Sprintf(" saved %d", o.Inc.Head.Seq)
}

// Frame puts head, banner and footer around what a screen draws.
func (o *Open) Frame(w, h int, body func(w, h int) []string) []string {
	t := o.UI.Theme
	lines := []string{o.head(w), o.rule(w)}
	for _, line := range o.banner(w) {
		lines = append(lines, t.Error.Render(widget.Pad(" "+line, w)))
	}
	if next := o.afterwards(); next != "" {
		lines = append(lines, t.Dim.Render(widget.Pad(" "+widget.Truncate(next, w-2), w)))
	}
	lines = append(lines, body(w, h-len(lines)-1)...)
	return append(lines, o.UI.Footer(w))
}

// rule is the line below the head: what needs somebody; where there is room, the
// log's head, to be read to a witness; and in whose name entries are made, since at a
// shared machine that is easily somebody else's.
func (o *Open) rule(w int) string {
	t := o.UI.Theme
	who := " " + o.Acting() + " "
	if o.UI.Person == "" {
		who = " " + o.UI.KeyOf("who") + ": say who you are "
	}
	if o.Watch || w < widget.Width(who)+10 {
		who = ""
	}
	marks, room := "", w-widget.Width(who)-4
	for _, mark := range o.marks() {
		if widget.Width(marks)+widget.Width(mark)+3 <= room {
			marks += " " + mark + " " + t.Border.Render(t.Glyphs.Horizontal)
		}
	}
	head := " head " + o.Inc.Head.Hash.Code() + " "
	if widget.Width(marks)+widget.Width(head)+widget.Width(who)+6 > w || w < 100 {
		head = ""
	}
	rest := w - widget.Width(marks) - widget.Width(head) - widget.Width(who) - 4
	line := t.Glyphs.Horizontal
	return t.Border.Render(line) + marks + t.Border.Render(widget.Rule(line, rest)) + t.Dim.Render(head) +
		t.Border.Render(line) + t.Dim.Render(who) + t.Border.Render(widget.Rule(line, 2))
}

// banner says why nothing can be recorded or followed, in two rows at most.
func (o *Open) banner(w int) []string {
	if len(o.alerts) > 0 && o.waitingNotice() == "" {
		return o.alertLines(w)
	}
	if present := o.back.present; present != nil && len(present.alerts) > 0 {
		return present.alertLines(w)
	}
	notice := o.notice
	if o.Inc.Past != nil {
		notice = o.pastNotice()
	}
	if waiting := o.waitingNotice(); waiting != "" {
		notice = waiting
	}
	if notice == "" && o.follow != nil {
		notice = "What others record cannot be seen; trying again. " + clean.Bounded(o.follow.Error(), 400)
	}
	if notice == "" {
		notice = o.Inc.Over.String()
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

// waitingNotice says, while letters are text, what is not saved and which key shows it:
// the dialog that says so does not open over a text field. "" if nothing needs saying.
func (o *Open) waitingNotice() string {
	if o.UI.Top().Place().Is&kit.Typing == 0 || o.noneWaits() != "" {
		return ""
	}
	key, why := o.UI.KeyOf("waiting.show"), o.Stuck
	head := "NOT SAVED: "
	switch {
	case o.isChanged():
		head, why = "NOT SAVED, "+changedHead(o.Case)+": ", o.changed
	case why == nil && o.failed != nil:
		head, why = "NOTHING CAN BE SAVED: ", o.failed
	case why == nil && !refusalWaits(o):
		return "Something is to be read when you have typed this; " + key + " shows it now."
	case why == nil:
		return "NOT RECORDED: " + key + " shows what; what you type is not lost."
	}
	return clean.Line(head + key + " shows how to rescue it; what you type is not lost. (" + reasonOf(why) + ")")
}

// refusalWaits reports whether what waits for a text field to be left may be that something
// was not recorded: more than what is to be read, such as what comes before all else.
func refusalWaits(o *Open) bool {
	return slices.ContainsFunc(kit.Waiting(o.UI), func(d kit.Dialog) bool {
		switch d.(type) {
		case *kit.Finder, *kit.Message:
			return false
		}
		return true
	})
}

// waitingLabel says in a word what the key shows.
func waitingLabel(o *Open) string {
	if o.keepsBack() || refusalWaits(o) {
		return "NOT SAVED"
	}
	return "what waits"
}

// Top is how many rows frame draws above the body.
func (o *Open) Top() int {
	top := 2 + len(o.banner(o.UI.Width))
	if o.afterwards() != "" {
		top++
	}
	return top
}

// afterwards says what comes after the incident was closed; "" if it is open.
func (o *Open) afterwards() string {
	if o.Inc.Closed == nil || o.Watch {
		return ""
	}
	return "Next: " + o.UI.KeyOf("close") + " shows what comes now: verify the log, tell a witness (" + o.UI.KeyOf("witness") + "), export"
}

// Essence is what fits a tiny terminal: the step to do, and the time.
func (o *Open) Essence() []string {
	var lines []string
	if marks := strings.TrimSpace(o.apartMark() + "  " + twoMark(o.Inc)); marks != "" {
		lines = append(lines, marks)
	}
	if s := o.Inc.Next(); s != nil {
		lines = append(lines, clean.Line(s.Number+" "+s.Title))
	}
	return append(lines, when.Elapsed(o.Inc.Until(o.UI.Now()).Sub(o.Inc.Opened))+" "+o.saveState())
}
