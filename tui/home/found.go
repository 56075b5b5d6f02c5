package home

import (
	"slices"
	"strings"

	"muster/state"
	"muster/state/clean"
	"muster/state/response"
	"muster/tui/kit"
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

// text is what the filter looks at, and the left of the row; made when it is first asked
// for: of ten thousand runbooks a screen shows fifty.
func (i *homeItem) text() string {
	if i.words != "" {
		return i.words
	}
	if b := i.book; b != nil {
		i.words = b.Title
		if b.ID != "" {
			i.words += "  " + b.ID
		}
		if len(b.Tags) > 0 {
			i.words += "  " + strings.Join(b.Tags, " ")
		}
	} else {
		i.words = kit.ShortID(i.incident.ID) + "  " + i.incident.Title
	}
	i.words = clean.Row(i.words)
	return i.words
}

// besides is what the filter looks at below the row, made when it is first asked for: most
// of ten thousand runbooks are never looked for.
func (i *homeItem) besides() string {
	if i.more == "" {
		more := i.text()
		if b := i.book; b != nil {
			more += "  " + clean.Bounded(b.Summary, 600) + "  " + string(b.Severity) + "  " + b.Layer
			if b.Err != nil {
				more += "  broken"
			}
		} else if head := i.incident; head != nil {
			more = clean.Bounded(head.ID+"  "+head.Title+"  "+head.Runbook+"  "+string(head.Severity)+"  "+string(head.Mode)+signsOf(head), 600)
		}
		i.more = strings.ToLower(more)
	}
	return i.more
}

// signsOf are the words that stand at the end of an incident's row.
func signsOf(head *response.Head) string {
	words := ""
	for word, is := range map[string]bool{"exercise": head.Mode == state.Drill, "damaged": head.Err != nil, "copy": head.Copy, "branch": head.Branch,
		"two answers": head.Two, "closed": !head.Closed.IsZero(), "open": head.Closed.IsZero()} {
		if is {
			words += "  " + word
		}
	}
	return words
}
