package main

import (
	"strings"
	"testing"

	"muster/tui/widget"
)

// TestTableInATerminal: a table that is wider than the terminal has below each row what does not
// fit, whole; one that fits, or goes to no terminal, is in columns.
func TestTableInATerminal(t *testing.T) {
	rows := [][]string{
		{"CLOCK", "STATUS", "DUE", "TITLE", "SOURCE"},
		{"gdpr", "running", "2026-12-01 22:34:57 +00:00", "GDPR Art. 33: tell the authority", "Regulation (EU) 2016/679, Art. 33(1) (last checked 2026-11-28)"},
		{"sec", "waiting", "", "SEC Form 8-K", ""},
	}
	whole := columns(rows)
	for _, width := range []int{0, 140, 300} {
		if got := tableIn(rows, width); got != whole {
			t.Errorf("in %d columns:\n%s", width, got)
		}
	}
	const want = `CLOCK  STATUS   DUE
gdpr   running  2026-12-01 22:34:57 +00:00
    TITLE   GDPR Art. 33: tell the authority
    SOURCE  Regulation (EU) 2016/679, Art.
            33(1) (last checked 2026-11-28)
sec    waiting
    TITLE   SEC Form 8-K
`
	if got := tableIn(rows, 44); got != want {
		t.Errorf("in 44 columns:\n%s", got)
	}
	for width := 12; width < 130; width++ {
		got := tableIn(rows, width)
		for line := range strings.Lines(got) {
			if w := widget.Width(strings.TrimSpace(line)); w > max(width, 24) {
				t.Errorf("in %d columns a line has %d: %s", width, w, line)
			}
		}
		for _, word := range strings.Fields(strings.Join(rows[1], " ")) {
			if !strings.Contains(strings.ReplaceAll(got, "\n", ""), word) && width > 40 {
				t.Errorf("in %d columns %q is missing:\n%s", width, word, got)
			}
		}
	}
}
