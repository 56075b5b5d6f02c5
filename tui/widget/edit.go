package widget

import (
	"strings"
	"unicode/utf8"

	"muster/state/clean"
)

// maxEdit is how many bytes a text field takes, so that a pasted file cannot
// make every key slow. An entry of the log holds no more.
const maxEdit = 48 << 10

// Edit is the content of a text field and its cursor: a value, changed by its
// methods, which return what it becomes. The zero Edit is empty. The text is
// kept as it was typed or pasted, and cleaned only where it is drawn.
type Edit struct {
	text   string // valid UTF-8
	cursor int    // byte offset, 0 … len(text), never inside a character
}

// NewEdit returns a field that holds text with the cursor at its end.
func NewEdit(text string) Edit { return Edit{}.Insert(text) }

// Text returns what the field holds.
func (e Edit) Text() string { return e.text }

// Before returns the part of the text before the cursor.
func (e Edit) Before() string { return e.text[:e.cursor] }

// IsEmpty reports whether the field holds nothing but space.
func (e Edit) IsEmpty() bool { return strings.TrimSpace(e.text) == "" }

// Insert puts text at the cursor and the cursor behind it: a typed character or
// a paste. \r\n and \r become \n, invalid UTF-8 becomes U+FFFD. What would take
// the field beyond 48 KiB is left out.
func (e Edit) Insert(text string) Edit {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	if room := maxEdit - len(e.text); len(text) > room {
		for room > 0 && !utf8.RuneStart(text[room]) {
			room--
		}
		text = text[:max(0, room)]
	}
	return Edit{e.text[:e.cursor] + text + e.text[e.cursor:], e.cursor + len(text)}
}

// InsertLine is Insert for a field of one line: line breaks become spaces, those
// at the end are left out.
func (e Edit) InsertLine(text string) Edit {
	text = strings.TrimRight(text, "\r\n")
	return e.Insert(strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ").Replace(text))
}

// Backspace deletes the character before the cursor.
func (e Edit) Backspace() Edit { return e.cut(e.before(), e.cursor) }

// Delete deletes the character at the cursor.
func (e Edit) Delete() Edit { return e.cut(e.cursor, e.after()) }

// DeleteWord deletes back to the start of the word, as ctrl+w does in a shell.
func (e Edit) DeleteWord() Edit { return e.cut(e.wordStart(), e.cursor) }

// DeleteWordAhead deletes on to the end of the word.
func (e Edit) DeleteWordAhead() Edit { return e.cut(e.cursor, e.WordRight().cursor) }

// DeleteToStart deletes back to the start of the line; from there, the break before it,
// so that it joins the line above, and again and again takes all before the cursor.
func (e Edit) DeleteToStart() Edit {
	if start := e.lineStart(); start < e.cursor {
		return e.cut(start, e.cursor)
	}
	return e.Backspace()
}

// DeleteToEnd deletes to the end of the line; from there, the break behind it.
func (e Edit) DeleteToEnd() Edit {
	if end := e.lineEnd(); end > e.cursor {
		return e.cut(e.cursor, end)
	}
	return e.Delete()
}

// Left moves one character back.
func (e Edit) Left() Edit { return e.at(e.before()) }

// Right moves one character on.
func (e Edit) Right() Edit { return e.at(e.after()) }

// WordLeft moves to the start of the word.
func (e Edit) WordLeft() Edit { return e.at(e.wordStart()) }

// WordRight moves behind the end of the word.
func (e Edit) WordRight() Edit {
	rest := e.text[e.cursor:]
	word := strings.TrimLeft(rest, " \n\t")
	n := strings.IndexAny(word, " \n\t")
	if n < 0 {
		return e.at(len(e.text))
	}
	return e.at(len(e.text) - len(word) + n)
}

// Home moves to the start of the line.
func (e Edit) Home() Edit { return e.at(e.lineStart()) }

// End moves to the end of the line.
func (e Edit) End() Edit { return e.at(e.lineEnd()) }

// Top moves to the start of the text.
func (e Edit) Top() Edit { return e.at(0) }

// Bottom moves to the end of the text.
func (e Edit) Bottom() Edit { return e.at(len(e.text)) }

// Up moves one line up, as far along it as it may; from the first, to its start.
func (e Edit) Up() Edit {
	start := e.lineStart()
	if start == 0 {
		return e.at(0)
	}
	return e.at(start - 1).along(Width(clean.Line(e.text[start:e.cursor])))
}

// Down moves one line down; from the last, to its end.
func (e Edit) Down() Edit {
	end := e.lineEnd()
	if end == len(e.text) {
		return e.at(end)
	}
	return e.at(end + 1).along(Width(clean.Line(e.text[e.lineStart():e.cursor])))
}

// along moves to the cell of the line the cursor is in.
func (e Edit) along(cell int) Edit {
	start, end := e.lineStart(), e.lineEnd()
	line := e.text[start:end]
	i, used := 0, 0
	for i < len(line) {
		n := step(line[i:])
		used += Width(clean.Line(line[i : i+n]))
		if used > cell {
			break
		}
		i += n
	}
	return e.at(start + i)
}

func (e Edit) at(i int) Edit { return Edit{e.text, i} }

func (e Edit) cut(from, to int) Edit { return Edit{e.text[:from] + e.text[to:], from} }

func (e Edit) lineStart() int { return strings.LastIndexByte(e.text[:e.cursor], '\n') + 1 }

func (e Edit) lineEnd() int {
	if n := strings.IndexByte(e.text[e.cursor:], '\n'); n >= 0 {
		return e.cursor + n
	}
	return len(e.text)
}

// after returns where the character at the cursor ends.
func (e Edit) after() int {
	if e.cursor == len(e.text) {
		return e.cursor
	}
	return e.cursor + step(e.text[e.cursor:])
}

// before returns where the character before the cursor begins. A character may
// be several code points, and can only be found from the start of its line.
func (e Edit) before() int {
	if e.cursor == 0 {
		return 0
	}
	i := e.lineStart()
	if i == e.cursor {
		return i - 1
	}
	for {
		n := step(e.text[i:e.cursor])
		if i+n >= e.cursor {
			return i
		}
		i += n
	}
}

func (e Edit) wordStart() int {
	word := strings.TrimRight(e.text[:e.cursor], " \n\t")
	return strings.LastIndexAny(word, " \n\t") + 1
}

// step returns the bytes of the first character of s, which a person takes for
// one; never 0.
func step(s string) int {
	cluster, _ := next(s)
	return max(1, len(cluster))
}
