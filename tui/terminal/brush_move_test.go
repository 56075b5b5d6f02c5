package terminal

import (
	"testing"

	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
)

// TestMovesAreShort: the cursor gets to its place by the shortest way that there is; and where it
// stands, if that is not known, makes no difference.
func TestMovesAreShort(t *testing.T) {
	for _, c := range []struct {
		name     string
		lf       bool
		x, y     int // where it stands
		toX, toY int
		want     string
	}{
		{"nowhere", true, 7, 3, 7, 3, ""},
		{"to the right", true, 20, 3, 24, 3, "\x1b[4C"},
		{"by one", true, 2, 3, 3, 3, "\x1b[C"},
		{"a little to the left", true, 7, 3, 5, 3, "\b\b"},
		{"far to the left", true, 70, 3, 40, 3, "\x1b[41G"},
		{"three to the left", true, 70, 3, 67, 3, "\b\b\b"},
		{"to the beginning", true, 70, 3, 0, 3, "\r"},
		{"near the beginning", true, 70, 3, 1, 3, "\x1b[2G"},
		{"straight down", true, 5, 3, 5, 5, "\n\n"},
		{"straight down where a line feed goes back", false, 5, 3, 5, 5, "\x1b[2B"},
		{"down by four", true, 5, 3, 5, 7, "\x1b[4B"},
		{"straight up", true, 5, 3, 5, 2, "\x1b[A"},
		{"to the next row's beginning", true, 5, 3, 0, 4, "\r\n"},
		{"to the next row's beginning, by a line feed alone", false, 5, 3, 0, 4, "\r\n"},
		{"not known", true, -1, -1, 4, 2, "\x1b[3;5H"},
		{"not known, to a row's beginning", true, -1, -1, 0, 2, "\x1b[3;1H"},
	} {
		b := newBrush(uv.Environ{"TERM=xterm-256color"}, colorprofile.TrueColor, c.lf)
		b.x, b.y, b.w, b.h = c.x, c.y, 80, 24
		b.move(c.toX, c.toY)
		if got := b.buf.String(); got != c.want || b.x != c.toX || b.y != c.toY {
			t.Errorf("%s: %q, not %q, and it stands at %d, %d", c.name, got, c.want, b.x, b.y)
		}
	}
}

// TestBlankEnds: of a row the blanks at its end begin behind the last that is seen; of one in two
// backgrounds, where the last one begins.
func TestBlankEnds(t *testing.T) {
	for text, want := range map[string]int{"ab  ": 2, "ab c": 4, "    ": 0, "abcd": 4, "   x": 4, "x   ": 1, " x  ": 2} {
		line := make(uv.Line, len(text))
		for i, r := range text {
			line[i] = uv.Cell{Content: string(r), Width: 1}
		}
		if got := blankFrom(line); got != want {
			t.Errorf("%q is blank from %d, not %d", text, got, want)
		}
	}
	line := make(uv.Line, 6)
	for i := range line {
		line[i] = uv.EmptyCell
		if i >= 3 {
			line[i].Style.Attrs = uv.AttrReverse
		}
	}
	if got := blankFrom(line); got != 6 {
		t.Errorf("what is seen in reverse is blank from %d", got)
	}
}
