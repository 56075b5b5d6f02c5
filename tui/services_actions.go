package tui

// servicesPlace is screen 2.
func servicesPlace() Place { return Place{Name: "services", Is: List | InIncident} }

// servicesActions are what can be done with a service.
func servicesActions() []Action {
	return []Action{
		{ID: "service.set", Title: "Set the service's state, with a reason", Label: "set state", Keys: []string{"enter", "s"}, On: At(servicesPlace()),
			When: whenWritable, Do: With((*servicesScreen).set)},
	}
}

// checkActions look at services from outside.
func checkActions() []Action {
	return []Action{
		{ID: "service.check", Title: "Look at the service from outside, now", Label: "check", Rank: 1, Keys: []string{"p"}, On: At(servicesPlace()),
			When: Unless((*servicesScreen).noCheck), Do: With((*servicesScreen).check)},
		{ID: "service.check-all", Title: "Look at every service from outside, now", Label: "check all", Rank: 2, Keys: []string{"P"}, On: At(servicesPlace()),
			When: whenIncident((*openIncident).noCheckAll), Do: withIncident((*openIncident).checkAll)},
	}
}

// servicesScreenActions lead to the screen.
func servicesScreenActions() []Action {
	return []Action{
		{ID: "screen.services", Title: "2 Services", Label: "services", Rank: 3, Keys: []string{"2"}, On: inIncidents().But(servicesPlace()), Do: goTo[*servicesScreen]()},
	}
}
