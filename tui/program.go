package tui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Frames a second. A frame is the longest that a key can wait to be seen; over
// SSH the line takes longer than that anyway.
const (
	localFPS = 120
	sshFPS   = 30
)

// Run shows the screens of app on the terminal until the person leaves. SIGTERM
// and SIGHUP end it like a key would; a panic restores the terminal first and is
// returned as an error. The error also says what was not saved, if anything.
func Run(ctx context.Context, app *App, options ...tea.ProgramOption) error {
	fps := localFPS
	if app.opts.SSH {
		fps = sshFPS
	}
	p := tea.NewProgram(app, append([]tea.ProgramOption{tea.WithContext(ctx), tea.WithFPS(fps)}, options...)...)
	if !app.opts.SSH { // there the signals are the server's
		defer quitOnHangup(p)()
	}
	_, err := p.Run()
	unsaved := app.unsaved()
	app.closeAll()
	if errors.Is(err, tea.ErrInterrupted) || ctx.Err() != nil && errors.Is(err, tea.ErrProgramKilled) {
		err = nil
	}
	return errors.Join(err, unsaved)
}

// quitOnHangup ends p in order when the terminal goes away; Bubble Tea handles
// SIGTERM and SIGINT alone.
func quitOnHangup(p *tea.Program) (stop func()) {
	hangup := make(chan os.Signal, 1)
	done := make(chan struct{})
	signal.Notify(hangup, syscall.SIGHUP)
	go func() {
		select {
		case <-hangup:
			p.Quit()
		case <-done:
		}
	}()
	return func() {
		signal.Stop(hangup)
		close(done)
	}
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
