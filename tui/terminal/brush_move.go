package terminal

import (
	"hash/maphash"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// Attributes that a blank shows too.
const seen = uv.AttrReverse | uv.AttrStrikethrough | uv.AttrConceal

// clears reports whether a cell looks like what was erased.
func clears(c *uv.Cell) bool {
	return c.Content == " " && c.Style.Underline == uv.UnderlineNone && c.Style.Attrs&seen == 0 && c.Link == (uv.Link{})
}

// same reports whether two cells look the same. The colour of a blank's ink is not seen.
func same(a, b *uv.Cell) bool {
	if a.Content != b.Content || a.Width != b.Width || a.Link != b.Link {
		return false
	}
	return a.Style == b.Style || a.Style.Equal(&b.Style) || clears(a) && clears(b) && sameBack(&a.Style, &b.Style)
}

func sameBack(a, b *uv.Style) bool {
	return (&uv.Style{Bg: a.Bg}).Equal(&uv.Style{Bg: b.Bg})
}

// blankFrom is the column from which on a row is blank, in one background.
func blankFrom(line uv.Line) int {
	last := &line[len(line)-1]
	if !clears(last) {
		return len(line)
	}
	x := len(line)
	for x > 0 && same(&line[x-1], last) {
		x--
	}
	return x
}

// fits reports whether a cell can be written without a change of style.
func (b *brush) fits(c *uv.Cell) bool {
	style := b.style(c)
	if clears(c) && b.link == (uv.Link{}) && b.pen.Underline == uv.UnderlineNone && b.pen.Attrs&seen == 0 {
		return sameBack(&b.pen, &style)
	}
	return b.pen.Equal(&style) && b.link == uv.ConvertLink(c.Link, b.profile)
}

// style is a cell's style as the terminal can show it.
func (b *brush) style(c *uv.Cell) uv.Style {
	style := uv.ConvertStyle(c.Style, b.profile)
	if !b.slants && style.Attrs&uv.AttrItalic != 0 {
		style.Attrs &^= uv.AttrItalic
		style.Underline = uv.UnderlineSingle
	}
	return style
}

// use takes a cell's style. An empty cell resets it, so that what follows begins with none.
func (b *brush) use(c *uv.Cell) {
	if c != &uv.EmptyCell && b.fits(c) {
		return
	}
	style := b.style(c)
	if !style.Equal(&b.pen) {
		b.buf.WriteString(change(&b.pen, &style))
		b.pen = style
	}
	if link := uv.ConvertLink(c.Link, b.profile); link != b.link {
		b.buf.WriteString(ansi.SetHyperlink(link.URL, link.Params))
		b.link = link
	}
}

// change is the shorter way from one style to another: what differs, or all of it.
func change(from, to *uv.Style) string {
	seq := to.Diff(from)
	if anew := "\x1b[;" + strings.TrimPrefix(to.String(), "\x1b["); len(anew) < len(seq) {
		return anew
	}
	return seq
}

// move puts the cursor at x, y.
func (b *brush) move(x, y int) {
	if x == b.x && y == b.y {
		return
	}
	best := ansi.CursorPosition(x+1, y+1)
	shorter := func(seq string) {
		if len(seq) < len(best) {
			best = seq
		}
	}
	if b.y >= 0 {
		down := b.down(y)
		if b.y == y || down != "" {
			if b.x >= 0 {
				shorter(down + b.across(b.x, x))
			}
			shorter("\r" + down + b.across(0, x))
		}
		if x == b.x {
			shorter(ansi.VerticalPositionAbsolute(y + 1))
		}
		if below := y - b.y; x == 0 && below > 0 { // also where a line feed goes back by itself
			shorter("\r" + strings.Repeat("\n", below))
		}
	}
	b.buf.WriteString(best)
	b.x, b.y = x, y
}

// down is the way from the cursor's row to y in its column, "" if it is y already.
func (b *brush) down(y int) string {
	switch n := y - b.y; {
	case n > 0 && n < 4 && b.lf:
		return strings.Repeat("\n", n)
	case n > 0:
		return ansi.CursorDown(n)
	case n < 0:
		return ansi.CursorUp(-n)
	}
	return ""
}

// across is the way from one column to another in a row.
func (b *brush) across(from, to int) string {
	best := ansi.CursorHorizontalAbsolute(to + 1)
	switch n := to - from; {
	case n == 0:
		return ""
	case n > 0:
		if seq := ansi.CursorForward(n); len(seq) < len(best) {
			best = seq
		}
	case -n < len(best):
		best = strings.Repeat("\b", -n)
	}
	return best
}

// scroll moves rows that are shown already, if that leaves much less to write.
func (b *brush) scroll(rows []uv.Line) {
	differ := 0
	for y := range rows {
		if firstOther(b.shown[y], rows[y]) < b.w {
			differ++
		}
	}
	if differ < 6 {
		return
	}
	was, is := make([]uint64, b.h), make([]uint64, b.h)
	for y := range rows {
		was[y], is[y] = looks(b.shown[y]), looks(rows[y])
	}
	first, n, by := moved(was, is)
	top, end := min(first, first+by), max(first, first+by)+n // of the region
	if n < 4 || n < 2*max(by, -by) {
		return
	}
	b.use(&uv.EmptyCell)
	b.buf.WriteString(ansi.SetTopBottomMargins(top+1, end))
	if by > 0 {
		b.buf.WriteString(ansi.ScrollUp(by))
		copy(b.shown[top:end], append(b.shown[top+by:end:end], blankRows(b.w, by)...))
	} else {
		b.buf.WriteString(ansi.ScrollDown(-by))
		copy(b.shown[top:end], append(blankRows(b.w, -by), b.shown[top:end+by]...))
	}
	b.buf.WriteString(ansi.SetTopBottomMargins(1, b.h))
	b.x, b.y = -1, -1
}

// firstOther is the first column in which two rows differ.
func firstOther(a, b []uv.Cell) int {
	for x := range a {
		if !same(&a[x], &b[x]) {
			return x
		}
	}
	return len(a)
}

// moved finds the rows, one below the other, that are shown already but by rows farther
// down, and of them those that gain most: where they stand already nothing is gained.
func moved(was, is []uint64) (first, n, by int) {
	most := 0
	for k := 1 - len(is); k < len(is); k++ {
		run, gain := 0, 0
		for y := max(0, -k); y <= len(is); y++ {
			if y < len(is) && y+k < len(is) && is[y] == was[y+k] {
				if run++; is[y] != was[y] {
					gain++
				}
				continue
			}
			if gain > most {
				first, n, by, most = y-run, run, k, gain
			}
			run, gain = 0, 0
		}
	}
	return first, n, by
}

// looks tells rows of text apart, not for certain: it is only what is tried.
func looks(row []uv.Cell) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	for i := range row {
		_, _ = h.WriteString(row[i].Content)
	}
	return h.Sum64()
}

var seed = maphash.MakeSeed()

func blankRows(w, n int) [][]uv.Cell {
	rows := make([][]uv.Cell, n)
	for i := range rows {
		rows[i] = uv.NewLine(w)
	}
	return rows
}
