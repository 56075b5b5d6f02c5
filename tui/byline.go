package tui

import (
	"context"

	"muster/tui/plain"
)

// A Plain shows the screens line by line.
type Plain struct {
	*plain.Program
	app *App
}

// PlainLine is where lines come from, and where they go.
type PlainLine = plain.Line

// The size that screens have where nothing is drawn: enough that none leaves anything out.
const (
	plainWidth  = 200
	plainHeight = 100
)

// NewPlain makes a program that can run once. The app must have been made with ByLine.
// Canceling ctx ends it.
func NewPlain(ctx context.Context, app *App, line PlainLine) *Plain {
	return &Plain{plain.New(ctx, app, app.ui, line), app}
}

// Run shows the screens until the person leaves, or the input ends; see [Program.Run].
func (p *Plain) Run() error { return p.app.ended(p.Program.Run()) }
