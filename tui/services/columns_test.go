package services

import (
	"strings"
	"testing"

	"muster/tui/widget"
)

// titlesAt are the columns' titles that a row of w cells shows, when every column has
// more to show than fits.
func titlesAt(w int) (titles, row string) {
	long := strings.Repeat("x", 200)
	cells := make([]string, len(serviceColumns()))
	for i := range cells {
		cells[i] = long
	}
	cells[0] = "!!" // as wide as a sign is in ASCII
	table := widget.NewTable(widget.Theme{}, serviceColumns(), [][]string{cells}, w)
	return table.Titles(widget.Style{}), table.Row(cells...)
}

// TestColumnsGiveWay: as a terminal gets narrower the least important column goes first, and
// none is kept that is too narrow to be read: a time, a look that failed, what was said.
func TestColumnsGiveWay(t *testing.T) {
	narrowest := map[string]int{
		"Service":       2 + 2 + len("Service") + 2 + len("State"), // these two never go
		"Last said":     2 + (2 + 18) + (2 + 10) + (2 + len("? restored") + 1),
		"Last check":    47 + 2 + len("FAILED 02:31"),
		"Since":         61 + 2 + len("02:31"),
		"By":            68 + 2 + 4,
		"Hit below it,": 74 + 2 + 16,
		"Tier":          92 + 2 + len("Tier"),
	}
	for title, want := range narrowest {
		got := 0
		for w := 160; w > 10; w-- {
			if titles, _ := titlesAt(w); !strings.Contains(titles, title) {
				break
			}
			got = w
		}
		if title == "Service" {
			if got > want {
				t.Errorf("the services go below %d columns", got)
			}
		} else if got != want {
			t.Errorf("%q is shown from %d columns on, not from %d", title, got, want)
		}
	}
	// what needs somebody is never cut
	for w := 40; w < 160; w++ {
		if _, row := titlesAt(w); !strings.HasPrefix(row, "!!  ") {
			t.Errorf("at %d columns a row begins %q", w, row[:6])
		}
	}
	// the last one takes all the room that is left
	if _, row := titlesAt(300); widget.Width(row) != 300 {
		t.Errorf("of 300 columns %d are used", widget.Width(row))
	}
}
