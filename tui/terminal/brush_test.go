package terminal

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
)

// TestBrush: whatever is shown, and whatever shall be, a terminal shows just that after a
// frame, as it does when it is drawn on an empty screen.
func TestBrush(t *testing.T) {
	chance := rand.New(rand.NewPCG(12, 12))
	for _, env := range []string{"TERM=xterm-256color", "TERM=tmux-256color", "TERM=screen-256color"} {
		for _, lf := range []bool{true, false} {
			for range 20 {
				w, h := 8+chance.IntN(50), 4+chance.IntN(16)
				b, term := newBrush(uv.Environ{env}, colorprofile.TrueColor, lf), vt.NewEmulator(w, h)
				b.scrolls = true
				rows := scribble(chance, w, h)
				for frame := range 12 {
					b.paint(rows)
					out := b.take()
					if !lf {
						out = strings.ReplaceAll(out, "\n", "\r\n")
					}
					_, _ = term.WriteString(out)
					if x, y, ok := differs(term, rows); !ok {
						t.Fatalf("%s, lf %v, %d×%d, frame %d: at %d, %d stands %q, not %q\n%q", env, lf, w, h, frame, x, y, term.CellAt(x, y).Content, rows[y][x].Content, out)
					}
					rows = another(chance, rows)
				}
			}
		}
	}
}

// TestBrushOfScreen: GNU screen, whatever it is called, erases without colour and shows
// italics as it shows what is selected.
func TestBrushOfScreen(t *testing.T) {
	row := func(text string) []uv.Line {
		cells := uv.NewScreenBuffer(30, 1)
		uv.NewStyledString(text).Draw(cells, cells.Bounds())
		return []uv.Line{cells.Line(0)}
	}
	for _, term := range []string{"screen", "screen-256color", "screen.xterm-256color", "tmux-256color"} {
		b := newBrush(uv.Environ{"TERM=" + term}, colorprofile.TrueColor, true)
		b.paint(row("\x1b[3mby another\x1b[23m machine"))
		slanted := b.take()
		b.paint(row("\x1b[48;5;17mselected" + strings.Repeat(" ", 22)))
		bar := b.take()
		if gnu := strings.HasPrefix(term, "screen"); gnu != strings.Contains(slanted, "\x1b[4m") || gnu == strings.Contains(slanted, "\x1b[3m") {
			t.Errorf("TERM=%s: italics are drawn as %q", term, slanted)
		} else if gnu != strings.Contains(bar, strings.Repeat(" ", 22)) {
			t.Errorf("TERM=%s: a coloured row is drawn as %q", term, bar)
		}
	}
}

// scribble is a screen of texts in several styles, of wide letters, and of lines.
func scribble(chance *rand.Rand, w, h int) []uv.Line {
	rows := make([]uv.Line, h)
	for y := range rows {
		cells := uv.NewScreenBuffer(w, 1)
		var text strings.Builder
		for range 1 + chance.IntN(8) {
			style := []string{"", "\x1b[31m", "\x1b[1m", "\x1b[38;2;1;2;3m", "\x1b[48;5;17m", "\x1b[4m", "\x1b[7m", "\x1b[2;33m"}[chance.IntN(8)]
			words := []string{"word", "  ", "             ", "─────────────────", "│", "a long text that goes on", "語", "é", "x"}[chance.IntN(9)]
			fmt.Fprintf(&text, "%s%s\x1b[m", style, words)
		}
		uv.NewStyledString(text.String()).Draw(cells, cells.Bounds())
		rows[y] = cells.Line(0)
		if w > 20 && rows[y][9].Width == 1 && rows[y][10].Width == 1 && rows[y][11].Width != 0 {
			rows[y][10] = uv.Cell{Content: "│", Width: 1, Style: rows[0][0].Style}
		}
	}
	return rows
}

// another is another screen after that one: some words, some rows, or all moved.
func another(chance *rand.Rand, rows []uv.Line) []uv.Line {
	w, h := len(rows[0]), len(rows)
	next := slices.Clone(rows)
	switch other := scribble(chance, w, h); chance.IntN(4) {
	case 0:
		return other
	case 1: // a row
		y := chance.IntN(h)
		next[y] = other[y]
	case 2: // scrolled
		by, top := 1+chance.IntN(2), chance.IntN(2)
		if by+top < h && chance.IntN(2) == 0 {
			copy(next[top:], rows[top+by:])
			copy(next[h-by:], other)
		} else if by+top < h {
			copy(next[top+by:], rows[top:])
			copy(next[top:top+by], other)
		}
	default: // some cells
		for range 4 {
			y, x := chance.IntN(h), chance.IntN(w)
			next[y] = slices.Clone(next[y])
			if next[y][x].Width == 1 {
				next[y][x] = uv.Cell{Content: "#", Width: 1}
			}
		}
	}
	return next
}

// differs finds a cell that the terminal shows otherwise.
func differs(term *vt.Emulator, rows []uv.Line) (x, y int, ok bool) {
	for y := range rows {
		for x := range rows[y] {
			is, want := term.CellAt(x, y), &rows[y][x]
			if is == nil {
				is = &uv.EmptyCell
			}
			if want.Width == 0 || is.Content == "" && want.Content == " " {
				continue
			}
			if !same(is, want) {
				return x, y, false
			}
		}
	}
	return 0, 0, true
}

// TestColoursAreTakenOnce: on an empty screen a colour is written once, wherever it is seen;
// what is drawn anew is not longer for it.
func TestColoursAreTakenOnce(t *testing.T) {
	b := newBrush(uv.Environ{"TERM=xterm-256color"}, colorprofile.TrueColor, true)
	cells := uv.NewScreenBuffer(40, 3)
	row := "\x1b[38;2;1;2;3mkey\x1b[m what it does \x1b[38;2;1;2;3mother\x1b[m does"
	uv.NewStyledString(row+"\n"+row+"\n"+row).Draw(cells, cells.Bounds())
	b.paint(cells.Lines)
	if out := b.take(); strings.Count(out, "38;2;1;2;3") != 1 {
		t.Errorf("it is drawn as %q", out)
	}
}

// TestNothingIsRepeatedThrough: what draws for the terminal that TERM names may not know how
// to repeat a character.
func TestNothingIsRepeatedThrough(t *testing.T) {
	for env, want := range map[string]bool{"": true, "TMUX=/tmp/s": false, "STY=1.x": false, "NCURSES_NO_UTF8_ACS=1": false} {
		if got := newBrush(uv.Environ{"TERM=xterm-kitty", env}, colorprofile.TrueColor, true).rep; got != want {
			t.Errorf("%q: it is repeated: %v", env, got)
		}
	}
}

// BenchmarkBrush paints two screens in turn that differ in two rows.
func BenchmarkBrush(b *testing.B) {
	chance := rand.New(rand.NewPCG(1, 1))
	one := scribble(chance, 200, 60)
	two := slices.Clone(one)
	two[20], two[21] = one[21], one[20]
	brush := newBrush(uv.Environ{"TERM=xterm-256color"}, colorprofile.TrueColor, true)
	for i := 0; b.Loop(); i++ {
		brush.paint([][]uv.Line{one, two}[i%2])
		brush.take()
	}
}
