package kit

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state/clean"
	"muster/tui/widget"
)

// An Input is text being typed, in one line or several. It keeps what was typed
// or pasted as it is, and draws it clean, with the terminal's own cursor, which
// input methods and screen readers follow.
//
// It asks no clipboard of the machine: over SSH that would be the wrong one. The
// terminal's own paste comes as a message.
type Input struct {
	edit  widget.Edit
	Multi bool // several lines
	first int  // first character, or row, drawn
	// filled: nobody has touched what was filled in. What is typed takes its place, as a
	// selected text's; a move of the cursor keeps it, to be changed.
	filled bool
	lit    bool          // it has the keys
	undone []widget.Edit // what stood there before, the last change last
	typing bool          // the last change was a letter typed: the next one belongs to it
	taken  string        // what a key has taken away last, more than a character; ctrl+y puts it back
	taking bool          // the last key took something away so: the next one adds to it
}

// Value is the text as it was typed.
func (e *Input) Value() string { return e.edit.Text() }

// Set replaces the text, and puts the cursor at its end.
func (e *Input) Set(text string) {
	e.edit, e.filled = widget.Edit{}, false
	e.Insert(text)
}

// Insert puts text at the cursor.
func (e *Input) Insert(text string) {
	if e.Multi {
		e.edit = e.edit.Insert(text)
	} else {
		e.edit = e.edit.InsertLine(text)
	}
}

// Update takes a key or a paste.
func (e *Input) Update(msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		e.remember(false)
		e.replace(msg.Content)
	case tea.KeyPressMsg:
		key := msg.String()
		taking := e.taking
		e.taking = false
		switch do := editKeys()[key]; {
		case key == "ctrl+_" || key == "ctrl+/":
			e.undo()
		case key == "ctrl+y":
			e.remember(false)
			e.replace(e.taken)
		case do != nil && e.filled && erases(key):
			e.remember(false)
			e.taken, e.taking = e.edit.Text(), true
			e.replace("")
		case do != nil:
			was := e.edit
			e.edit, e.filled = do(e.edit), false
			if e.typing = false; e.edit.Text() != was.Text() {
				e.undone = append(e.undone, was)
				e.keep(key, was, taking)
			}
		case msg.Text != "":
			e.remember(true)
			e.replace(msg.Text)
		}
	}
	if len(e.undone) > maxUndo {
		e.undone = e.undone[len(e.undone)-maxUndo:]
	}
}

// keep keeps what a key took away, as a shell's line does: after another one's, if that came
// just before.
func (e *Input) keep(key string, was widget.Edit, more bool) {
	switch key {
	case "backspace", "delete", "ctrl+h", "ctrl+d":
		return
	}
	if !erases(key) && key != "alt+delete" && key != "ctrl+delete" {
		return
	}
	before, now := was.Text(), e.edit.Text()
	at := len(e.edit.Before())
	gone := before[at : at+len(before)-len(now)]
	switch {
	case !more:
		e.taken = gone
	case at < len(was.Before()):
		e.taken = gone + e.taken
	default:
		e.taken += gone
	}
	e.taking = true
}

// maxUndo is how many changes can be taken back.
const maxUndo = 100

// erases reports whether a key takes a text away that is selected whole.
func erases(key string) bool {
	switch key {
	case "backspace", "delete", "ctrl+h", "ctrl+d", "ctrl+w", "alt+d", "ctrl+u", "ctrl+k", "alt+backspace", "ctrl+backspace":
		return true
	}
	return false
}

// remember notes what stands there before a change. Letters typed one after the other are
// one change, up to a space.
func (e *Input) remember(letter bool) {
	if !letter || !e.typing || strings.HasSuffix(e.edit.Before(), " ") {
		e.undone = append(e.undone, e.edit)
	}
	e.typing = letter
}

// undo takes the last change back.
func (e *Input) undo() {
	if n := len(e.undone); n > 0 {
		e.edit, e.undone = e.undone[n-1], e.undone[:n-1]
	}
	e.filled, e.typing = false, false
}

// replace puts text at the cursor, or in the place of what was filled in.
func (e *Input) replace(text string) {
	if e.filled {
		e.edit, e.filled = widget.Edit{}, false
	}
	e.Insert(text)
}

// editKeys are the keys that a shell's line has, too.
func editKeys() map[string]func(widget.Edit) widget.Edit {
	return map[string]func(widget.Edit) widget.Edit{
		"backspace": widget.Edit.Backspace, "ctrl+h": widget.Edit.Backspace,
		"delete": widget.Edit.Delete, "ctrl+d": widget.Edit.Delete,
		"ctrl+w": widget.Edit.DeleteWord, "alt+backspace": widget.Edit.DeleteWord, "ctrl+backspace": widget.Edit.DeleteWord,
		"alt+d": widget.Edit.DeleteWordAhead, "alt+delete": widget.Edit.DeleteWordAhead, "ctrl+delete": widget.Edit.DeleteWordAhead,
		"ctrl+u": widget.Edit.DeleteToStart, "ctrl+k": widget.Edit.DeleteToEnd,
		"left": widget.Edit.Left, "ctrl+b": widget.Edit.Left,
		"right": widget.Edit.Right, "ctrl+f": widget.Edit.Right,
		"alt+left": widget.Edit.WordLeft, "ctrl+left": widget.Edit.WordLeft, "alt+b": widget.Edit.WordLeft,
		"alt+right": widget.Edit.WordRight, "ctrl+right": widget.Edit.WordRight, "alt+f": widget.Edit.WordRight,
		"home": widget.Edit.Home, "ctrl+a": widget.Edit.Home,
		"end": widget.Edit.End, "ctrl+e": widget.Edit.End,
		"ctrl+home": widget.Edit.Top, "alt+<": widget.Edit.Top, "ctrl+end": widget.Edit.Bottom, "alt+>": widget.Edit.Bottom,
		"up": widget.Edit.Up, "down": widget.Edit.Down, "ctrl+n": widget.Edit.Down, "ctrl+p": widget.Edit.Up,
	}
}

// drawn is the clean text, and where in it the cursor stands.
func (e *Input) drawn() (text []rune, at int) {
	before := e.edit.Before()
	text = []rune(clean.Text(before))
	at = len(text)
	return append(text, []rune(clean.Text(e.edit.Text()[len(before):]))...), at
}

// A textRow is what one row of the editor shows: text[from:to].
type textRow struct{ from, to int }

// textRows breaks text into rows of at most w cells, after spaces where it can.
func textRows(text []rune, w int) []textRow {
	var rows []textRow
	from, cells, space := 0, 0, -1
	for i, r := range text {
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
			cells = widget.Width(string(text[from : i+1]))
		}
		if r == ' ' {
			space = i
		}
	}
	return append(rows, textRow{from, len(text)})
}

// rowOf is the row that the place at is in.
func rowOf(rows []textRow, at int) int {
	for i := len(rows) - 1; i > 0; i-- {
		if at >= rows[i].from {
			return i
		}
	}
	return 0
}

// View draws the text in w×h cells, a hint while it is empty, and says where the
// cursor stands.
func (e *Input) View(t widget.Theme, hint string, w, h int) ([]string, *tea.Cursor) {
	text, at := e.drawn()
	switch {
	case len(text) == 0:
		lines := []string{t.Placeholder.Render(widget.Pad(clean.Line(hint), w))}
		return widget.Fit(lines, w, h), tea.NewCursor(0, 0)
	case !e.Multi:
		return e.lineView(t, text, at, w)
	}
	rows := textRows(text, w-1)
	row := rowOf(rows, at)
	e.first = widget.Window(len(rows), h, row, e.first)
	var lines []string
	for _, r := range rows[e.first:min(len(rows), e.first+h)] {
		lines = append(lines, t.Input.Render(widget.Pad(string(text[r.from:r.to]), w)))
	}
	return widget.Fit(lines, w, h), tea.NewCursor(widget.Width(string(text[rows[row].from:at])), row-e.first)
}

// lineView shows the part of a line around the cursor.
func (e *Input) lineView(t widget.Theme, text []rune, at, w int) ([]string, *tea.Cursor) {
	e.first = min(e.first, at)
	for widget.Width(string(text[e.first:at])) > w-1 {
		e.first++
	}
	x := widget.Width(string(text[e.first:at]))
	shown := widget.PadTail(string(text[e.first:]), w, t.Glyphs.Ellipsis)
	if !e.filled || !e.lit {
		return []string{t.Input.Render(shown)}, tea.NewCursor(x, 0)
	}
	whole := strings.TrimRight(shown, " ")
	return []string{t.Selected.Render(whole) + t.Input.Render(shown[len(whole):])}, tea.NewCursor(x, 0)
}
