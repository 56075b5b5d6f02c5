package incident

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"muster/tui/widget"
)

// TestPage: a gap is one empty line, and none at the top; what hangs stands behind its mark on
// every line, and what is empty is not said at all.
func TestPage(t *testing.T) {
	plain := widget.Theme{Glyphs: widget.UnicodeGlyphs()}
	for _, c := range []struct {
		name string
		draw func(p *Page)
		want string
	}{
		{"nothing", func(*Page) {}, ""},
		{"a gap at the top", func(p *Page) { p.Gap(); p.Add("a") }, "a"},
		{"gaps", func(p *Page) { p.Add("a"); p.Gap(); p.Gap(); p.Add("b"); p.Gap() }, "a||b|"},
		{"text", func(p *Page) { p.Text(p.T.Text, "one two three four") }, "one two|three four"},
		{"two lines", func(p *Page) { p.Text(p.T.Text, "one\ntwo") }, "one|two"},
		{"labelled", func(p *Page) { p.Labelled("To", "one two three four") }, "To one two|   three|   four"},
		{"no text", func(p *Page) { p.Labelled("To", ""); p.Hanging(p.T.Dim, "? ", p.T.Text, "") }, ""},
		{"a wide mark", func(p *Page) { p.Hanging(p.T.Dim, "a long mark", p.T.Text, "one two three") }, "a long markone two|           three"},
		{"what nobody may send", func(p *Page) { p.Text(p.T.Text, "a\x1b[2Jb") }, "a␛[2Jb"},
	} {
		p := &Page{T: plain, W: 11}
		c.draw(p)
		if got := ansi.Strip(strings.Join(p.Lines, "|")); got != c.want {
			t.Errorf("%s: it is drawn as %q, not %q", c.name, got, c.want)
		}
	}
}
