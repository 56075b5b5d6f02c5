package state

import (
	"strconv"
	"testing"
)

// TestQuoted: the short way writes what strconv writes.
func TestQuoted(t *testing.T) {
	for _, text := range []string{"", "plain", `a "word"`, `back\slash`, "é", "\x7f", "\x00", "tab\t", "\xff", "a\u202eb", " ", "~", "`"} {
		if got, want := string(appendQuote([]byte("x "), text)), "x "+strconv.Quote(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
