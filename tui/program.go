package tui

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"muster/tui/kit"
	"muster/tui/terminal"
	"muster/tui/widget"
)

// Run shows the screens of app on the program's own terminal; see [Program.Run].
func Run(ctx context.Context, app *App) error {
	app.ui.Unsure = true
	return NewProgram(ctx, app, Terminal{}).Run()
}

// A Terminal is where the screens are shown. The zero Terminal is the program's own.
type Terminal = terminal.Line

// A Program shows the screens on a terminal.
type Program struct {
	*terminal.Program
	app *App
}

// NewProgram makes a program that can run once. Canceling ctx ends it.
func NewProgram(ctx context.Context, app *App, t Terminal) *Program {
	p := &Program{app: app}
	options := terminal.Options{Slow: app.ui.Slow, Settling: app.settling, Stays: stays{app.ui}, Silent: app.opts.Silent}
	if app.opts.Wide {
		options.Measure = widget.ClusterWidth
	}
	p.Program = terminal.New(ctx, app, t, options)
	app.colours(p.Profile())
	app.ui.Lent, app.ui.Notify = p.Lend, p.Notify
	return p
}

// Run shows the screens until the person leaves; see [terminal.Program.Run]. What a
// panic said is returned as an error, with what was typed until then. The error also
// says what was not saved, if anything.
func (p *Program) Run() error { return p.app.ended(p.Program.Run()) }

// ended lets go of everything once the screens are gone, and says what there is to say
// about how they ended.
func (a *App) ended(err error) error {
	var typed error
	if crash := new(terminal.Crash); errors.As(err, &crash) {
		err = fmt.Errorf("the screens failed. What was saved is safe: muster open goes on. Please report this: %w", err)
		typed = survivor(a.typed)
	}
	unsaved := survivor(a.unsaved)
	kept := survivor(a.ui.Drafts.Flush)
	_ = survivor(func() error { a.closeAll(); return nil })
	return errors.Join(err, unsaved, typed, kept)
}

// survivor calls what looks at screens that may have failed, and so may fail itself.
func survivor(look func() error) (err error) {
	defer func() {
		if what := recover(); what != nil {
			err = fmt.Errorf("what was not saved cannot be told: %v", what)
		}
	}()
	return look()
}

// stays says that the program cannot be suspended.
type stays struct{ ui *kit.UI }

// Deliver implements Routed.
func (m stays) Deliver() tea.Cmd {
	m.ui.Say("There is no shell to suspend to.")
	return nil
}
