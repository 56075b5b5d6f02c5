package main

import "testing"

// TestSaidElsewhere: what a muster on another machine said is a sentence here: without its
// own name in front, and in one line.
func TestSaidElsewhere(t *testing.T) {
	for said, want := range map[string]string{
		"": "", "\n": "",
		"muster: you play this drill\n  muster status says what has happened.\n": "you play this drill; muster status says what has happened.",
		"Connection refused\r\n": "Connection refused",
		"a\x1b[2Jb\n":            "a␛[2Jb",
	} {
		if got := inOneLine(said); got != want {
			t.Errorf("%q is said as %q, not %q", said, got, want)
		}
	}
}
