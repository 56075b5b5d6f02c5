package terminal

import (
	"io"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"syscall"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
)

// A Line leads to the terminal on which a program is shown. The zero Line leads to
// the process's own: its raw mode, size, signals and suspending are looked after. Any other is a
// line to somebody's terminal, and those are the business of who holds it; new
// sizes come as messages.
type Line struct {
	In      io.Reader            // keys
	Out     io.Writer            // what is drawn
	Environ []string             // TERM and so on; nil: the program's
	Profile colorprofile.Profile // its colours; Unknown: what Environ says
	Raw     bool                 // a new line does not go back to the first column there, as on any terminal that is raw at its end
	Width   int                  // cells
	Height  int                  // rows
}

// A tty is the process's own terminal; nil if the program is shown on another.
type tty struct{ uv.Console }

// raw has every key come as it is pressed.
func (t *tty) raw() error {
	if t == nil {
		return nil
	}
	_, err := t.MakeRaw()
	return err
}

// cooked undoes raw. What cannot be undone is gone.
func (t *tty) cooked() {
	if t != nil {
		_ = t.Restore()
	}
}

// size is the terminal's size. What it does not know, the environment may.
func (t *tty) size() tea.WindowSizeMsg {
	w, h, _ := t.GetSize()
	for _, side := range []struct {
		cells    *int
		variable string
		usual    int
	}{{&w, "COLUMNS", 80}, {&h, "LINES", 24}} {
		if *side.cells <= 0 {
			*side.cells, _ = strconv.Atoi(t.Getenv(side.variable))
		}
		if *side.cells <= 0 {
			*side.cells = side.usual
		}
	}
	return tea.WindowSizeMsg{Width: w, Height: h}
}

// watch calls resized when the size has changed, and hangup when the terminal goes
// away or SIGTERM asks the program to end. SIGINT is the caller's: it may be meant for an
// editor that has the terminal. SIGQUIT and SIGABRT, with which a
// program that hangs is asked where, and SIGSEGV and SIGBUS from another process, end it as
// they do, but on a terminal that can be used, which off turns it into: it does not wait for the loop.
//
// A process that was stopped and goes on, without having asked for it, finds the terminal
// as the shell has left it: continued is called then.
func (t *tty) watch(resized, continued, hangup func(), off func() string) (stop func()) {
	if t == nil {
		return func() {}
	}
	sizes, goes, gone, fatal, done := make(chan os.Signal, 1), make(chan os.Signal, 1), make(chan os.Signal, 1), make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(gone, syscall.SIGHUP, syscall.SIGTERM)
	signal.Notify(fatal, syscall.SIGQUIT, syscall.SIGABRT, syscall.SIGSEGV, syscall.SIGBUS)
	notifyContinued(goes)
	if runtime.GOOS != "windows" { // there sizes come with the keys
		uv.NotifyWinch(sizes)
	}
	go func() {
		for {
			select {
			case <-sizes:
				resized()
			case <-goes:
				continued()
			case <-gone:
				hangup()
			case s := <-fatal:
				_, _ = t.Write([]byte(off()))
				t.cooked()
				die(s)
			case <-done:
				return
			}
		}
	}()
	return func() {
		signal.Stop(sizes)
		signal.Stop(goes)
		signal.Stop(gone)
		signal.Stop(fatal)
		close(done)
	}
}

// release gives the terminal back. The next picture takes it again.
func (p *Program) release() {
	p.keys.release()
	p.paint.leave()
	p.tty.cooked()
}

// retake takes the terminal again after release. It may have another size now.
func (p *Program) retake() {
	p.ticks = true  // Bubble Tea has begun that anew, too
	_ = p.tty.raw() // a terminal that is gone ends the keys, and so the program
	p.keys.start()
	if p.tty != nil {
		go p.sendSize()
	}
}

func (p *Program) sendSize() { p.Send(p.tty.size()) }

// Lend makes a command that has the terminal to itself while it runs.
func (p *Program) Lend(command tea.ExecCommand) tea.ExecCommand { return lent{command, p} }

type lent struct {
	tea.ExecCommand
	by *Program
}

// SetStdin implements tea.ExecCommand. Bubble Tea does not know where the keys are.
func (l lent) SetStdin(io.Reader) { l.ExecCommand.SetStdin(l.by.in) }

// Run implements tea.ExecCommand.
func (l lent) Run() error {
	l.by.release()
	defer l.by.retake()
	return l.ExecCommand.Run()
}
