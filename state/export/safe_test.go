package export

import (
	"strings"
	"testing"
)

// TestNamesThatUnpack: what is plain in a file's name stays, and its ending if it is one; all else is
// an underscore, no name is longer than eighty bytes, and none ends with a dot.
func TestNamesThatUnpack(t *testing.T) {
	x := func(n int) string { return strings.Repeat("x", n) }
	for name, want := range map[string]string{
		"fw.png": "fw.png", "azAZ09.-_": "azAZ09.-_", "a b/c\\d:e": "a_b_c_d_e", "`{@[": "____", "é.txt": "_.txt", "../../x": ".._.._x", "": "", "a..": "a", "...": "",
		x(80): x(80), x(81): x(80), x(76) + ".txt": x(76) + ".txt", x(77) + ".txt": x(76) + ".txt", x(100) + ".txt": x(76) + ".txt",
		x(90) + "." + x(11): x(68) + "." + x(11), x(90) + "." + x(12): x(80), "a." + x(90): "a." + x(78), x(79) + ".." + "y": x(78) + "..y"[1:],
	} {
		if got := safeName(name); got != want || len(got) > maxSafeName {
			t.Errorf("%q becomes %q, not %q", name, got, want)
		}
	}
}
