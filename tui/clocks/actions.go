package clocks

import (
	"slices"

	"muster/tui/incident"
	"muster/tui/kit"
)

// clockRows are what can be done with a clock.
var clockRows = []kit.Row[*Screen]{
	{ID: "clock.next", Title: "Do what comes next: start the clock, meet it, end the timer", Keys: []string{"enter"}, Do: (*Screen).next, Now: (*Screen).nextLabel},
	{ID: "clock.start", Title: "Start the clock by hand, with a reason", Label: "start", Rank: 2, Keys: []string{"s"}, When: (*Screen).noStart, Do: (*Screen).start},
	{ID: "clock.meet", Title: "Say that what the clock asks for was done", Label: "met", Rank: 2, Keys: []string{"d"}, When: (*Screen).noEnd, Do: (*Screen).meet},
	{ID: "clock.waive", Title: "Say why what the clock asks for need not be done", Label: "waive", Rank: 2, Keys: []string{"w"}, When: (*Screen).noEnd, Do: (*Screen).waive},
	{ID: "clock.law", Title: "Start a deadline that a law sets, and the runbook does not name", Label: "a law", Rank: 6, Keys: []string{"+"}, If: incident.Unwritable, Do: (*Screen).law},
}

// Actions are what can be done with a clock, or with what people set.
func Actions() []kit.Action { return kit.Rows(kit.At(Place()), slices.Concat(clockRows, pendingRows)) }

// ScreenActions lead to the screen.
func ScreenActions() []kit.Action {
	return []kit.Action{
		{ID: "screen.clocks", Title: "4 Clocks and timers", Label: "clocks", Rank: 4, Keys: []string{"4"}, On: incident.Anywhere().But(Place()), Do: incident.Visit[*Screen]()},
	}
}
