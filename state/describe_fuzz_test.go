package state

import (
	"fmt"
	"strings"
	"testing"
)

// FuzzSaid: what was said stands in one line, as the plain way to do it has it.
func FuzzSaid(f *testing.F) {
	for _, text := range []string{"", " ", "a", " a", "a ", "a b", "a  b", "a\tb\nc", "ü  ö", "\u2003a\u00a0b", "say \"no\" \\ \x7f\x00", "a\u2028b"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		want := ""
		if text != "" {
			want = fmt.Sprintf(" — %q", strings.Join(strings.Fields(text), " "))
		}
		if got := said(text); got != want {
			t.Errorf("%q is said as %q, not %q", text, got, want)
		}
	})
}
