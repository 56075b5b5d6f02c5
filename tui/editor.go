package tui

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"muster/state/clean"
	"muster/tui/widget"
)

// maxTyped is how many bytes can be typed into one editor. One entry holds less;
// the person is told so when it is sent, and nothing typed is lost.
const maxTyped = 64 << 10

// An editor is text being typed, in one line or several. What is put into it by
// program or paste is cleaned, so that what is seen is what will be recorded.
//
// It asks no clipboard of the machine: over SSH that would be the wrong one. The
// terminal's own paste comes as a message.
type editor struct {
	text  []rune
	pos   int  // of the cursor, 0 … len(text)
	multi bool // several lines
	first int  // first cell, or row, drawn
	width int  // cells, as last drawn; for moving up and down
}

func (e *editor) value() string { return string(e.text) }

// set replaces the text, and puts the cursor at its end.
func (e *editor) set(text string) {
	e.text = nil
	e.pos = 0
	e.insert(text)
}

// insert puts text at the cursor.
func (e *editor) insert(text string) {
	if e.multi {
		text = clean.Text(clean.Bounded(text, maxTyped))
	} else {
		text = clean.Line(strings.ReplaceAll(clean.Text(clean.Bounded(text, maxTyped)), "\n", " "))
	}
	if len(string(e.text))+len(text) > maxTyped {
		return
	}
	runes := []rune(text)
	e.text = append(e.text[:e.pos:e.pos], append(runes, e.text[e.pos:]...)...)
	e.pos += len(runes)
}

// update takes a key or a paste.
func (e *editor) update(msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		e.insert(msg.Content)
	case tea.KeyPressMsg:
		switch {
		case e.edit(msg.String()), e.moveBy(msg.String()), msg.Text == "":
		case e.joins(msg.Text):
			e.text = append(e.text[:e.pos:e.pos], append([]rune(msg.Text), e.text[e.pos:]...)...)
			e.pos += len([]rune(msg.Text))
		default:
			e.insert(msg.Text)
		}
	}
}

// joins reports whether typed is marks for the character before the cursor, and
// leaves it with no more than a language needs.
func (e *editor) joins(typed string) bool {
	const most = 4
	before := string(e.text[e.left(e.pos):e.pos]) + typed
	return e.pos > 0 && strings.TrimFunc(typed, unicode.IsMark) == "" && len([]rune(before)) <= 1+most && clean.IsClean(before)
}

// edit does a key that deletes.
func (e *editor) edit(key string) bool {
	switch key {
	case "backspace", "ctrl+h":
		e.cut(e.left(e.pos), e.pos)
	case "delete", "ctrl+d":
		e.cut(e.pos, e.right(e.pos))
	case "ctrl+w", "alt+backspace", "ctrl+backspace":
		e.cut(e.word(-1), e.pos)
	case "alt+d", "alt+delete", "ctrl+delete":
		e.cut(e.pos, e.word(1))
	case "ctrl+u":
		e.cut(e.lineStart(e.pos), e.pos)
	case "ctrl+k":
		e.cut(e.pos, e.lineEnd(e.pos))
	default:
		return false
	}
	return true
}

// moveBy does a key that moves the cursor.
func (e *editor) moveBy(key string) bool {
	switch key {
	case "left", "ctrl+b":
		e.pos = e.left(e.pos)
	case "right", "ctrl+f":
		e.pos = e.right(e.pos)
	case "alt+left", "ctrl+left", "alt+b":
		e.pos = e.word(-1)
	case "alt+right", "ctrl+right", "alt+f":
		e.pos = e.word(1)
	case "home", "ctrl+a":
		e.pos = e.lineStart(e.pos)
	case "end", "ctrl+e":
		e.pos = e.lineEnd(e.pos)
	case "up":
		e.vertical(-1)
	case "down":
		e.vertical(1)
	default:
		return false
	}
	return true
}

func (e *editor) cut(from, to int) {
	e.text = append(e.text[:from:from], e.text[to:]...)
	e.pos = from
}

// left is the place before the character before at; marks belong to their base.
func (e *editor) left(at int) int {
	for at--; at > 0 && unicode.IsMark(e.text[at]); at-- {
	}
	return max(0, at)
}

func (e *editor) right(at int) int {
	for at++; at < len(e.text) && unicode.IsMark(e.text[at]); at++ {
	}
	return min(len(e.text), at)
}

// word is where the word at the cursor begins (by -1) or ends (by 1).
func (e *editor) word(by int) int {
	at := e.pos
	next := func() bool { return by < 0 && at > 0 || by > 0 && at < len(e.text) }
	char := func() rune {
		if by < 0 {
			return e.text[at-1]
		}
		return e.text[at]
	}
	for next() && unicode.IsSpace(char()) {
		at += by
	}
	for next() && !unicode.IsSpace(char()) {
		at += by
	}
	return at
}

func (e *editor) lineStart(at int) int {
	for at > 0 && e.text[at-1] != '\n' {
		at--
	}
	return at
}

func (e *editor) lineEnd(at int) int {
	for at < len(e.text) && e.text[at] != '\n' {
		at++
	}
	return at
}

// vertical moves by rows as they are drawn.
func (e *editor) vertical(by int) {
	rows := e.rows(max(1, e.width))
	at := e.rowOf(rows, e.pos)
	to := at + by
	if !e.multi || to < 0 || to >= len(rows) {
		return
	}
	column := widget.Width(string(e.text[rows[at].from:e.pos]))
	e.pos = rows[to].from
	last := rows[to].to
	if to+1 < len(rows) && rows[to+1].from == last && last > rows[to].from {
		last = e.left(last) // its end is the next row's beginning
	}
	for e.pos < last && widget.Width(string(e.text[rows[to].from:e.pos])) < column {
		e.pos = e.right(e.pos)
	}
}

// A textRow is what one row of the editor shows: text[from:to].
type textRow struct{ from, to int }

// rows breaks the text into rows of at most w cells, after spaces where it can.
func (e *editor) rows(w int) []textRow {
	var rows []textRow
	from, cells, space := 0, 0, -1
	for i, r := range e.text {
		if r == '\n' {
			rows = append(rows, textRow{from, i})
			from, cells, space = i+1, 0, -1
			continue
		}
		cells += widget.Width(string(r))
		if cells > w {
			cut := i
			if space >= from {
				cut = space + 1
			}
			rows = append(rows, textRow{from, cut})
			from, space = cut, -1
			cells = widget.Width(string(e.text[from : i+1]))
		}
		if r == ' ' {
			space = i
		}
	}
	return append(rows, textRow{from, len(e.text)})
}

// rowOf is the row that the place at is in.
func (e *editor) rowOf(rows []textRow, at int) int {
	for i := len(rows) - 1; i > 0; i-- {
		if at >= rows[i].from {
			return i
		}
	}
	return 0
}

// view draws the text in w×h cells, a hint while it is empty, and says where the
// cursor stands.
func (e *editor) view(t widget.Theme, hint string, w, h int) ([]string, *tea.Cursor) {
	e.width = w - 1
	if len(e.text) == 0 {
		lines := []string{t.Placeholder.Render(widget.Pad(clean.Line(hint), w))}
		return widget.Fit(lines, w, h), tea.NewCursor(0, 0)
	}
	if !e.multi {
		return e.lineView(t, w)
	}
	rows := e.rows(e.width)
	at := e.rowOf(rows, e.pos)
	e.first = widget.Window(len(rows), h, at, e.first)
	var lines []string
	for _, row := range rows[e.first:min(len(rows), e.first+h)] {
		lines = append(lines, t.Input.Render(widget.Pad(string(e.text[row.from:row.to]), w)))
	}
	return widget.Fit(lines, w, h), tea.NewCursor(widget.Width(string(e.text[rows[at].from:e.pos])), at-e.first)
}

// lineView shows the part of a line around the cursor.
func (e *editor) lineView(t widget.Theme, w int) ([]string, *tea.Cursor) {
	e.first = min(e.first, e.pos)
	for widget.Width(string(e.text[e.first:e.pos])) > w-1 {
		e.first++
	}
	x := widget.Width(string(e.text[e.first:e.pos]))
	return []string{t.Input.Render(widget.PadTail(string(e.text[e.first:]), w, t.Glyphs.Ellipsis))}, tea.NewCursor(x, 0)
}
