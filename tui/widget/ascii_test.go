package widget

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestToASCII(t *testing.T) {
	red := newStyle(hex(0xff0000), 0, 0)
	for _, c := range []struct{ line, want string }{
		{"plain", "plain"},
		{"“don’t” – wait…", `"don't" - wait~`},
		{"Zoë 辻", "Zo? ??"},
		{"e\u0301", "e"},
		{red.Render("é│"), red.Render("?|")},
		{"a\x1b[2J", "a?[2J"},
		{"• a\u00a0b", ". a b"},
	} {
		if got := ToASCII(c.line); got != c.want {
			t.Errorf("ToASCII(%q) = %q, want %q", c.line, got, c.want)
		}
	}
	for _, line := range hostileTexts() {
		clean := Pad(line, 40)
		if got := ToASCII(clean); ansi.StringWidth(got) != 40 || !isASCII(got) {
			t.Errorf("ToASCII(%q) = %q", clean, got)
		}
	}
}
