package tui

import (
	"context"

	"muster/tui/kit"
)

// NewStart makes the screens, beginning at the form that starts a runbook.
func NewStart(ctx context.Context, desk Desk, runbook string, opts Options) (*App, error) {
	a, err := newApp(ctx, desk, opts)
	if err == nil {
		a.start = a.home.Choose(runbook)
	}
	return a, err
}

// Unsure is what Run says of its terminal before it has answered.
func (a *App) Unsure() { a.ui.Unsure = true }

// Sparing reports whether few bytes are drawn.
func (a *App) Sparing() bool { return kit.Sparing(a.ui) }
