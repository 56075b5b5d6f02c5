package tui

import (
	tea "charm.land/bubbletea/v2"
)

// homePlace is the list of what there is.
func homePlace() Place { return Place{Name: "home", Is: List} }

// homeActions are what can be done at home.
func homeActions() []Action {
	mine := func(id, title, label string, rank int, keys []string, do func(*homeScreen) tea.Cmd) Action {
		return Action{ID: id, Title: title, Label: label, Rank: rank, Keys: keys, On: At(homePlace()), Do: With(do)}
	}
	enter := mine("home.open", "Open the incident, or start the runbook", "", 0, []string{"enter"}, (*homeScreen).Take)
	enter.Now = Label((*homeScreen).Takes)
	watch := mine("home.watch", "Look at the incident without recording anything", "watch", 2, []string{"w"}, (*homeScreen).watch)
	watch.When = Unless((*homeScreen).noIncident)
	return []Action{
		enter,
		watch,
		mine("home.filter", "Filter by typing", "filter", 1, []string{"/"}, (*homeScreen).filterText),
		mine("home.clear", "Show everything again", "", 0, []string{"esc"}, (*homeScreen).clear),
		mine("home.reload", "Read the lists again", "", 0, []string{"ctrl+r"}, (*homeScreen).load),
		mine("home.leave", "End muster", "end", 1, []string{"q"}, func(h *homeScreen) tea.Cmd { return h.ui.Quit() }),
	}
}
