package view

import "testing"

// TestSpellings: a name in another case, or with other blanks, is the one that was first
// written.
func TestSpellings(t *testing.T) {
	names := make(spellings)
	for _, c := range [][2]string{{"Ada Lovelace", "Ada Lovelace"}, {"ada  LOVELACE", "Ada Lovelace"}, {"Ben", "Ben"}, {" BEN ", "Ben"}, {"Ada", "Ada"}, {"ada  LOVELACE", "Ada Lovelace"}} {
		if got := names.of(c[0]); got != c[1] {
			t.Errorf("%q is %q, want %q", c[0], got, c[1])
		}
	}
}
