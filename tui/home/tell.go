package home

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state/clean"
	"muster/tui/kit"
	"muster/tui/widget"
)

// Tell implements kit.Teller: all that there is, whatever the filter says.
func (h *Screen) Tell() kit.Telling {
	told := kit.Telling{Title: "home: " + h.counts()}
	if mark := h.foyer.Mark(); mark != "" {
		told.Title += "; " + mark
	}
	for _, err := range []error{h.listErr, h.booksErr} {
		if err != nil {
			told.List = append(told.List, kit.Line{Text: clean.Line(err.Error())})
		}
	}
	if h.bare {
		told.List = append(told.List, kit.Line{Text: noOrganisation})
	}
	for i, r := range h.shown {
		if r.title != "" {
			told.List = append(told.List, kit.Line{Text: r.title})
			continue
		}
		told.List = append(told.List, kit.Line{Text: h.said(&h.items[r.item]), On: i == h.cursor, Do: h.going(i)})
	}
	if len(h.shown) == 0 {
		told.List = append(told.List, kit.Line{Text: "Nothing here. \"muster runbook new\" makes a runbook."})
	}
	if item := h.chosen(); item != nil {
		told.Text = kit.Said([]string{h.about(item)})
	}
	return told
}

// going chooses a row.
func (h *Screen) going(i int) func() tea.Cmd {
	return func() tea.Cmd {
		h.cursor, h.moved = i, true
		return nil
	}
}

// said is an item in words.
func (h *Screen) said(item *homeItem) string {
	_, right := h.bookSigns(item.book)
	if item.incident != nil {
		_, right = h.incidentSigns(item.incident)
		return "incident " + item.text() + "; " + spaced(right)
	}
	text := "runbook " + clean.Row(item.book.Title)
	if id := clean.Row(item.book.ID); id != "" {
		text += ", " + id
	}
	return text + "; " + spaced(right)
}

// spaced are the parts of the right of a row, with commas.
func spaced(right string) string {
	var parts []string
	for _, part := range strings.Split(widget.Strip(right), "  ") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

// about says what the runbook is for, or where the incident stands.
func (h *Screen) about(item *homeItem) string {
	if text := h.summaryText(item); text != "" {
		return text
	}
	return fmt.Sprintf("%s.", strings.TrimSuffix(item.text(), "."))
}
