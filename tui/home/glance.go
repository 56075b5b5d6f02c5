package home

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state/response"
)

// stale is how long the list of incidents is taken as it was read.
const stale = 5 * time.Second

// A glanced is the list of incidents, read again without a word.
type glanced struct {
	of    *Screen
	heads []response.Head
	bare  bool
	err   error
}

// Glanced is told that somebody looks at the screens, or acts. What others have opened or closed
// since the list was read is noticed then, and not by waking up for it.
func (h *Screen) Glanced() tea.Cmd {
	now := h.ui.Now()
	if !h.read || h.loading > 0 || h.opening || now.Sub(h.glanced) < stale {
		return nil
	}
	h.glanced = now
	desk, ctx := h.desk, h.ui.Context
	return h.ui.Unawaited(func() tea.Msg {
		heads, err := desk.Incidents(ctx)
		return glanced{h, heads, desk.Bare(), err}
	})
}

// Deliver implements kit.Routed.
func (m glanced) Deliver() tea.Cmd {
	h := m.of
	if m.err != nil || h.loading > 0 {
		return nil // what was read stays; reading it by its key says why
	}
	h.incidents, h.listErr, h.bare = m.heads, nil, m.bare && !h.ui.SSH
	h.moved = h.moved || len(h.items) > 0 // the cursor stays on what was seen under it
	h.rebuild()
	return nil
}
