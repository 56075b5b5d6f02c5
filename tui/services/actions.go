package services

import (
	"muster/tui/incident"
	"muster/tui/kit"
)

// Actions are what can be done with a service.
func Actions() []kit.Action {
	return []kit.Action{
		{ID: "service.set", Title: "Set the service's state, with a reason", Label: "set state", Keys: []string{"enter", "s"}, On: kit.At(Place()),
			When: incident.Unwritable, Do: kit.With((*Screen).set)},
		{ID: "service.add", Title: "Add a service that is not in the list", Label: "add", Rank: 6, Keys: []string{"+"}, On: kit.At(Place()),
			When: incident.Unwritable, Do: kit.With((*Screen).add)},
	}
}

// CheckActions look at services from outside.
func CheckActions() []kit.Action {
	return []kit.Action{
		{ID: "service.check", Title: "Look at the service from outside, now", Label: "check", Rank: 1, Keys: []string{"p"}, On: kit.At(Place()),
			When: kit.Unless((*Screen).noCheck), Do: kit.With((*Screen).check)},
		{ID: "service.check-all", Title: "Look at every service from outside, now", Label: "check all", Rank: 2, Keys: []string{"P"}, On: kit.At(Place()),
			When: incident.Unless((*incident.Open).NoCheckAll), Do: incident.With((*incident.Open).CheckAll)},
	}
}

// ScreenActions lead to the screen.
func ScreenActions() []kit.Action {
	return []kit.Action{
		{ID: "screen.services", Title: "2 Services", Label: "services", Rank: 3, Keys: []string{"2"}, On: incident.Anywhere().But(Place()), Do: incident.Visit[*Screen]()},
	}
}
