package tui

import (
	tea "charm.land/bubbletea/v2"
)

// timelinePlace is screen 5.
func timelinePlace() Place { return Place{Name: "timeline", Is: List | InIncident} }

// entryPlace is one entry, whole.
func entryPlace() Place { return Place{Name: "entry", Is: Over | Page | Shut} }

// timelineActions are what can be done with an entry, and with the filters.
func timelineActions() []Action {
	entry := func(id, title, label, key string, do func(*timelineScreen) tea.Cmd) Action {
		return Action{ID: id, Title: title, Label: label, Rank: 1, Keys: []string{key}, On: At(timelinePlace(), entryPlace()), When: whenWritable, Do: With(do)}
	}
	mine := func(id, title, label, key string, do func(*timelineScreen) tea.Cmd) Action {
		return Action{ID: id, Title: title, Label: label, Rank: 4, Keys: []string{key}, On: At(timelinePlace()), Do: With(do)}
	}
	return []Action{
		{ID: "entry.show", Title: "Show the entry, whole", Label: "show", Keys: []string{"enter"}, On: At(timelinePlace()), Do: With((*timelineScreen).showEntry)},
		entry("entry.amend", "Correct an entry's text or time; both stay", "amend", "a", (*timelineScreen).amend),
		entry("entry.retract", "Take an entry back; it stays, marked", "retract", "r", (*timelineScreen).retract),
		mine("filter.text", "Filter by text", "filter", "/", (*timelineScreen).filterText),
		mine("filter.person", "Filter by person", "person", "p", (*timelineScreen).filterPerson),
		mine("filter.kind", "Filter by kind", "kind", "i", (*timelineScreen).filterKind),
		mine("filter.step", "Filter by step", "step", "s", (*timelineScreen).filterStep),
		mine("filter.order", "Order by when it happened, or by when it was written", "order", "o", (*timelineScreen).order),
		mine("filter.clear", "Show every entry", "", "x", (*timelineScreen).clearFilter),
	}
}

// timelineScreenActions lead to the screen.
func timelineScreenActions() []Action {
	return []Action{
		{ID: "screen.timeline", Title: "5 Timeline: every entry", Label: "timeline", Rank: 3, Keys: []string{"5"}, On: inIncidents().But(timelinePlace()), Do: goTo[*timelineScreen]()},
	}
}
