package tui

import (
	tea "charm.land/bubbletea/v2"
)

// refusalPlace is where an action was refused.
func refusalPlace() Place { return Place{Name: "refusal", Is: Over | Shut} }

// notSavedPlace is where an action could not be saved.
func notSavedPlace() Place { return Place{Name: "not saved", Is: Over} }

// readerPlace is a longer text to read.
func readerPlace() Place { return Place{Name: "reading", Is: Over | Page | Shut} }

// InIncident is the trait of the screens of an open incident.
const InIncident = FirstTrait

// inIncidents are the screens of an open incident.
func inIncidents() Where { return Every(InIncident) }

// actActions are what can be done with the incident as a whole.
func actActions() []Action {
	all := func(id, title, label string, rank int, key string, do func(*openIncident) tea.Cmd) Action {
		return Action{ID: id, Title: title, Label: label, Rank: rank, Keys: []string{key}, On: inIncidents(), When: whenWritable, Do: withIncident(do)}
	}
	return []Action{
		all("note", "Write a note", "note", 2, "n", (*openIncident).note),
		all("evidence", "Attach a file as evidence", "evidence", 3, "e", (*openIncident).evidence),
		{ID: "undo", Title: "Take back your own last entry; it stays in the log, marked", Label: "undo", Rank: 4,
			Keys: []string{"u"}, On: inIncidents(), When: whenWritable, Do: withIncident((*openIncident).undo)},
		all("role", "Take a role, or give it to somebody", "", 0, "t", (*openIncident).role),
		all("severity", "Change the severity", "", 0, "S", (*openIncident).setSeverity),
		{ID: "inputs", Title: "Answer what the runbook asks at the start", Rank: 2, Keys: []string{"I"}, On: inIncidents(),
			When: whenIncident((*openIncident).noInputs), Do: withIncident((*openIncident).answerInputs), Now: labelOf((*openIncident).inputsLabel)},
		all("step.add", "Add a step", "", 0, "+", (*openIncident).addStep),
		{ID: "runbook.attach", Title: "Attach another runbook", Keys: []string{"R"}, On: inIncidents(), When: whenWritable, Do: withIncident((*openIncident).attach)},
		all("occurred", "Say when the next action happened, if not now", "", 0, "T", (*openIncident).setWhen),
		{ID: "close", Title: "Close the incident, or reopen it", Keys: []string{"C"}, On: inIncidents(),
			When: whenWritable, Do: withIncident((*openIncident).closeOrReopen)},
		{ID: "notsaved.show", Title: "Show what could not be saved", Label: "NOT SAVED", Keys: []string{"!"}, On: inIncidents(),
			When: whenIncident((*openIncident).allSaved), Do: withIncident((*openIncident).showNotSaved)},
	}
}

// needActions are what somebody needs on every screen of an incident.
func needActions() []Action {
	sitrep := withIncident((*openIncident).sitrep)
	return []Action{
		{ID: "alert.seen", Title: "Take away the alert that was seen", Label: "seen", Keys: []string{"z"}, On: inIncidents(),
			When: whenIncident((*openIncident).noAlert), Do: withIncident((*openIncident).seen)},
		{ID: "timer.set", Title: "Set a timer", Label: "timer", Rank: 6, Keys: []string{"@"}, On: inIncidents(), When: whenWritable, Do: withIncident((*openIncident).setTimer)},
		{ID: "witness", Title: "Read the head to somebody outside, and record who was told", Keys: []string{"V"}, On: inIncidents(), When: whenWritable, Do: withIncident((*openIncident).witness)},
		{ID: "role.hand", Title: "Hand a role over to another person", Keys: []string{"H"}, On: inIncidents(),
			When: whenIncident((*openIncident).noRoles), Do: withIncident((*openIncident).handOver)},
		{ID: "role.acknowledge", Title: "Take a role that is handed over", Label: "take the role", Keys: []string{"K"}, On: inIncidents(),
			When: whenIncident((*openIncident).noPending), Do: withIncident((*openIncident).acknowledge)},
		{ID: "sitrep", Title: "Where things stand: the situation report", Label: "sitrep", Rank: 6, Keys: []string{"W"}, On: inIncidents(),
			When: whenIncident((*openIncident).noSitrep), Do: sitrep},
		{ID: "sitrep.issue", Title: "Record that the sitrep goes out", Label: "issue", Keys: []string{"i"}, On: At(readerPlace()),
			When: Unless((*reader).noIssue), Do: With((*reader).issue)},
		{ID: "reader.copy", Title: "Copy the text", Label: "copy", Keys: []string{"c"}, On: At(readerPlace()), Do: With((*reader).copy)},
	}
}

// boardActions are what can be done on every board.
func boardActions() []Action {
	return []Action{
		{ID: "board.other", Title: "Between the list and the text", Label: "to the text", Rank: 6, Keys: []string{"tab"}, On: Every(Split), Do: With(boardPart.other)},
	}
}

// A boardPart is a screen with a list and a text.
type boardPart interface{ other() tea.Cmd }

// savingActions are what can be done about an action that was refused, or not saved.
func savingActions() []Action {
	return []Action{
		{ID: "refusal.override", Title: "Do it all the same, with a reason", Label: "override", Keys: []string{"o"},
			On: At(refusalPlace()), When: Unless((*refusalDialog).cannotOverride), Do: With((*refusalDialog).override)},
		{ID: "refusal.edit", Title: "Change what was typed", Label: "edit", Keys: []string{"e"},
			On: At(refusalPlace()), When: Unless((*refusalDialog).cannotEdit), Do: With((*refusalDialog).edit)},
		{ID: "refusal.leave", Title: "Close, without doing anything", Label: "close", Keys: []string{"enter"}, On: Every(Shut), Do: (*UI).Cancel},
		{ID: "notsaved.retry", Title: "Try again to save", Label: "try again", Keys: []string{"t"}, On: At(notSavedPlace()), Do: With((*notSavedDialog).retry)},
		{ID: "notsaved.rescue", Title: "Write the log anew in its folder, and go on there", Label: "rescue here", Keys: []string{"r"},
			On: At(notSavedPlace()), Do: With((*notSavedDialog).rescueHere)},
		{ID: "notsaved.elsewhere", Title: "Write the log anew in another folder, and go on there", Label: "rescue elsewhere", Keys: []string{"f"},
			On: At(notSavedPlace()), Do: With((*notSavedDialog).rescueElsewhere)},
	}
}

// leaveActions lead out of the incident, and back to its first screen.
func leaveActions() []Action {
	return []Action{
		{ID: "back", Title: "Leave the incident; it stays as it is", Label: "leave", Rank: 5, Keys: []string{"q"}, On: inIncidents(), Do: withIncident((*openIncident).leave)},
		{ID: "back.run", Title: "Back to the steps", Keys: []string{"esc"}, On: inIncidents(), Do: withIncident((*openIncident).escape)},
	}
}

// inIncident is a screen of an open incident.
type inIncident interface{ incident() *openIncident }

// incidentOf is the incident of the top screen; nil if it has none.
func incidentOf(u *UI) *openIncident {
	if s, ok := u.Screen().(inIncident); ok {
		return s.incident()
	}
	return nil
}

// withIncident makes an action of what is done with the incident on the screen.
func withIncident(do func(*openIncident) tea.Cmd) func(*UI) tea.Cmd {
	return func(u *UI) tea.Cmd {
		if o := incidentOf(u); o != nil {
			return do(o)
		}
		return nil
	}
}

// whenIncident makes a condition of what is true of the incident on the screen.
func whenIncident(when func(*openIncident) string) func(*UI) string {
	return func(u *UI) string {
		if o := incidentOf(u); o != nil {
			return when(o)
		}
		return "No incident is open."
	}
}

// labelOf makes a label of the incident on the screen.
func labelOf(label func(*openIncident) string) func(*UI) string {
	return func(u *UI) string {
		if o := incidentOf(u); o != nil {
			return label(o)
		}
		return ""
	}
}

func whenWritable(u *UI) string { return whenIncident((*openIncident).cannot)(u) }

// partOf is the part of type P of the incident on the screen.
func partOf[P any](u *UI) (p P, ok bool) {
	if o := incidentOf(u); o != nil {
		for _, one := range o.parts {
			if p, ok = one.(P); ok {
				return p, ok
			}
		}
	}
	return p, false
}

// withPart makes an action of a part of the incident, whatever screen is seen.
func withPart[P any](do func(P) tea.Cmd) func(*UI) tea.Cmd {
	return func(u *UI) tea.Cmd {
		if p, ok := partOf[P](u); ok {
			return do(p)
		}
		return nil
	}
}

// whenPart makes a condition of a part of the incident.
func whenPart[P any](when func(P) string) func(*UI) string {
	return func(u *UI) string {
		if p, ok := partOf[P](u); ok {
			return when(p)
		}
		return "No incident is open."
	}
}

// labelOfPart makes a label of a part of the incident.
func labelOfPart[P any](label func(P) string) func(*UI) string {
	return func(u *UI) string {
		if p, ok := partOf[P](u); ok {
			return label(p)
		}
		return ""
	}
}

// goTo makes an action that leads to the screen of type S.
func goTo[S Screen]() func(*UI) tea.Cmd {
	return func(u *UI) tea.Cmd {
		if s, ok := partOf[S](u); ok {
			return incidentOf(u).to(s)
		}
		return nil
	}
}
