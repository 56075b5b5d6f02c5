package incident

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/tui/kit"
	"muster/tui/widget"
)

// A Board is a screen with a list in sections, and beside it the text of what is
// chosen in the list: screens 3 and 4. On a narrow terminal one of them is seen at
// a time.
type Board struct {
	*Open
	of     Boarded
	Rows   []Row  // what the list shows; nil to have it made anew
	seq    uint64 // of the entries that rows holds
	made   int    // what fresh was when rows were made
	coarse bool   // the text tells times in minutes: once a minute is enough
	cursor int    // index in rows
	first  int
	height int // of the list, as last drawn
	text   rowText
	side   Side
	OnText bool // the text has the keys
	// Sentences: the list's rows are whole sentences, which stand beside them anyway.
	Sentences bool
	split     int // columns of the list, as last drawn; 0 if it is alone
}

// NewBoard makes a board of an incident; coarse: its texts tell times in minutes, so
// that once a minute is enough; without: the list of the side that it is itself.
func NewBoard(o *Open, of Boarded, coarse bool, without SidePart) Board {
	return Board{Open: o, of: of, coarse: coarse, side: NewSide(o, without)}
}

// A Boarded screen says what stands in its board.
type Boarded interface {
	kit.Screen
	// List is what stands in the list, top to bottom.
	List() []Row
	// Line is one row: what stands at its left and its right, and its look.
	Line(r Row) (left, right string, style widget.Style)
	// Detail draws the text of a row in w columns.
	Detail(r Row, w int) []string
}

// A Row is a section's title, or one thing of that section.
type Row struct {
	Title string // of a section; "" for a thing
	Kind  RowKind
	ID    string // of the thing
}

// Headed is the title of a section of n things; if there are none, with a word
// about that.
func Headed(title string, n int, none string) Row {
	if n == 0 {
		title += ": " + none
	}
	return Row{Title: title}
}

// A RowKind says what a row is; a package that has a board has its own, no two with
// the same words.
type RowKind string

// Kinds of rows that more than one screen speaks of.
const (
	noRow      RowKind = ""
	NoticeRow  RowKind = "notice"
	ContactRow RowKind = "contact"
)

// A rowText is the text of a row, as drawn.
type rowText struct {
	row   Row
	seq   uint64
	w     int
	theme string
	at    int64 // seconds, or minutes: it tells how long things take
	fresh int   // changes when something that is in no entry does
	lines []string
	first int
	rows  int
}

// Refresh makes the list anew when the incident has changed. The cursor stays on
// what it was on.
func (b *Board) Refresh() {
	if b.Rows != nil && b.seq == b.Inc.Head.Seq && b.made == b.Fresh {
		return
	}
	kept := b.At()
	b.Rows, b.seq, b.made = b.of.List(), b.Inc.Head.Seq, b.Fresh
	b.Visit(kept)
}

// Visit puts the cursor on a thing; on the first, if it is not there.
func (b *Board) Visit(to Row) {
	b.cursor = 0
	for i, r := range b.Rows {
		if r == to {
			b.cursor = i
			return
		}
	}
	for i, r := range b.Rows {
		if r.Title == "" {
			b.cursor = i
			return
		}
	}
}

// At is what the cursor is on; a row of no kind if there is nothing.
func (b *Board) At() Row {
	if b.cursor < len(b.Rows) && b.Rows[b.cursor].Title == "" {
		return b.Rows[b.cursor]
	}
	return Row{}
}

// Move goes through the list, over the titles, or scrolls the text.
func (b *Board) Move(m kit.Motion) tea.Cmd {
	if b.OnText {
		last := max(0, len(b.text.lines)-b.text.rows)
		b.text.first = m.Step(min(b.text.first, last), last+1, b.text.rows)
		return nil
	}
	was, d := b.cursor, 1
	b.cursor = m.Step(b.cursor, len(b.Rows), b.height)
	if b.cursor < was {
		d = -1
	}
	for range 2 { // a title at the end of the list is gone over the other way
		for b.cursor >= 0 && b.cursor < len(b.Rows) && b.Rows[b.cursor].Title != "" {
			b.cursor += d
		}
		if b.cursor >= 0 && b.cursor < len(b.Rows) {
			return nil
		}
		b.cursor, d = max(0, min(b.cursor, len(b.Rows)-1)), -d
	}
	b.cursor = was
	return nil
}

// Other goes from the list to the text, and back.
func (b *Board) Other() tea.Cmd {
	b.OnText = !b.OnText
	return nil
}

// Update implements kit.Part.
func (b *Board) Update(tea.Msg) tea.Cmd { return nil }

// View implements kit.Part.
func (b *Board) View(w, h int) ([]string, *tea.Cursor) {
	b.Refresh()
	return b.Frame(w, h, func(w, h int) []string { return b.side.Beside(w, h, b.Body) }), nil
}

// Body draws the list and the text in w×h cells.
func (b *Board) Body(w, h int) []string {
	t := b.UI.Theme
	if w < 80 {
		b.split = 0
		names := []string{"[List]", " Text "}
		if b.OnText {
			names = []string{" List ", "[Text]"}
		}
		lines := []string{" " + strings.Join(names, " ") + t.Dim.Render("   "+b.UI.KeyOf("board.other"))}
		if b.OnText {
			return append(lines, b.textLines(w, h-1)...)
		}
		return append(lines, b.listLines(w, h-1)...)
	}
	b.split = min(70, max(36, w*2/5, min(b.needs(), w-42))) // what is read needs room too
	return widget.JoinColumns(t.Border.Render(t.Glyphs.Vertical),
		widget.Column{Lines: b.listLines(b.split, h), Width: b.split},
		widget.Column{Lines: b.textLines(w-b.split-1, h), Width: w - b.split - 1})
}

// needs are the cells in which the list shows its rows whole, in steps of four, so that
// it does not tremble with what counts down. Of very many rows the first are measured.
func (b *Board) needs() (cells int) {
	if b.Sentences {
		return 0
	}
	for _, r := range b.Rows[:min(len(b.Rows), 100)] {
		if r.Title == "" {
			left, right, _ := b.of.Line(r)
			cells = max(cells, widget.Width(left)+widget.Width(right)+5)
		}
	}
	return (cells + 3) / 4 * 4
}

func (b *Board) listLines(w, h int) []string {
	t := b.UI.Theme
	b.height = h
	b.first = widget.Window(len(b.Rows), h, b.cursor, b.first)
	var lines []string
	for i := b.first; i < len(b.Rows) && len(lines) < h; i++ {
		r := b.Rows[i]
		if r.Title != "" {
			lines = append(lines, " "+t.Heading.Render(r.Title))
			continue
		}
		left, right, style := b.of.Line(r)
		if widget.Width(left)+widget.Width(right)+5 > w && rests(t.Glyphs, left) && !strings.ContainsAny(right, "0123456789") {
			right = "" // that it rests is told by its sign, and by the text: the title is read first
		}
		line := widget.Spread(" "+left, right, w-2) + " "
		if i == b.cursor {
			lines = append(lines, t.Selected.With(style).Render(t.Glyphs.Cursor+line))
		} else {
			lines = append(lines, style.Render(" "+line))
		}
	}
	return widget.Fit(lines, w, h)
}

// rests reports whether the sign that a row begins with says that nothing was done yet, or that
// it waits. Its colour does not: without colours all have the same.
func rests(g widget.Glyphs, left string) bool {
	return strings.HasPrefix(left, g.Todo) || strings.HasPrefix(left, g.Waiting)
}

// textLines draws the text of what is chosen, from the line it is scrolled to.
func (b *Board) textLines(w, h int) []string {
	t, d := b.UI.Theme, &b.text
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
		if !b.OnText {
			more += ": " + b.UI.KeyOf("board.other") + ", then " + b.UI.KeyOf("move.down")
		}
		lines = append(widget.Fit(lines, w, h-1), widget.PadLeft(t.Info.Render(more), w-1))
	}
	return widget.Fit(lines, w, h)
}

// drawText draws the text anew if it shows something else than before.
func (b *Board) drawText(w int) {
	now := rowText{row: b.At(), seq: b.Inc.Head.Seq, w: w, theme: b.UI.Theme.Name, at: b.UI.Now().Unix(), fresh: b.Fresh}
	if b.coarse && now.row.Kind != noRow {
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
	if now.row.Kind != noRow {
		now.lines = b.of.Detail(now.row, w)
	}
	b.text = now
}

// Click chooses what was hit.
func (b *Board) Click(x, y int) tea.Cmd {
	y -= b.Top()
	if b.split == 0 {
		if y == 0 {
			b.OnText = x >= 8
			return nil
		}
		y--
	}
	switch i := b.first + y; {
	case b.split > 0 && x > b.split:
		b.OnText = true
	case b.split == 0 && b.OnText:
	case y >= 0 && i < len(b.Rows) && b.Rows[i].Title == "":
		b.OnText, b.cursor = false, i
	}
	return nil
}

// Page begins a text of w cells.
func (b *Board) Page(w int) *Page { return &Page{T: b.UI.Theme, W: w} }

// Escape leads from the text back to the list.
func (b *Board) Escape() bool {
	was := b.OnText
	b.OnText = false
	return was
}

// Arrive shows the list.
func (b *Board) Arrive(kit.Screen) tea.Cmd {
	b.OnText = false
	return nil
}

// Finding leads to a row of the board.
func (b *Board) Finding(r Row, kind, title, hint string) kit.Finding {
	return kit.Finding{Kind: kind, Text: title, Hint: hint, Do: func() tea.Cmd {
		cmd := b.To(b.of)
		b.Refresh()
		b.Visit(r)
		return cmd
	}}
}
