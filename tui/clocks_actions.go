package tui

import (
	tea "charm.land/bubbletea/v2"
)

// clocksPlace is screen 4.
func clocksPlace() Place { return Place{Name: "clocks", Is: List | InIncident | Split} }

// clocksActions are what can be done with a clock or a timer.
func clocksActions() []Action {
	clock := func(id, title, label string, rank int, key string, when func(*clocksScreen) string, do func(*clocksScreen) tea.Cmd) Action {
		return Action{ID: id, Title: title, Label: label, Rank: rank, Keys: []string{key}, On: At(clocksPlace()), When: Unless(when), Do: With(do)}
	}
	enter := clock("clock.next", "Do what comes next: start the clock, meet it, end the timer", "", 0, "enter", func(*clocksScreen) string { return "" }, (*clocksScreen).next)
	enter.Now = Label((*clocksScreen).nextLabel)
	return []Action{
		enter,
		clock("clock.start", "Start the clock by hand, with a reason", "start", 2, "s", (*clocksScreen).noStart, (*clocksScreen).start),
		clock("clock.meet", "Say that what the clock asks for was done", "met", 2, "d", (*clocksScreen).noEnd, (*clocksScreen).meet),
		clock("clock.waive", "Say why what the clock asks for need not be done", "waive", 2, "w", (*clocksScreen).noEnd, (*clocksScreen).waive),
		clock("timer.end", "End the timer", "end", 2, "x", (*clocksScreen).noTimer, (*clocksScreen).endTimer),
	}
}

// clocksScreenActions lead to the screen.
func clocksScreenActions() []Action {
	return []Action{
		{ID: "screen.clocks", Title: "4 Clocks and timers", Label: "clocks", Rank: 4, Keys: []string{"4"}, On: inIncidents().But(clocksPlace()), Do: goTo[*clocksScreen]()},
	}
}
