package tui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

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
	defer quitOnHangup(p)()
	_, err := p.Run()
	app.closeAll()
	if errors.Is(err, tea.ErrInterrupted) || ctx.Err() != nil && errors.Is(err, tea.ErrProgramKilled) {
		err = nil
	}
	return errors.Join(err, app.unsaved())
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

// unsaved says which actions were asked for and are not in the log.
func (a *App) unsaved() error {
	var lines []string
	for _, s := range a.screens {
		if s, ok := s.(interface{ incident() *openIncident }); ok {
			o := s.incident()
			for _, saving := range o.queue {
				lines = append(lines, "  "+o.say(saving))
			}
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return fmt.Errorf("NOT SAVED, enter it again:\n%s", strings.Join(lines, "\n"))
}

// closeAll lets go of every session.
func (a *App) closeAll() {
	for _, s := range a.screens {
		if s, ok := s.(interface{ incident() *openIncident }); ok {
			s.incident().close()
		}
	}
}
