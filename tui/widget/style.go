package widget

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// reset ends any styling. It is the only reset this package writes, so that a
// style around styled text can find it and open itself again.
const reset = "\x1b[m"

// shade is a colour as a terminal is told it; zero is the terminal's own. Its high
// byte says how it is told, the rest what: 0xRRGGBB, or a number.
type shade uint32

const (
	told24  shade = (iota + 1) << 24 // by red, green and blue
	told256                          // by its number among 256
	told16                           // by its number among 16
	toldHow shade = 0xff << 24
)

func hex(v uint32) shade { return told24 | shade(v) }

func (c shade) isSet() bool { return c != 0 }

func (c shade) color() color.Color {
	switch c & toldHow {
	case told256:
		return ansi.IndexedColor(c &^ toldHow)
	case told16:
		return ansi.BasicColor(c &^ toldHow)
	}
	return color.RGBA{R: uint8(c >> 16), G: uint8(c >> 8), B: uint8(c), A: 0xff}
}

// attr is a set of text attributes.
type attr uint8

const (
	bold attr = 1 << iota
	faint
	italic
	underline
	reverse
	strike
)

// Style says how text looks: two colours and attributes. The zero Style draws
// text as it is. Styles are comparable.
type Style struct {
	fg, bg shade
	attrs  attr
	open   string // the SGR sequence that begins it; "" for the zero Style
}

func newStyle(fg, bg shade, attrs attr) Style {
	s := Style{fg: fg, bg: bg, attrs: attrs}
	s.open = s.sequence()
	return s
}

// sequence returns the SGR sequence that turns the style on, as Lip Gloss writes
// it. Lip Gloss closes a style at the first reset inside it; Render does not, and
// works on whole lines, so it needs the opening alone.
func (s Style) sequence() string {
	look := lipgloss.NewStyle().
		Bold(s.attrs&bold != 0).Faint(s.attrs&faint != 0).Italic(s.attrs&italic != 0).
		Underline(s.attrs&underline != 0).Reverse(s.attrs&reverse != 0).Strikethrough(s.attrs&strike != 0)
	if s.fg.isSet() {
		look = look.Foreground(s.fg.color())
	}
	if s.bg.isSet() {
		look = look.Background(s.bg.color())
	}
	open, _, _ := strings.Cut(look.Render("x"), "x")
	return open
}

// Render draws line in the style. Styled parts inside keep their own look, and
// the style goes on after them; what they leave unsaid (a background, say) they
// take from it.
func (s Style) Render(line string) string {
	if s.open == "" || line == "" {
		return line
	}
	if strings.Contains(line, reset) {
		line = strings.ReplaceAll(line, reset, reset+s.open)
	}
	return s.open + line + reset
}

// With returns the style with what over adds: its attributes, and its colours
// where it has any.
func (s Style) With(over Style) Style {
	if over == (Style{}) {
		return s
	}
	fg, bg := s.fg, s.bg
	if over.fg.isSet() {
		fg = over.fg
	}
	if over.bg.isSet() {
		bg = over.bg
	}
	return newStyle(fg, bg, s.attrs|over.attrs)
}
