package timeline

import (
	tea "charm.land/bubbletea/v2"

	"muster/tui/incident"
	"muster/tui/kit"
)

// Actions are what can be done with an entry, and with the filters.
func Actions() []kit.Action {
	entry := func(id, title, label, key string, do func(*Screen) tea.Cmd) kit.Action {
		return kit.Action{ID: id, Title: title, Label: label, Rank: 1, Keys: []string{key}, On: kit.At(Place(), EntryPlace()), When: incident.Unwritable, Do: kit.With(do)}
	}
	mine := func(id, title, label, key string, do func(*Screen) tea.Cmd) kit.Action {
		return kit.Action{ID: id, Title: title, Label: label, Rank: 4, Keys: []string{key}, On: kit.At(Place()), Do: kit.With(do)}
	}
	filter := mine("filter.text", "Filter by text", "filter", "/", (*Screen).filterText)
	filter.Finds = true
	return []kit.Action{
		{ID: "entry.show", Title: "Show the entry, whole", Label: "show", Keys: []string{"enter"}, On: kit.At(Place()), Do: kit.With((*Screen).showEntry)},
		entry("entry.amend", "Correct an entry's text or time; both stay", "amend", "a", (*Screen).amend),
		entry("entry.retract", "Take an entry back; it stays, marked", "retract", "r", (*Screen).retract),
		{ID: "entry.mark", Title: "Mark the entry as a key event of the report, or take the mark away", Label: "key event", Rank: 4, Keys: []string{"*"},
			On: kit.At(Place(), EntryPlace()), When: incident.Unwritable, Do: kit.With((*Screen).mark)},
		{ID: "entry.past", Title: "Show the incident as it stood when the entry was written", Label: "as it stood", Rank: 5, Keys: []string{"b"},
			On: kit.At(Place(), EntryPlace()), Do: kit.With((*Screen).past)},
		{ID: "entry.answers", Title: "Say which inject of the drill the entry answers", Label: "answers", Rank: 3, Keys: []string{"l"},
			On: kit.At(Place(), EntryPlace()), When: kit.Unless((*Screen).noInject), Do: kit.With((*Screen).answers)},
		filter,
		mine("filter.person", "Filter by person", "person", "p", (*Screen).filterPerson),
		mine("filter.kind", "Filter by kind", "kind", "i", (*Screen).filterKind),
		mine("filter.step", "Filter by step", "step", "s", (*Screen).filterStep),
		mine("filter.order", "Order by when it happened, or by when it was written", "order", "o", (*Screen).order),
		mine("filter.clear", "Show every entry", "", "x", (*Screen).showAll),
	}
}

// ScreenActions lead to the screen.
func ScreenActions() []kit.Action {
	return []kit.Action{
		{ID: "screen.timeline", Title: "5 Timeline: every entry", Label: "timeline", Rank: 3, Keys: []string{"5"}, On: incident.Anywhere().But(Place()), Do: incident.Visit[*Screen]()},
	}
}
