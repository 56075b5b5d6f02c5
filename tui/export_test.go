package tui

import "context"

// NewStart makes the screens, beginning at the form that starts a runbook.
func NewStart(ctx context.Context, desk Desk, runbook string, opts Options) (*App, error) {
	a, err := newApp(ctx, desk, opts)
	if err == nil {
		a.start = a.home.Choose(runbook)
	}
	return a, err
}
