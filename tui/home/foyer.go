package home

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"muster/state/response"
	"muster/tui/incident"
)

// This file is home where several people share it.

// lookEvery is after how many seconds it is looked whether others began or closed an incident.
const lookEvery = 4

// Share says who else is here.
func (h *Screen) Share(team incident.Team) { h.foyer = incident.NewFoyer(h.ui, team) }

// Clocks implements kit.Clocked: home has something to look at only where others come and go.
func (h *Screen) Clocks() bool { return h.foyer.Shared() }

// Second implements kit.Clocked. Now and then the incidents are read again, unseen.
func (h *Screen) Second() tea.Cmd {
	if h.seconds++; h.seconds%lookEvery != 0 || h.loading > 0 || h.opening || h.looking {
		return nil
	}
	h.looking = true
	desk, ctx := h.desk, h.ui.Context
	return h.ui.Unawaited(func() tea.Msg {
		heads, err := desk.Incidents(ctx)
		return looked{h, heads, err}
	})
}

// looked are the incidents, as they are by now.
type looked struct {
	of    *Screen
	heads []response.Head
	err   error
}

// Deliver implements kit.Routed: the list changes only if something in it has.
func (m looked) Deliver() tea.Cmd {
	h := m.of
	h.looking = false
	if m.err == nil && h.loading == 0 && !slices.EqualFunc(h.incidents, m.heads, sameHead) {
		h.incidents, h.listErr = m.heads, nil
		h.rebuild()
	}
	return nil
}

// sameHead reports whether a row of the list says the same.
func sameHead(a, b response.Head) bool {
	damaged := (a.Err == nil) == (b.Err == nil)
	a.Err, b.Err = nil, nil
	return damaged && a.Opened.Equal(b.Opened) && a.Closed.Equal(b.Closed) && a.ID == b.ID && a.Title == b.Title && a.Severity == b.Severity &&
		a.Entries == b.Entries && a.Done == b.Done && a.Total == b.Total && a.Two == b.Two && a.Left == b.Left && a.Branch == b.Branch
}
