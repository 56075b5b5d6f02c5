package widget

import (
	"strconv"
	"strings"
)

// reset ends any styling. It is the only reset this package writes, so that a
// style around styled text can find it and open itself again.
const reset = "\x1b[m"

// rgb is a colour, 0xRRGGBB with bit 24 set; zero is the terminal's own.
type rgb uint32

func hex(v uint32) rgb { return rgb(v | 1<<24) }

func (c rgb) isSet() bool { return c != 0 }

func (c rgb) parts() (r, g, b uint8) { return uint8(c >> 16), uint8(c >> 8), uint8(c) }

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
	fg, bg rgb
	attrs  attr
	open   string // the SGR sequence that begins it; "" for the zero Style
}

func newStyle(fg, bg rgb, attrs attr) Style {
	s := Style{fg: fg, bg: bg, attrs: attrs}
	s.open = s.sequence()
	return s
}

// sequence returns the SGR sequence that turns the style on.
func (s Style) sequence() string {
	var params []string
	for i, code := range []string{"1", "2", "3", "4", "7", "9"} {
		if s.attrs&(1<<i) != 0 {
			params = append(params, code)
		}
	}
	for _, c := range []struct {
		kind  string
		value rgb
	}{{"38", s.fg}, {"48", s.bg}} {
		if c.value.isSet() {
			r, g, b := c.value.parts()
			params = append(params, c.kind, "2", strconv.Itoa(int(r)), strconv.Itoa(int(g)), strconv.Itoa(int(b)))
		}
	}
	if len(params) == 0 {
		return ""
	}
	return "\x1b[" + strings.Join(params, ";") + "m"
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
