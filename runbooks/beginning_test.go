package runbooks

import (
	"strings"
	"testing"
)

// TestBeginningOfAText: a text that is short stays; of another, as many whole words as sixty
// characters have, unless that would leave less than half of them.
func TestBeginningOfAText(t *testing.T) {
	x, e := func(n int) string { return strings.Repeat("x", n) }, func(n int) string { return strings.Repeat("é", n) }
	for text, want := range map[string]string{
		"":                                "",
		" two\n words ":                   "two words",
		x(60):                             x(60),
		x(61):                             x(60) + "…",
		e(60):                             e(60),
		e(61):                             e(60) + "…",
		x(40) + " " + x(30):               x(40) + "…",
		x(31) + " " + x(40):               x(31) + "…",
		x(30) + " " + x(40):               x(30) + " " + x(29) + "…",
		x(10) + " " + x(60):               x(10) + " " + x(49) + "…",
		x(30) + " " + x(20) + " " + x(20): x(30) + " " + x(20) + "…",
	} {
		if got := beginning(text); got != want {
			t.Errorf("%q begins %q, not %q", text, got, want)
		}
	}
}
