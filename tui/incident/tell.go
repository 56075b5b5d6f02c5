package incident

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/state/when"
	"muster/tui/kit"
	"muster/tui/widget"
)

// This file is what an open incident says line by line, whatever screen one is on.

// nearEnd is how long before its end a clock is warned of.
const nearEnd = time.Hour

// Heading implements kit.Reporter.
func (o *Open) Heading() string {
	if o.Inc.Past != nil {
		return o.Inc.ID + ": " + o.pastNotice()
	}
	mode := "LIVE"
	if o.IsDrill() {
		mode = "EXERCISE"
	}
	parts := []string{mode + " " + o.Inc.ID, string(o.Inc.Severity), o.Inc.Title}
	if mark := o.apartMark(); mark != "" {
		parts = append(parts, mark+", "+o.UI.KeyOf("branch")+" says of what")
	}
	if o.Watch {
		parts = append(parts, "WATCHING, nothing is recorded from here")
	}
	now := o.UI.Now()
	if o.Inc.Closed != nil {
		parts = append(parts, "CLOSED "+kit.ClockTime(o.Inc.Closed.When, now))
	} else if state.DetectionGiven(o.Inc) {
		parts = append(parts, "detected "+when.Elapsed(now.Sub(o.Inc.Opened))+" ago")
	} else {
		parts = append(parts, "open for "+when.Elapsed(now.Sub(o.Inc.Opened)))
	}
	if who := o.commander(); who != "" {
		parts = append(parts, commanderSaid(widget.Strip(who)))
	}
	if mark := clockSaid(o); mark != "" {
		parts = append(parts, "next clock "+mark)
	}
	for _, mark := range o.marks() {
		parts = append(parts, widget.Strip(mark))
	}
	if o.NextWhen != "" {
		parts = append(parts, "next act at "+o.NextWhen)
	}
	if o.UI.Person == "" {
		parts = append(parts, "nobody has said who acts here: "+o.UI.KeyOf("who"))
	} else if !o.Watch {
		parts = append(parts, "you are "+kit.Person(o.UI.Person))
	}
	return strings.Join(append(parts, kit.Plainly(o.saveState())), "; ") + "."
}

// clockSaid is the mark of the clock that is due first, in words: 02:00 alone is heard as a
// time of day.
func clockSaid(o *Open) string {
	mark, now := widget.Strip(o.clockMark(kit.Wide)), o.UI.Now()
	next := o.Inc.NextClock(now.Location())
	if next == nil || o.Inc.Closed != nil || next.AtOnce(now.Location()) || !now.Before(next.Due(now.Location())) {
		return mark
	}
	return mark + " left"
}

// commanderSaid says in words who commands.
func commanderSaid(drawn string) string {
	if name, ok := strings.CutPrefix(drawn, "IC "); ok {
		return name + " commands"
	}
	return "nobody commands"
}

// Recorded implements kit.Reporter.
func (o *Open) Recorded() (seq uint64, of any) { return o.Inc.Head.Seq, o }

// Warnings implements kit.Reporter.
func (o *Open) Warnings() []string {
	var all []string
	switch {
	case o.isChanged():
		all = append(all, "NOT SAVED, "+changedHead(o.Case)+": "+o.UI.KeyOf("notsaved.show")+" shows how to rescue it. "+reasonOf(o.changed))
	case o.Stuck != nil:
		all = append(all, fmt.Sprintf("NOT SAVED: %s. %s shows it. %s", kit.Plural(len(o.queue), "action"), o.UI.KeyOf("notsaved.show"), reasonOf(o.Stuck)))
	case o.notice != "":
		all = append(all, o.notice)
	}
	if o.follow != nil {
		all = append(all, "What others record cannot be seen; trying again. "+clean.Bounded(o.follow.Error(), 400))
	}
	if over := o.Inc.Over.String(); over != "" {
		all = append(all, over)
	}
	return append(append(all, o.nearing()...), o.alerts...)
}

// nearing says which clocks are near their end.
func (o *Open) nearing() []string {
	if o.Inc.Closed != nil {
		return nil
	}
	var all []string
	now := o.UI.Now()
	for i := range o.Inc.Clocks {
		c := &o.Inc.Clocks[i]
		if !c.Running() || c.Missed != 0 || c.Uncounted() || c.AtOnce(now.Location()) {
			continue
		}
		due := c.Due(now.Location())
		if left := due.Sub(now); left > 0 && left <= nearEnd {
			all = append(all, "NEAR ITS END: "+clean.Row(c.Def.Title)+", due "+kit.ClockTime(due, now))
		}
	}
	return all
}

// News implements kit.Reporter.
func (o *Open) News(seq uint64) (lines []string, last uint64) {
	for _, e := range o.Inc.Log[min(int(seq), len(o.Inc.Log)):] {
		text, _ := o.entryText(e)
		saved := ""
		if e.By.Name == o.UI.Person {
			saved = "Saved. "
		}
		lines = append(lines, saved+fmt.Sprintf("Entry %d, %s, %s: %s", e.Seq, kit.ClockTime(e.When(), o.UI.Now()), kit.Person(e.By.Name), text))
	}
	return lines, o.Inc.Head.Seq
}

// said is a row of the list in words: what stands at its left, and at its right.
func (b *Board) said(r Row) string {
	drawn := b.UI.Theme.Glyphs
	defer func() { b.UI.Theme.Glyphs = drawn }()
	b.UI.Theme.Glyphs = widget.Glyphs{Unsaved: drawn.Unsaved, Saving: drawn.Saving} // the words beside a sign say as much
	left, right, _ := b.of.Line(r)
	return Beside(left, right)
}

// Beside joins what stands at the two ends of a line.
func Beside(left, right string) string {
	left, right = kit.Plainly(left), kit.Plainly(right)
	if left == "" || right == "" {
		return left + right
	}
	return left + "; " + right
}

// Tell implements kit.Teller.
func (b *Board) Tell() kit.Telling {
	b.Refresh()
	told := kit.Telling{Title: b.of.Place().Name}
	for _, r := range b.Rows {
		if r.Title != "" {
			told.List = append(told.List, kit.Line{Text: r.Title})
			continue
		}
		told.List = append(told.List, kit.Line{Text: b.said(r), On: r == b.At(), Do: func() tea.Cmd { b.Visit(r); return nil }})
	}
	if at := b.At(); at.Kind != noRow {
		told.Text = kit.Said(b.of.Detail(at, kit.Wide))
	}
	return told
}

// Tell implements kit.Teller.
func (d *refusalDialog) Tell() kit.Telling {
	told := kit.Telling{Title: d.title, Text: kit.Said([]string{d.refusal.Text})}
	for _, also := range d.refusal.Also {
		told.Text = append(told.Text, kit.Line{Text: also.Text})
	}
	for _, hint := range d.hints() {
		told.Text = append(told.Text, kit.Line{Text: hint})
	}
	if _, ok := d.of.Inc.Entry(d.refusal.Seq); ok && d.refusal.Seq != 0 {
		told.Text = append(told.Text, kit.Line{Text: "Entry " + d.of.Brief(d.refusal.Seq)})
	}
	return told
}

// Tell implements kit.Teller.
func (d *notSavedDialog) Tell() kit.Telling {
	lines := d.whatFor(kit.Wide)
	for _, s := range d.of.queue {
		lines = append(lines, clean.Bounded(d.of.say(s), 1000))
	}
	return kit.Telling{Title: "NOT SAVED", Text: kit.Said(append(lines, d.advice()))}
}

// Tell implements kit.Teller.
func (d *reader) Tell() kit.Telling {
	return kit.Telling{Title: d.title, Text: kit.Said(widget.Markdown(markedOnce(d.text), kit.Wide, d.of.UI.Theme))}
}

// markedOnce is a drill's report as it is read aloud: that it is an exercise is said at its head,
// and with every prompt, and not again in each line. What is sent or copied keeps every mark.
func markedOnce(text string) string {
	lines := strings.Split(text, "\n")
	for i, marked := 0, false; i < len(lines); i++ {
		if marked && !strings.HasPrefix(lines[i], "EXERCISE EXERCISE") {
			lines[i] = strings.TrimSuffix(strings.Replace(lines[i], "- EXERCISE ", "- ", 1), " — EXERCISE")
		}
		marked = marked || strings.Contains(lines[i], "EXERCISE")
	}
	return strings.Join(lines, "\n")
}
