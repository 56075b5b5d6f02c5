package home

import (
	tea "charm.land/bubbletea/v2"

	"muster/tui/kit"
)

// Actions are what can be done at home.
func Actions() []kit.Action {
	mine := func(id, title, label string, rank int, keys []string, do func(*Screen) tea.Cmd) kit.Action {
		return kit.Action{ID: id, Title: title, Label: label, Rank: rank, Keys: keys, On: kit.At(Place()), Do: kit.With(do)}
	}
	enter := mine("home.open", "Open the incident, or start the runbook", "", 0, []string{"enter"}, (*Screen).Take)
	enter.Now = kit.Label((*Screen).Takes)
	watch := mine("home.watch", "Look at the incident without recording anything", "watch", 2, []string{"w"}, (*Screen).watch)
	watch.When = kit.Unless((*Screen).noIncident)
	return []kit.Action{
		enter,
		watch,
		mine("home.filter", "Filter by typing", "filter", 1, []string{"/"}, (*Screen).filterText),
		mine("home.reload", "Read the lists again", "", 0, []string{"ctrl+r"}, (*Screen).Load),
		mine("home.leave", "End muster", "end", 1, []string{"q"}, func(h *Screen) tea.Cmd { return h.ui.Quit() }),
	}
}
