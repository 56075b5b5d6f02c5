package clean

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// slowly cleans s without any short cut.
func slowly(s string, newlines bool) string {
	c := cleaner{src: s, newlines: newlines}
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		c.rune(i, r, size)
		i += size
	}
	return c.finish()
}

func TestOrdinaryCharactersNeedNoCare(t *testing.T) {
	for r := range rune(unicode.MaxRune + 1) {
		if isOrdinary(r) && (r < utf8.RuneSelf || isHidden(r) || isMark(r) || isFlagHalf(r) || jamoOf(r) != notJamo) {
			t.Errorf("%U is not ordinary", r)
		}
	}
}

// FuzzShortCuts: they change nothing.
func FuzzShortCuts(f *testing.F) {
	for _, in := range attacks {
		f.Add(in)
		f.Add("é" + in + "x" + in + "\n\u0301" + in)
	}
	f.Add("note — \"Zoë\"\t— “x”\u00ad")
	f.Add("x" + strings.Repeat("\u0301", 6) + "—\u0301\u1100—\u1100x\u1100\u1100")
	f.Add("a\n—\n\u0301b\n\n\u0301")
	f.Fuzz(func(t *testing.T, in string) {
		for _, newlines := range []bool{false, true} {
			if got, want := clean(in, newlines), slowly(in, newlines); got != want {
				t.Errorf("clean(%q, %v)\n got %q\nwant %q", in, newlines, got, want)
			}
		}
	})
}
