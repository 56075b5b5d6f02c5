package home

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/tui/kit"
)

// rest is how long the cursor stands still before the bar and the summary follow it, on a
// line where bytes take their time.
const rest = 80 * time.Millisecond

// rested says that the cursor has stood still since its nth movement.
type rested struct {
	of    *Screen
	moves int
}

// Deliver implements kit.Routed.
func (m rested) Deliver() tea.Cmd {
	if m.of.moves == m.moves {
		m.of.moving = false
	}
	return nil
}

// goesOn says that the cursor was moved from a row.
func (h *Screen) goesOn(from int) tea.Cmd {
	if !kit.Sparing(h.ui) {
		return nil
	}
	if !h.moving {
		h.rests, h.moving = from, true
	}
	h.moves++
	n := h.moves
	return h.ui.Unawaited(tea.Tick(rest, func(time.Time) tea.Msg { return rested{h, n} }))
}

// Restless implements kit.Restless.
func (h *Screen) Restless() bool { return h.moving }

// bar is the row that the bar is on, and that the summary is of.
func (h *Screen) bar() int {
	if h.moving {
		return h.rests
	}
	return h.cursor
}
