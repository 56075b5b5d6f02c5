package widget

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"muster/state/clean"
)

// ellipsis marks a cut where no theme is at hand.
const ellipsis = "…"

// spaces is cut into padding without allocating.
const spaces = "                                                                                                                                "

// blank returns n spaces.
func blank(n int) string {
	switch {
	case n <= 0:
		return ""
	case n <= len(spaces):
		return spaces[:n]
	}
	return strings.Repeat(" ", n)
}

// content is what a scan of a line found.
type content int

const (
	simple  content = iota // ASCII, SGR and characters known to be one cell: the width is exact
	complex                // needs grapheme clusters to be measured
	unsafe                 // holds a control character or sequence other than SGR
)

// scan measures simple lines and classifies the others.
func scan(s string) (width int, kind content) {
	for i := 0; i < len(s); {
		switch b := s[i]; {
		case b >= ' ' && b < 0x7f:
			width++
			i++
		case b == 0x1b:
			n := sgrLen(s[i:])
			if n == 0 {
				return 0, unsafe
			}
			i += n
		case b < utf8.RuneSelf:
			return 0, unsafe
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if r < 0xa0 || r == utf8.RuneError && size == 1 {
				return 0, unsafe
			}
			if !isNarrow(r) {
				kind = complex
			}
			width++
			i += size
		}
	}
	return width, kind
}

// sgrLen returns the length of the SGR sequence at the start of s, 0 if there
// is none.
func sgrLen(s string) int {
	if len(s) < 3 || s[1] != '[' {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch b := s[i]; {
		case b >= '0' && b <= ';': // digits, colon, semicolon
		case b == 'm':
			return i + 1
		default:
			return 0
		}
	}
	return 0
}

// isNarrow reports whether r is surely one cell and joins with nothing: the
// characters frames, signs and western text are made of. It need not know all.
func isNarrow(r rune) bool {
	switch {
	case wide.Load():
		return asASCII(r)
	case r < 0xa9:
		return r >= 0xa0
	case r <= 0x17f:
		return r != 0xa9 && r != 0xad && r != 0xae
	case r < 0x2010:
		return false
	case r <= 0x2027:
		return true
	}
	return isSign(r)
}

// isSign is isNarrow for arrows, mathematical signs, control pictures, frames,
// geometric shapes and ticks.
func isSign(r rune) bool {
	switch {
	case r < 0x2190:
		return false
	case r <= 0x22ff:
		return true
	case r < 0x2500:
		return r >= 0x2400 && r <= 0x2426
	case r <= 0x25fc:
		return true
	}
	return r >= 0x2715 && r <= 0x2718 || r == 0x2713
}

// Width returns the cells that line takes.
func Width(line string) int {
	width, kind := scan(line)
	if kind == simple {
		return width
	}
	return widthOf(line)
}

// measure returns line, safe to cut and draw, and its width. A line with control
// characters should have been cleaned where it came in; here it is cleaned whole,
// and loses its styling with them.
func measure(line string) (string, int) {
	width, kind := scan(line)
	if kind == unsafe {
		line = clean.Line(line)
		width, kind = scan(line)
	}
	if kind == complex {
		width = widthOf(line)
	}
	return line, width
}

// Truncate returns line cut to at most width cells, with … where it was cut.
func Truncate(line string, width int) string { return TruncateTail(line, width, ellipsis) }

// TruncateTail is Truncate with a tail of the caller's. A tail wider than width
// is left out.
func TruncateTail(line string, width int, tail string) string {
	line, w := measure(line)
	switch {
	case w <= width:
		return line
	case width <= 0:
		return ""
	}
	tailWidth := Width(tail)
	if tailWidth > width {
		tail, tailWidth = "", 0
	}
	cutLine, _ := slice(line, 0, width-tailWidth, tail)
	return cutLine
}

// Pad returns line in exactly width cells: cut with …, or followed by spaces.
func Pad(line string, width int) string { return PadTail(line, width, ellipsis) }

// PadTail is Pad with a tail of the caller's.
func PadTail(line string, width int, tail string) string {
	line, missing := padding(line, width, tail)
	if missing > 0 {
		return line + blank(missing)
	}
	return line
}

// padding returns line cut to width, and how many spaces it needs to fill it.
func padding(line string, width int, tail string) (string, int) {
	line, w := measure(line)
	if w > width {
		line = TruncateTail(line, width, tail)
		w = Width(line)
	}
	return line, max(0, width-w)
}

// PadLeft returns line in exactly width cells, at their right end.
func PadLeft(line string, width int) string {
	line = Truncate(line, width)
	return blank(width-Width(line)) + line
}

// PadCenter returns line in exactly width cells, in their middle.
func PadCenter(line string, width int) string {
	line = Truncate(line, width)
	room := width - Width(line)
	return blank(room/2) + line + blank(room-room/2)
}

// slice returns the cells [from, to) of a safe line and how many they are. What
// is left keeps its look and ends unstyled. A wide character that an edge would
// halve is left out on the right and becomes spaces on the left. tail is written
// where the line is cut on the right.
func slice(line string, from, to int, tail string) (string, int) {
	var b strings.Builder
	b.Grow(min(len(line), 4*to) + len(tail))
	col, got := 0, 0
	styled := false
	for i := 0; i < len(line); {
		if n := sgrLen(line[i:]); line[i] == 0x1b && n > 0 {
			styled = !isReset(line[i : i+n])
			if !styled && got == 0 {
				b.Reset() // styles that ended before the first cell
			} else {
				b.WriteString(line[i : i+n])
			}
			i += n
			continue
		}
		cluster, w := next(line[i:])
		i += len(cluster)
		start := col
		col += w
		if col > to && start >= from {
			b.WriteString(tail)
			break
		}
		switch {
		case col <= from && (w > 0 || start < from):
		case start < from:
			b.WriteString(blank(min(col, to) - from))
			got += min(col, to) - from
		default:
			b.WriteString(cluster)
			got += w
		}
	}
	if styled {
		b.WriteString(reset)
	}
	return b.String(), got
}

// isReset reports whether an SGR sequence ends all styling.
func isReset(sgr string) bool { return sgr == reset || sgr == "\x1b[0m" }

// next returns the first grapheme cluster of s and its width in cells.
func next(s string) (cluster string, width int) {
	if s[0] < utf8.RuneSelf && (len(s) == 1 || s[1] < utf8.RuneSelf) {
		return s[:1], 1
	}
	cluster, width = ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	if wide.Load() {
		width = ClusterWidth(cluster)
	}
	return cluster, width
}

// narrowWidth measures a line as most terminals do.
func narrowWidth(line string) int { return ansi.StringWidth(line) }
