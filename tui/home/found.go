package home

import (
	"slices"
	"strings"
)

// matchMore adds the items of which not the row but what stands below it has every word
// of the query: the summary, the whole id, the runbook that an incident follows.
func (h *Screen) matchMore(query string, found map[int]bool) {
	words := strings.Fields(strings.ToLower(query))
	for i := range h.items {
		more := h.items[i].more
		if !found[i] && !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(more, word) }) {
			h.shown = append(h.shown, homeRow{item: i, matched: []int{}})
			h.total++
		}
	}
}
