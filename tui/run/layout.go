package run

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/tui/kit"
	"muster/tui/widget"
)

// View implements kit.Part.
func (r *Screen) View(w, h int) ([]string, *tea.Cursor) {
	return r.Frame(w, h, r.body), nil
}

// The narrowest that list, text and log are of use.
const (
	leastList = 34
	leastText = 45
	leastLog  = 30
)

// layout is the widths of list, detail and log, and the rows below them both for
// the log if it has no column. A width of 0: not there. The list is as wide as its
// titles need; text does not become wider than can be read.
func (r *Screen) layout(w, h int) (list, text, log, strip int) {
	need := max(leastList, r.wide)
	switch {
	case w >= 120:
		list = min(need, max(44, w*2/5), w-2-leastText-leastLog)
		rest := w - 2 - list
		log = min(max(leastLog, rest*2/5), 76)
		text = min(100, rest-log)
		return list, text, rest - text, 0
	case w >= 80:
		strip = max(3, min(8, h/6))
		list = min(need, w-1-leastText)
		return list, w - list - 1, 0, strip
	}
	return w, w, w, 0
}

func (r *Screen) body(w, h int) []string {
	list, text, log, strip := r.layout(w, h)
	switch {
	case w < 80:
		return r.oneColumn(w, h)
	case strip > 0:
		return r.twoColumns(w, h, list, text, strip)
	}
	r.resize(kit.Area{W: w, H: h})
	t := r.UI.Theme
	rows := h
	if kit.Opening(r.UI) {
		rows = min(h, openingCells/w)
	}
	columns := []widget.Column{{Lines: linesTo(r, list, rows, h), Width: list}, {Lines: r.detailLines(text, rows), Width: text}}
	if !kit.Opening(r.UI) {
		columns = append(columns, widget.Column{Lines: r.side.Column(log, h), Width: log})
	}
	return widget.JoinColumns(t.Border.Render(t.Glyphs.Vertical), columns...)
}

// openingCells are about as many cells as the first picture fills on a long line: 4 KB of bytes.
const openingCells = 5800

// linesTo are the rows of the list, of h that there is room for only so many, and then how many
// more there are.
func linesTo(r *Screen, w, rows, h int) []string {
	if rows == h || len(r.rows) <= rows {
		return r.lines(w, h)
	}
	lines := r.lines(w, rows-1)
	if more := len(r.rows) - r.first - len(lines); more > 0 {
		t := r.UI.Theme
		lines = append(lines, t.Dim.Render(fmt.Sprintf(" %s %d more", t.Glyphs.ArrowDown, more)))
	}
	return lines
}

// resize takes note of the room there is. Where everything fits, nothing is
// folded that was not folded by hand.
func (r *Screen) resize(to kit.Area) {
	if r.size == to {
		return
	}
	r.size = to
	r.rebuild(r.id(r.at()))
}

func (r *Screen) twoColumns(w, h, list, text, strip int) []string {
	t := r.UI.Theme
	g := t.Glyphs
	upper := h - strip - 1
	r.resize(kit.Area{W: w, H: upper})
	lines := widget.JoinColumns(t.Border.Render(g.Vertical),
		widget.Column{Lines: widget.Fit(r.lines(list, upper), list, upper), Width: list},
		widget.Column{Lines: r.detailLines(text, upper), Width: text})
	rule := widget.Rule(g.Horizontal, list) + g.TeeUp + widget.Rule(g.Horizontal, text)
	lines = append(lines, t.Border.Render(rule))
	return append(lines, widget.Fit(r.side.Rows(w, strip), w, strip)...)
}

// oneColumn shows one pane at a time, under tabs.
func (r *Screen) oneColumn(w, h int) []string {
	t := r.UI.Theme
	var tabs []string
	for p, name := range []string{"Steps", "Text", "Log"} {
		if pane(p) == r.focus {
			tabs = append(tabs, t.Selected.With(t.Strong).Render("["+name+"]"))
		} else {
			tabs = append(tabs, t.Dim.Render(" "+name+" "))
		}
	}
	r.resize(kit.Area{W: w, H: h - 1})
	lines := []string{" " + strings.Join(tabs, " ") + t.Dim.Render("   tab")}
	switch r.focus {
	case listPane:
		lines = append(lines, r.lines(w, h-1)...)
	case detailPane:
		lines = append(lines, r.detailLines(w, h-1)...)
	default:
		lines = append(lines, r.side.Rows(w, h-1)...)
	}
	return widget.Fit(lines, w, h)
}

// Click selects what was hit.
func (r *Screen) Click(x, y int) tea.Cmd {
	y -= r.Top()
	list, _, _, _ := r.layout(r.UI.Width, r.UI.Height)
	if r.UI.Width < 80 {
		if y == 0 {
			r.follow()
			r.focus = pane(min(2, max(0, (x-1)/8)))
			return nil
		}
		y--
		if r.focus == detailPane {
			r.detail.click(y)
		}
		if r.focus != listPane {
			return nil
		}
	}
	switch {
	case y < 0 || y >= r.size.H:
		return nil
	case x < list || r.UI.Width < 80:
		if i := r.first + y; i < len(r.rows) {
			again := i == r.cursor
			r.focus, r.cursor = listPane, i
			r.follow()
			if at := r.at(); at.step < 0 && again {
				return r.toggle()
			}
		}
	default:
		r.follow()
		r.focus = detailPane
		r.detail.click(y)
	}
	return nil
}

// Wheel scrolls what is under the mouse.
func (r *Screen) Wheel(x int, way kit.Motion) tea.Cmd {
	list, _, _, _ := r.layout(r.UI.Width, r.UI.Height)
	wide := r.UI.Width >= 80
	switch {
	case wide && x > list, !wide && r.focus == detailPane:
		r.detail.move(way)
		return nil
	case wide:
		r.focus = listPane
	}
	return r.Move(way)
}

// toggle folds or unfolds the phase of a heading.
func (r *Screen) toggle() tea.Cmd {
	if r.cursor+1 < len(r.rows) && r.rows[r.cursor+1].step >= 0 {
		return r.fold()
	}
	return r.unfold()
}
