package runbooks

import (
	"strings"
	"testing"
)

func TestNewHasNoProblems(t *testing.T) {
	tests := []struct{ id, title, wantID, wantTitle string }{
		{"printer-fire", "Printer on fire", "printer-fire", "Printer on fire"},
		{"Printer Fire!", `The "printer" \ burns`, "printer-fire", `The "printer" \ burns`},
		{"", "", "runbook", "runbook"},
		{"x", "a\x1b[31m\nb\xff", "x", "a[31mb\uFFFD"},
		{"x", strings.Repeat("ü", 500), "x", strings.Repeat("ü", 200)},
		{"x", "«id» {{ .Nothing", "x", "«id» {{ .Nothing"},
	}
	for _, test := range tests {
		book, problems := Parse("some.toml", New(test.id, test.title))
		if len(problems) > 0 {
			t.Errorf("New(%q, %q): %s", test.id, test.title, problems)
			continue
		}
		if book.ID != test.wantID || book.Title != test.wantTitle {
			t.Errorf("New(%q, %q) has id %q, title %q; want %q, %q", test.id, test.title, book.ID, book.Title, test.wantID, test.wantTitle)
		}
	}
}
