package home

import (
	tea "charm.land/bubbletea/v2"

	"muster/tui/kit"
)

// Actions are what can be done at home.
func Actions() []kit.Action {
	return kit.Rows(kit.At(Place()), []kit.Row[*Screen]{
		{ID: "home.open", Title: "Open the incident, or start the runbook", Keys: []string{"enter"}, Do: (*Screen).Take, Now: (*Screen).Takes},
		{ID: "home.watch", Title: "Look at the incident without recording anything", Label: "watch", Rank: 2, Keys: []string{"w"}, When: (*Screen).noIncident, Do: (*Screen).watch},
		{ID: "home.filter", Title: "Filter by typing", Label: "filter", Rank: 1, Keys: []string{"/"}, Finds: true, Do: (*Screen).filterText},
		{ID: "home.reload", Title: "Read the lists again", Keys: []string{"ctrl+r"}, Do: (*Screen).reload},
		{ID: "home.team", Title: "Who is here, and where", Keys: []string{"U"}, When: (*Screen).noTeam, Do: (*Screen).team},
		{ID: "home.door", Title: "The door: invite somebody by a code, or say yes to who waits", Keys: []string{"&"}, When: (*Screen).noDoor, Do: (*Screen).door},
		{ID: "home.leave", Title: "End muster", Label: "end", Rank: 1, Keys: []string{"q"}, Do: (*Screen).leave},
	})
}

func (h *Screen) noTeam() string { return h.foyer.NoTeam() }
func (h *Screen) team() tea.Cmd  { return h.foyer.ShowTeam() }
func (h *Screen) noDoor() string { return h.foyer.NoDoor() }
func (h *Screen) door() tea.Cmd  { return h.foyer.ShowDoor() }
func (h *Screen) leave() tea.Cmd { return h.ui.Quit() }

// reload is Load, by its key.
func (h *Screen) reload() tea.Cmd {
	h.ui.Say("The lists are read again.")
	return h.Load()
}
