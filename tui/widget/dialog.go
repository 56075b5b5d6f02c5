package widget

import (
	"strings"

	"muster/state/clean"
)

// Dialog returns a framed block of exactly width cells and at most height rows:
// the title in the frame, then body, then footer below a rule. The title is text
// and is cleaned; body and footer are lines, already as wide as they should be
// (width-4). If the body is too high its end is left out, and the last line says
// how many lines are missing. Below 5 cells or 3 rows there is no room for a
// dialog, and it is nil.
func Dialog(t Theme, title string, body []string, footer string, width, height int) []string {
	if width < 5 || height < 3 {
		return nil
	}
	chrome := 2
	if footer != "" && height >= 5 {
		chrome = 4
	}
	g, inner := t.Glyphs, width-2
	out := []string{t.frameTop(title, width)}
	for _, line := range t.clip(body, height-chrome) {
		out = append(out, t.frameLine(line, width))
	}
	if chrome == 4 {
		out = append(out, t.Border.Render(g.TeeRight+Rule(g.Horizontal, inner)+g.TeeLeft), t.frameLine(footer, width))
	}
	return append(out, t.Border.Render(g.CornerBottomLeft+Rule(g.Horizontal, inner)+g.CornerBottomRight))
}

// clip returns at most height lines; the last says what is missing.
func (t Theme) clip(lines []string, height int) []string {
	if len(lines) <= height {
		return lines
	}
	kept := append([]string{}, lines[:height-1]...)
	missing := len(lines) - len(kept)
	return append(kept, t.Dim.Render(plural(missing, "more line", "more lines")))
}

func (t Theme) frameTop(title string, width int) string {
	g := t.Glyphs
	title = TruncateTail(clean.Line(title), width-6, g.Ellipsis)
	if title != "" {
		title = " " + title + " "
	}
	rest := Rule(g.Horizontal, width-3-Width(title))
	return t.Border.Render(g.CornerTopLeft+g.Horizontal) + t.Title.Render(title) +
		t.Border.Render(rest+g.CornerTopRight)
}

func (t Theme) frameLine(line string, width int) string {
	side := t.Border.Render(t.Glyphs.Vertical)
	return side + " " + PadTail(line, width-4, t.Glyphs.Ellipsis) + " " + side
}

// Overlay returns base with box laid over it, box's left upper cell at column x
// and row y. What sticks out of base on the right or below, or lies left of or
// above it, is not drawn. Lines of base should be of one width; base itself is
// not changed.
func Overlay(base, box []string, x, y int) []string {
	out := append([]string{}, base...)
	for i, line := range box {
		if row := y + i; row >= 0 && row < len(out) {
			out[row] = overlayLine(out[row], line, x)
		}
	}
	return out
}

func overlayLine(base, box string, x int) string {
	base, total := measure(base)
	box, width := measure(box)
	from, to := max(0, x), min(total, x+width)
	if from >= to {
		return base
	}
	middle, got := slice(box, from-x, to-x, "")
	left, leftGot := slice(base, 0, from, "")
	right, rightGot := slice(base, to, total, "")
	var b strings.Builder
	b.WriteString(left)
	b.WriteString(blank(from - leftGot))
	b.WriteString(middle)
	b.WriteString(blank(to - from - got))
	b.WriteString(blank(total - to - rightGot))
	b.WriteString(right)
	return b.String()
}
