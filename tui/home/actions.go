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
	team := mine("home.team", "Who is here, and where", "", 0, []string{"U"}, func(h *Screen) tea.Cmd { return h.foyer.ShowTeam() })
	team.When = kit.Unless(func(h *Screen) string { return h.foyer.NoTeam() })
	door := mine("home.door", "The door: invite somebody by a code, or say yes to who waits", "", 0, []string{"&"}, func(h *Screen) tea.Cmd { return h.foyer.ShowDoor() })
	door.When = kit.Unless(func(h *Screen) string { return h.foyer.NoDoor() })
	filter := mine("home.filter", "Filter by typing", "filter", 1, []string{"/"}, (*Screen).filterText)
	filter.Finds = true
	return []kit.Action{
		enter,
		watch,
		filter,
		mine("home.reload", "Read the lists again", "", 0, []string{"ctrl+r"}, (*Screen).reload),
		team,
		door,
		mine("home.leave", "End muster", "end", 1, []string{"q"}, func(h *Screen) tea.Cmd { return h.ui.Quit() }),
	}
}

// reload is Load, by its key.
func (h *Screen) reload() tea.Cmd {
	h.ui.Say("The lists are read again.")
	return h.Load()
}
