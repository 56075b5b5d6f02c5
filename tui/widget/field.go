package widget

import (
	"strings"

	"muster/state/clean"
)

// Field draws a text field of one line in exactly width cells, scrolled so that
// the cursor is in view. Where the field is empty it shows placeholder, a clean
// text. A field that has not the focus has no cursor.
func Field(t Theme, e Edit, placeholder string, focus bool, width int) string {
	if width <= 0 {
		return ""
	}
	if e.text == "" {
		return t.emptyField(placeholder, focus, width)
	}
	before, at, after := e.drawn()
	if !focus {
		return PadTail(t.Input.Render(before+at+after), width, t.Glyphs.Ellipsis)
	}
	if at == "" {
		at = " "
	}
	caret := Width(at)
	from := 0
	if over := Width(before) + caret - width; over > 0 {
		from = over
	}
	line := t.Input.Render(before) + t.Caret.Render(at) + t.Input.Render(after)
	shown, got := slice(line, from, from+width, "")
	return shown + blank(width-got)
}

// emptyField draws a field that holds nothing.
func (t Theme) emptyField(placeholder string, focus bool, width int) string {
	if !focus {
		return PadTail(t.Placeholder.Render(placeholder), width, t.Glyphs.Ellipsis)
	}
	first, rest := " ", ""
	if placeholder != "" {
		first, _ = next(placeholder)
		rest = placeholder[len(first):]
	}
	return PadTail(t.Caret.Render(first)+t.Placeholder.Render(rest), width, t.Glyphs.Ellipsis)
}

// drawn returns the clean text before, at and after the cursor.
func (e Edit) drawn() (before, at, after string) {
	end := e.after()
	return clean.Line(e.text[:e.cursor]), clean.Line(e.text[e.cursor:end]), clean.Line(e.text[end:])
}

// Area draws a text field of several lines as a block of exactly width by height
// cells: lines are wrapped where they are full, and the part around the cursor
// is shown.
func Area(t Theme, e Edit, placeholder string, focus bool, width, height int) []string {
	if width <= 0 || height <= 0 {
		return nil
	}
	if e.text == "" {
		return Fit([]string{t.emptyField(placeholder, focus, width)}, width, height)
	}
	var rows []string
	cursorRow := 0
	start := 0
	for line := range strings.SplitSeq(e.text, "\n") {
		end := start + len(line)
		at := -1
		if focus && e.cursor >= start && e.cursor <= end {
			at = e.cursor - start
		}
		drawn, row := t.areaLine(line, at, width)
		if at >= 0 {
			cursorRow = len(rows) + row
		}
		rows = append(rows, drawn...)
		start = end + 1
	}
	top := max(0, min(cursorRow-height+1, len(rows)-height))
	return Fit(rows[top:], width, height)
}

// areaLine draws one line of an area, filling rows to the last cell, with the
// cursor before byte at (none if negative). It returns the row the cursor is in.
func (t Theme) areaLine(line string, at, width int) (rows []string, cursorRow int) {
	var row []span
	used := 0
	put := func(text string, style Style) {
		for text != "" {
			cluster, w := next(text)
			if used+w > width {
				rows = append(rows, drawSpans(row))
				row, used = row[:0], 0
			}
			row = append(row, span{cluster, style})
			used += w
			text = text[len(cluster):]
		}
	}
	if at < 0 {
		put(clean.Line(line), t.Input)
		return append(rows, drawSpans(row)), 0
	}
	put(clean.Line(line[:at]), t.Input)
	under, rest := " ", ""
	if at < len(line) {
		n := step(line[at:])
		under, rest = clean.Line(line[at:at+n]), clean.Line(line[at+n:])
	}
	put(under, t.Caret)
	cursorRow = len(rows)
	put(rest, t.Input)
	return append(rows, drawSpans(row)), cursorRow
}
