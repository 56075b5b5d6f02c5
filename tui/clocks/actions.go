package clocks

import (
	tea "charm.land/bubbletea/v2"

	"muster/tui/incident"
	"muster/tui/kit"
)

// Actions are what can be done with a clock or a timer.
func Actions() []kit.Action {
	clock := func(id, title, label string, rank int, key string, when func(*Screen) string, do func(*Screen) tea.Cmd) kit.Action {
		return kit.Action{ID: id, Title: title, Label: label, Rank: rank, Keys: []string{key}, On: kit.At(Place()), When: kit.Unless(when), Do: kit.With(do)}
	}
	enter := clock("clock.next", "Do what comes next: start the clock, meet it, end the timer", "", 0, "enter", func(*Screen) string { return "" }, (*Screen).next)
	enter.Now = kit.Label((*Screen).nextLabel)
	end := clock("timer.end", "End the timer", "end", 2, "x", (*Screen).noTimer, (*Screen).endTimer)
	end.Records = kit.Label(func(s *Screen) string { return "the end of the timer " + s.timer().Title })
	return []kit.Action{
		enter,
		clock("clock.start", "Start the clock by hand, with a reason", "start", 2, "s", (*Screen).noStart, (*Screen).start),
		clock("clock.meet", "Say that what the clock asks for was done", "met", 2, "d", (*Screen).noEnd, (*Screen).meet),
		clock("clock.waive", "Say why what the clock asks for need not be done", "waive", 2, "w", (*Screen).noEnd, (*Screen).waive),
		{ID: "clock.law", Title: "Start a deadline that a law sets, and the runbook does not name", Label: "a law", Rank: 6, Keys: []string{"+"}, On: kit.At(Place()),
			When: incident.Unwritable, Do: kit.With((*Screen).law)},
		end,
	}
}

// ScreenActions lead to the screen.
func ScreenActions() []kit.Action {
	return []kit.Action{
		{ID: "screen.clocks", Title: "4 Clocks and timers", Label: "clocks", Rank: 4, Keys: []string{"4"}, On: incident.Anywhere().But(Place()), Do: incident.Visit[*Screen]()},
	}
}
