package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/tui/terminal"
)

// Run shows the screens of app on the program's own terminal; see [Program.Run].
func Run(ctx context.Context, app *App) error {
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
	p.Program = terminal.New(ctx, app, t, terminal.Options{Slow: app.opts.SSH, Settling: app.settling, Stays: stays{}})
	app.lent = p.Lend
	return p
}

// Run shows the screens until the person leaves; see [terminal.Program.Run]. What a
// panic said is returned as an error. The error also says what was not saved, if
// anything.
func (p *Program) Run() error {
	err := p.Program.Run()
	if crash := new(terminal.Crash); errors.As(err, &crash) {
		err = fmt.Errorf("the screens failed. What was saved is safe: muster open goes on. Please report this: %w", err)
	}
	unsaved := p.app.unsaved()
	p.app.closeAll()
	return errors.Join(err, unsaved)
}

// stays says that the program cannot be suspended.
type stays struct{}

func (stays) deliver(a *App) tea.Cmd {
	a.said = "There is no shell to suspend to."
	return nil
}

// lastSave is how long an action that was being saved when the program ended may
// still take.
const lastSave = 3 * time.Second

// unsaved says which actions were asked for and are not in the log.
func (a *App) unsaved() error {
	var lines []string
	for o := range a.incidents {
		if o.sending > 0 {
			lines = append(lines, "  a notice was on its way: look whether it arrived, and record that")
		}
		for i, s := range o.queue {
			if i == 0 && o.stuck == nil && s.savedLate() {
				continue
			}
			lines = append(lines, "  "+o.say(s))
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return fmt.Errorf("NOT SAVED, enter it again:\n%s", strings.Join(lines, "\n"))
}

// savedLate waits for an action that was being saved, and reports whether it was.
func (s *saving) savedLate() bool {
	select {
	case err := <-s.result:
		return err == nil
	case <-time.After(lastSave):
		return false
	}
}

// incidents yields the incidents that are open.
func (a *App) incidents(yield func(*openIncident) bool) {
	for _, s := range a.screens {
		if s, ok := s.(interface{ incident() *openIncident }); ok && !yield(s.incident()) {
			return
		}
	}
}

// closeAll lets go of every session.
func (a *App) closeAll() {
	for o := range a.incidents {
		o.close()()
	}
}
