package home

import (
	"slices"
	"strings"

	"muster/state/clean"
)

// matchMore adds the items of which not the row but what stands below it has every word
// of the query: the summary, the whole id, the runbook that an incident follows.
func (h *Screen) matchMore(query string, found map[int]bool) {
	words := strings.Fields(strings.ToLower(query))
	for i := range h.items {
		more := h.items[i].besides()
		if !found[i] && !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(more, word) }) {
			h.shown = append(h.shown, homeRow{item: i, matched: []int{}})
			h.total++
		}
	}
}

// besides is what the filter looks at below the row, made when it is first asked for: most
// of ten thousand runbooks are never looked for.
func (i *homeItem) besides() string {
	if i.more == "" {
		more := i.text
		if b := i.book; b != nil {
			more += "  " + clean.Bounded(b.Summary, 600)
		} else if head := i.incident; head != nil {
			more = clean.Bounded(head.ID+"  "+head.Title+"  "+head.Runbook+"  "+string(head.Severity)+"  "+string(head.Mode), 600)
		}
		i.more = strings.ToLower(more)
	}
	return i.more
}
