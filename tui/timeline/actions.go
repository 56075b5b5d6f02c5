package timeline

import (
	"slices"

	"muster/tui/incident"
	"muster/tui/kit"
)

// listRows are what can be done with the list.
var listRows = []kit.Row[*Screen]{
	{ID: "entry.show", Title: "Show the entry, whole", Label: "show", Keys: []string{"enter"}, Do: (*Screen).showEntry},
}

// entryRows are what can be done with an entry, in the list or shown whole.
var entryRows = []kit.Row[*Screen]{
	{ID: "entry.amend", Title: "Correct an entry's text or time; both stay", Label: "amend", Rank: 1, Keys: []string{"a"}, If: incident.Unwritable, Do: (*Screen).amend},
	{ID: "entry.retract", Title: "Take an entry back; it stays, marked", Label: "retract", Rank: 1, Keys: []string{"r"}, If: incident.Unwritable, Do: (*Screen).retract},
	{ID: "entry.mark", Title: "Mark the entry as a key event of the report, or take the mark away", Label: "key event", Rank: 4, Keys: []string{"*"}, If: incident.Unwritable, Do: (*Screen).mark},
	{ID: "entry.past", Title: "Show the incident as it stood when the entry was written", Label: "as it stood", Rank: 5, Keys: []string{"b"}, Do: (*Screen).past},
	{ID: "entry.answers", Title: "Say which inject of the drill the entry answers", Label: "answers", Rank: 3, Keys: []string{"l"}, When: (*Screen).noInject, Do: (*Screen).answers},
}

// filterRows choose what the list shows.
var filterRows = []kit.Row[*Screen]{
	{ID: "filter.text", Title: "Filter by text", Label: "filter", Rank: 4, Keys: []string{"/"}, Finds: true, Do: (*Screen).filterText},
	{ID: "filter.person", Title: "Filter by person", Label: "person", Rank: 4, Keys: []string{"p"}, Do: (*Screen).filterPerson},
	{ID: "filter.kind", Title: "Filter by kind", Label: "kind", Rank: 4, Keys: []string{"i"}, Do: (*Screen).filterKind},
	{ID: "filter.step", Title: "Filter by step", Label: "step", Rank: 4, Keys: []string{"s"}, Do: (*Screen).filterStep},
	{ID: "filter.order", Title: "Order by when it happened, or by when it was written", Label: "order", Rank: 4, Keys: []string{"o"}, Do: (*Screen).order},
	{ID: "filter.clear", Title: "Show every entry", Rank: 4, Keys: []string{"x"}, Do: (*Screen).showAll},
}

// Actions are what can be done with an entry, and with the filters.
func Actions() []kit.Action {
	return slices.Concat(kit.Rows(kit.At(Place()), listRows), kit.Rows(kit.At(Place(), EntryPlace()), entryRows), kit.Rows(kit.At(Place()), filterRows))
}

// ScreenActions lead to the screen.
func ScreenActions() []kit.Action {
	return []kit.Action{
		{ID: "screen.timeline", Title: "5 Timeline: every entry", Label: "timeline", Rank: 3, Keys: []string{"5"}, On: incident.Anywhere().But(Place()), Do: incident.Visit[*Screen]()},
	}
}
