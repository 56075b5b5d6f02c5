package clocks_test

import (
	"strings"
	"testing"
	"testing/synctest"
)

// TestTheLawIsLinked: the source of a clock leads to its text at every width, though it is
// wrapped.
func TestTheLawIsLinked(t *testing.T) {
	for _, width := range []int{80, 100, 120, 200} {
		synctest.Test(t, func(t *testing.T) {
			term, _ := begun(t)
			term.Resize(width, 40)
			term.Press("4")
			found := false
			for range 12 {
				found = found || strings.HasPrefix(term.Linked("https://eur-lex.europa.eu/eli/reg/2016/679/oj"), "Regulation (EU) 2016/679, Art.")
				term.Press("j")
			}
			if !found {
				t.Errorf("%d columns: no law is linked", width)
			}
		})
	}
}
