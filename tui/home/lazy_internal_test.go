package home

import (
	"fmt"
	"testing"

	"muster/runbooks"
)

// TestWordsWhenAsked: of ten thousand runbooks the list makes the words of those that are
// shown or looked for, and nothing for each of the others.
func TestWordsWhenAsked(t *testing.T) {
	h := &Screen{}
	for i := range 10_000 {
		h.books = append(h.books, runbooks.Head{ID: fmt.Sprintf("book-%d", i), Title: "A book\x1b", Tags: []string{"one", "two"}})
	}
	h.rebuild()
	if made := testing.AllocsPerRun(3, h.rebuild); made > 100 {
		t.Errorf("%v pieces of memory are taken", made)
	}
	if item := h.items[7]; item.words != "" || item.text() != "A book␛  book-7  one two" || item.words != item.text() {
		t.Errorf("%q, %q", item.words, item.text())
	}
}
