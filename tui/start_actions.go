package tui

// startPlace is the form that starts an incident.
func startPlace() Place { return Place{Name: "start form", Is: Typing | Fields} }

// startActions are what can be done with the form.
func startActions() []Action {
	return []Action{
		{ID: "start.begin", Title: "Start the incident", Label: "start", Keys: []string{"ctrl+s"}, On: At(startPlace()), Do: With((*startScreen).begin)},
		{ID: "start.next", Title: "To the next field; on the last, start", Label: "next", Keys: []string{"enter"}, On: At(startPlace()), Do: With((*startScreen).Take)},
		{ID: "start.back", Title: "Back home, without starting", Label: "back", Keys: []string{"esc"}, Fixed: true, On: At(startPlace()), Do: With((*startScreen).leave)},
	}
}
