package run

import (
	"fmt"

	"muster/state"
	"muster/state/clean"
	"muster/tui/incident"
	"muster/tui/kit"
	"muster/tui/widget"
)

// An item is a line of the detail that can be chosen: a line of the checklist, an
// ask, an option of a decision, the command.
type item struct {
	kind itemKind
	n    int // 0-based, of its kind
	line int // in detail.lines
}

type itemKind int

const (
	tickItem itemKind = iota
	askItem
	optionItem
	commandItem
)

// A detail is the text of a step or phase, drawn once for as long as nothing of
// it changes.
type detail struct {
	key   detailKey
	lines []string
	items []item
	item  int // the chosen one; -1 for none
	first int // first line drawn
	rows  int // lines drawn
	head  int // lines above them: title and status
}

type detailKey struct {
	row     row
	seq     uint64
	w       int
	theme   string
	item    int
	focused bool
	fresh   int
}

// reset forgets where the last step's text was scrolled to.
func (d *detail) reset() { *d = detail{} }

func (d *detail) focusFirst() { d.item = 0 }

// move goes from item to item, or scrolls where there is none.
func (d *detail) move(m kit.Motion) {
	last := max(0, len(d.lines)-d.rows)
	switch {
	case len(d.items) > 0 && (m == kit.Up || m == kit.Down):
		next := d.item + 1
		if m == kit.Up {
			next = d.item - 1
		}
		if next >= 0 && next < len(d.items) {
			d.item = next
			d.first = widget.Window(len(d.lines), d.rows, d.items[next].line, d.first)
			return
		}
		fallthrough
	default:
		d.first = min(last, max(0, m.Step(d.first, last+1, d.rows)))
	}
}

// click chooses the item in a row, as drawn below the detail's title.
func (d *detail) click(y int) {
	for i, it := range d.items {
		if it.line == d.first+y-d.head {
			d.item = i
		}
	}
}

// chosen is the item that has the focus; nil if none.
func (r *Screen) chosen() *item {
	if d := &r.detail; r.focus == detailPane && d.item >= 0 && d.item < len(d.items) {
		return &d.items[d.item]
	}
	return nil
}

// detailLines draws the step that shown names, or the phase.
func (r *Screen) detailLines(w, h int) []string {
	d := &r.detail
	key := detailKey{r.shown, r.Inc.Head.Seq, w, r.UI.Theme.Name, d.item, r.focus == detailPane, r.Fresh}
	if d.key != key || d.lines == nil {
		d.key = key
		b := &detailBuilder{r: r, w: w - 2, t: r.UI.Theme}
		if r.shown.step >= 0 {
			b.step(&r.Inc.Steps[r.shown.step])
		} else {
			b.phase(r.shown.phase)
		}
		d.lines, d.items = b.lines, b.items
	}
	lines := r.detailHead(w, h)
	d.head = len(lines)
	d.rows = h - d.head
	if len(d.lines) > d.rows {
		d.rows-- // the last row says how much there is below
	}
	d.first = min(d.first, max(0, len(d.lines)-d.rows))
	for _, line := range d.lines[d.first:min(len(d.lines), d.first+d.rows)] {
		lines = append(lines, " "+line)
	}
	if below := len(d.lines) - d.first - d.rows; below > 0 {
		more := fmt.Sprintf("%s %d more: %s, then %s", r.UI.Theme.Glyphs.ArrowDown, below, r.UI.KeyOf("step.detail"), r.UI.KeyOf("move.down"))
		lines = append(widget.Fit(lines, w, h-1), widget.PadLeft(r.UI.Theme.Info.Render(more), w-1))
	}
	return widget.Fit(lines, w, h)
}

// detailHead is the title, whole, and below it what has become of the step, who
// does it, and how long it takes against how long it should.
func (r *Screen) detailHead(w, h int) []string {
	t := r.UI.Theme
	if r.shown.step < 0 {
		if r.shown.phase >= len(r.Inc.Phases) {
			return []string{""}
		}
		p := &r.Inc.Phases[r.shown.phase]
		return titleLines(r, fmt.Sprintf("%d  %s", p.Number, p.Def.Title), w, h)
	}
	s := &r.Inc.Steps[r.shown.step]
	lines := titleLines(r, s.Number+"  "+s.Title, w, h)
	text, style := r.statusText(s)
	var rows []string
	for _, row := range widget.Wrap(text, w-2) {
		rows = append(rows, style.Render(row))
	}
	right := r.whoAndHowLong(s, w)
	if last := len(rows) - 1; widget.Width(rows[last])+2+widget.Width(right) <= w-2 {
		rows[last] = widget.Spread(rows[last], right, w-2)
	} else {
		rows = append(rows, widget.PadLeft(right, w-2))
	}
	for _, row := range rows[:min(len(rows), max(2, h/3))] {
		lines = append(lines, " "+t.Text.Render(row))
	}
	for _, row := range widget.Wrap(r.TwoAnswersAt(s.ID), w-2) {
		if row != "" && len(lines) < max(3, h/2) {
			lines = append(lines, " "+t.Error.Render(row))
		}
	}
	if others := r.AtStep(s.ID); others != "" {
		lines = append(lines, " "+t.Warn.Render(widget.Truncate(others, w-2)))
	}
	return lines
}

// titleLines is a title in as many lines as it takes, up to a third of h.
func titleLines(r *Screen, title string, w, h int) []string {
	var lines []string
	for _, row := range widget.Wrap(clean.Row(title), max(8, w-2)) {
		lines = append(lines, " "+r.UI.Theme.Title.Render(row))
	}
	return lines[:min(len(lines), max(1, h/3))]
}

func (r *Screen) whoAndHowLong(s *state.Step, w int) string {
	t, now := r.UI.Theme, r.Inc.Until(r.UI.Now())
	clock := ""
	switch {
	case s.Status == state.Active:
		clock = incident.Running(s, now)
		if incident.Over(s, now) {
			clock = t.Warn.Render(clock)
		}
	case !s.Def.Expect.IsZero():
		clock = s.Def.Expect.String()
	}
	who := widget.TruncateTail(who(r.Case, s), max(8, w-widget.Width(clock)-6), t.Glyphs.Ellipsis)
	if who != "" && clock != "" {
		clock = "  " + clock
	}
	return t.Dim.Render(who) + clock
}
