package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state/clean"
	"muster/tui/widget"
)

// A board is a screen with a list in sections, and beside it the text of what is
// chosen in the list: screens 3 and 4. On a narrow terminal one of them is seen at
// a time.
type board struct {
	*openIncident
	of     boarded
	rows   []boardRow
	seq    uint64 // of the entries that rows holds
	made   int    // what fresh was when rows were made
	coarse bool   // the text tells times in minutes: once a minute is enough
	cursor int    // index in rows
	first  int
	height int // of the list, as last drawn
	text   boardText
	onText bool // the text has the keys
	split  int  // columns of the list, as last drawn; 0 if it is alone
}

// newBoard makes a board of an incident; coarse: its texts tell times in minutes, so
// that once a minute is enough.
func newBoard(o *openIncident, of boarded, coarse bool) board {
	return board{openIncident: o, of: of, coarse: coarse}
}

// A boarded screen says what stands in its board.
type boarded interface {
	Screen
	list() []boardRow
	// line is one row: what stands at its left and its right, and its look.
	line(r boardRow) (left, right string, style widget.Style)
	// detail draws the text of a row in w columns.
	detail(r boardRow, w int) []string
}

// A boardRow is a section's title, or one thing of that section.
type boardRow struct {
	title string // of a section; "" for a thing
	kind  rowKind
	id    string
}

// headed is the title of a section of n things; if there are none, with a word
// about that.
func headed(title string, n int, none string) boardRow {
	if n == 0 {
		title += ": " + none
	}
	return boardRow{title: title}
}

type rowKind int

const (
	noRow rowKind = iota
	noticeRow
	contactRow
	clockRow
	timerRow
	injectRow
	adHocRow // an inject that no scenario has
	objectiveRow
)

// A boardText is the text of a row, as drawn.
type boardText struct {
	row   boardRow
	seq   uint64
	w     int
	theme string
	at    int64 // seconds, or minutes: it tells how long things take
	fresh int   // changes when something that is in no entry does
	lines []string
	first int
	rows  int
}

// refresh makes the list anew when the incident has changed. The cursor stays on
// what it was on.
func (b *board) refresh() {
	if b.rows != nil && b.seq == b.inc.Head.Seq && b.made == b.fresh {
		return
	}
	kept := b.at()
	b.rows, b.seq, b.made = b.of.list(), b.inc.Head.Seq, b.fresh
	b.goTo(kept)
}

// goTo puts the cursor on a thing; on the first, if it is not there.
func (b *board) goTo(to boardRow) {
	b.cursor = 0
	for i, r := range b.rows {
		if r == to {
			b.cursor = i
			return
		}
	}
	for i, r := range b.rows {
		if r.title == "" {
			b.cursor = i
			return
		}
	}
}

// at is what the cursor is on; a row of no kind if there is nothing.
func (b *board) at() boardRow {
	if b.cursor < len(b.rows) && b.rows[b.cursor].title == "" {
		return b.rows[b.cursor]
	}
	return boardRow{}
}

// move goes through the list, over the titles, or scrolls the text.
func (b *board) Move(m Motion) tea.Cmd {
	if b.onText {
		last := max(0, len(b.text.lines)-b.text.rows)
		b.text.first = m.Step(min(b.text.first, last), last+1, b.text.rows)
		return nil
	}
	was := b.cursor
	b.cursor = m.Step(b.cursor, len(b.rows), b.height)
	d := 1
	if b.cursor < was {
		d = -1
	}
	for b.cursor >= 0 && b.cursor < len(b.rows) && b.rows[b.cursor].title != "" {
		b.cursor += d
	}
	if b.cursor < 0 || b.cursor >= len(b.rows) {
		b.cursor = was
	}
	return nil
}

// other goes from the list to the text, and back.
func (b *board) other() tea.Cmd {
	b.onText = !b.onText
	return nil
}

func (b *board) Update(tea.Msg) tea.Cmd { return nil }

func (b *board) View(w, h int) ([]string, *tea.Cursor) {
	b.refresh()
	return b.frame(w, h, b.body), nil
}

func (b *board) body(w, h int) []string {
	t := b.ui.Theme
	if w < 80 {
		b.split = 0
		names := []string{"[List]", " Text "}
		if b.onText {
			names = []string{" List ", "[Text]"}
		}
		lines := []string{" " + strings.Join(names, " ") + t.Dim.Render("   "+b.ui.KeyOf("board.other"))}
		if b.onText {
			return append(lines, b.textLines(w, h-1)...)
		}
		return append(lines, b.listLines(w, h-1)...)
	}
	b.split = min(70, max(36, w*2/5))
	return widget.JoinColumns(t.Border.Render(t.Glyphs.Vertical),
		widget.Column{Lines: b.listLines(b.split, h), Width: b.split},
		widget.Column{Lines: b.textLines(w-b.split-1, h), Width: w - b.split - 1})
}

func (b *board) listLines(w, h int) []string {
	t := b.ui.Theme
	b.height = h
	b.first = widget.Window(len(b.rows), h, b.cursor, b.first)
	var lines []string
	for i := b.first; i < len(b.rows) && len(lines) < h; i++ {
		r := b.rows[i]
		if r.title != "" {
			lines = append(lines, " "+t.Heading.Render(r.title))
			continue
		}
		left, right, style := b.of.line(r)
		line := widget.Spread(" "+left, right, w-2) + " "
		if i == b.cursor {
			lines = append(lines, t.Selected.With(style).Render(t.Glyphs.Cursor+line))
		} else {
			lines = append(lines, style.Render(" "+line))
		}
	}
	return widget.Fit(lines, w, h)
}

// textLines draws the text of what is chosen, from the line it is scrolled to.
func (b *board) textLines(w, h int) []string {
	t, d := b.ui.Theme, &b.text
	b.drawText(w - 2)
	d.rows = h
	if len(d.lines) > h {
		d.rows-- // the last row says how much there is below
	}
	d.first = min(d.first, max(0, len(d.lines)-d.rows))
	var lines []string
	for _, line := range d.lines[d.first:min(len(d.lines), d.first+d.rows)] {
		lines = append(lines, " "+line)
	}
	if below := len(d.lines) - d.first - d.rows; below > 0 {
		more := fmt.Sprintf("%s %d more", t.Glyphs.ArrowDown, below)
		if !b.onText {
			more += ": " + b.ui.KeyOf("board.other") + ", then " + b.ui.KeyOf("move.down")
		}
		lines = append(widget.Fit(lines, w, h-1), widget.PadLeft(t.Info.Render(more), w-1))
	}
	return widget.Fit(lines, w, h)
}

// drawText draws the text anew if it shows something else than before.
func (b *board) drawText(w int) {
	now := boardText{row: b.at(), seq: b.inc.Head.Seq, w: w, theme: b.ui.Theme.Name, at: b.ui.Now().Unix(), fresh: b.fresh}
	if b.coarse && now.row.kind != noRow {
		now.at /= 60
	}
	old := &b.text
	if old.lines != nil && old.row == now.row && old.seq == now.seq && old.w == now.w && old.theme == now.theme && old.at == now.at && old.fresh == now.fresh {
		return
	}
	if old.row == now.row {
		now.first, now.rows = old.first, old.rows
	}
	now.lines = []string{}
	if now.row.kind != noRow {
		now.lines = b.of.detail(now.row, w)
	}
	b.text = now
}

// click chooses what was hit.
func (b *board) Click(x, y int) tea.Cmd {
	y -= b.top()
	if b.split == 0 {
		if y == 0 {
			b.onText = x >= 8
			return nil
		}
		y--
	}
	switch i := b.first + y; {
	case b.split > 0 && x > b.split:
		b.onText = true
	case b.split == 0 && b.onText:
	case y >= 0 && i < len(b.rows) && b.rows[i].title == "":
		b.onText, b.cursor = false, i
	}
	return nil
}

// A page is text being drawn line by line.
type page struct {
	t     widget.Theme
	w     int
	lines []string
}

func (b *board) page(w int) *page { return &page{t: b.ui.Theme, w: w} }

func (p *page) add(lines ...string) { p.lines = append(p.lines, lines...) }

// gap sets what follows apart.
func (p *page) gap() {
	if n := len(p.lines); n > 0 && p.lines[n-1] != "" {
		p.add("")
	}
}

// text adds raw text, wrapped.
func (p *page) text(style widget.Style, text string) {
	for _, line := range widget.Wrap(clean.Text(text), p.w) {
		p.add(style.Render(line))
	}
}

// labelled adds "label text", the text hanging below itself; nothing if it is "".
func (p *page) labelled(label, text string) {
	p.hanging(p.t.Dim, label+" ", p.t.Text, text)
}

// hanging adds raw text behind a mark, wrapped and hanging below itself.
func (p *page) hanging(markStyle widget.Style, mark string, style widget.Style, text string) {
	if text == "" {
		return
	}
	indent := widget.Width(mark)
	for i, line := range widget.Wrap(clean.Text(text), max(8, p.w-indent)) {
		before := strings.Repeat(" ", indent)
		if i == 0 {
			before = markStyle.Render(mark)
		}
		p.add(before + style.Render(line))
	}
}

// Escape leads from the text back to the list.
func (b *board) Escape() bool {
	was := b.onText
	b.onText = false
	return was
}

// Arrive shows the list.
func (b *board) Arrive(Screen) tea.Cmd {
	b.onText = false
	return nil
}

// finding leads to a row of the board.
func (b *board) finding(r boardRow, kind, title, hint string) Finding {
	return Finding{Kind: kind, Text: title, Hint: hint, Do: func() tea.Cmd {
		cmd := b.to(b.of)
		b.refresh()
		b.goTo(r)
		return cmd
	}}
}
