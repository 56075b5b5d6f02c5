package tui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
)

// Run shows the screens of app on the program's own terminal until the person
// leaves; see [Program.Run].
func Run(ctx context.Context, app *App) error {
	return NewProgram(ctx, app, Terminal{}).Run()
}

// A Program shows the screens on a terminal. Bubble Tea reads the keys and runs the
// loop; what is drawn is drawn by a painter, which the loop alone calls.
type Program struct {
	ctx   context.Context // without the program's own end
	ended context.Context // its cause may be a *crash
	crash context.CancelCauseFunc
	app   *App
	tea   *tea.Program
	tty   *tty
	paint *painter
}

// NewProgram makes a program that runs once. Canceling ctx ends it.
func NewProgram(ctx context.Context, app *App, t Terminal) *Program {
	p := &Program{ctx: ctx, app: app}
	p.ended, p.crash = context.WithCancelCause(ctx)
	if t.Environ == nil {
		t.Environ = os.Environ()
	}
	options := []tea.ProgramOption{tea.WithContext(p.ended), tea.WithoutRenderer(), tea.WithFPS(1), tea.WithFilter(p.filter)}
	if t.In == nil && t.Out == nil {
		p.tty = &tty{uv.NewConsole(os.Stdin, os.Stdout, t.Environ)}
		t.In, t.Out = os.Stdin, os.Stdout
		t.Width, t.Height = p.tty.size()
	} else {
		options = append(options, tea.WithoutSignalHandler())
	}
	if t.Profile == colorprofile.Unknown {
		t.Profile = colorprofile.Detect(t.Out, t.Environ)
	}
	p.paint = &painter{out: t.Out, env: t.Environ, profile: t.Profile, tty: p.tty != nil, every: localFrame,
		cells: uv.NewScreenBuffer(0, 0), later: func() { p.tea.Send(frame{}) }}
	if app.opts.SSH {
		p.paint.every = sshFrame
	}
	app.lent = p.lend
	p.tea = tea.NewProgram(model{p}, append(options, tea.WithInput(t.In), tea.WithOutput(t.Out), tea.WithEnvironment(t.Environ),
		tea.WithColorProfile(t.Profile), tea.WithWindowSize(t.Width, t.Height))...)
	return p
}

// Send gives the program a message; once it has ended, nothing.
func (p *Program) Send(msg tea.Msg) { p.tea.Send(msg) }

// Kill ends the program without asking it. Run still gives the terminal back.
func (p *Program) Kill() { p.tea.Kill() }

// Run shows the screens until the person leaves. SIGTERM and SIGHUP end it like a
// key would. However it ends, the terminal is given back as it was; a panic is
// returned as an error after that. The error also says what was not saved, if
// anything.
func (p *Program) Run() error {
	defer p.crash(nil)
	if err := p.tty.raw(); err != nil {
		return fmt.Errorf("the terminal does not give its keys one by one: %w", err)
	}
	if p.tty != nil {
		defer p.tty.watch(p.sendSize, p.tea.Quit)()
	}
	_, err := p.tea.Run()
	err = errors.Join(p.outcome(err), p.release())
	unsaved := p.app.unsaved()
	p.app.closeAll()
	return errors.Join(err, unsaved)
}

// outcome is what there is to say about how Bubble Tea's loop ended.
func (p *Program) outcome(err error) error {
	if c := new(crash); errors.As(context.Cause(p.ended), &c) {
		return c
	}
	if errors.Is(err, tea.ErrInterrupted) || p.ctx.Err() != nil && errors.Is(err, tea.ErrProgramKilled) {
		return nil
	}
	return err
}

// release gives the terminal back. The next frame takes it again.
func (p *Program) release() error {
	p.paint.leave()
	return p.tty.cooked()
}

// retake takes the terminal again. Its size may be another now.
func (p *Program) retake() error {
	if p.tty != nil {
		go p.sendSize()
	}
	return p.tty.raw()
}

func (p *Program) sendSize() {
	w, h := p.tty.size()
	p.tea.Send(tea.WindowSizeMsg{Width: w, Height: h})
}

// filter takes what Bubble Tea would do late, or to a terminal that is not its own.
func (p *Program) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	defer p.recover()
	switch msg := msg.(type) {
	case frame:
		p.paint.drawDue()
		return nil
	case tea.RawMsg: // it would wait for its ticker
		p.paint.write(fmt.Sprint(msg.Msg))
		return nil
	case tea.SuspendMsg:
		if p.tty == nil || runtime.GOOS == "windows" || p.release() != nil {
			return nil
		}
	}
	return msg
}

// frame says that it is time for the picture that is due.
type frame struct{}

// A model is the program as Bubble Tea calls it, in its loop: Update, then View.
type model struct{ *Program }

// Init implements tea.Model.
func (m model) Init() tea.Cmd { return m.guard(m.app.Init()) }

// Update implements tea.Model.
func (m model) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	next = m
	defer m.recover()
	switch msg := msg.(type) {
	case tea.SuspendMsg: // and here it goes on again
		m.failed(m.retake())
	case tea.WindowSizeMsg:
		m.paint.resize(msg.Width, msg.Height)
	case tea.ModeReportMsg:
		m.paint.reported(msg)
	}
	_, cmd = m.app.Update(msg)
	return m, m.guard(cmd)
}

// View implements tea.Model. It draws, and leaves Bubble Tea nothing to draw.
func (m model) View() (none tea.View) {
	defer m.recover()
	m.paint.show(newPicture(m.app.View()))
	return none
}

// A crash is a panic of the screens.
type crash struct {
	what  any
	stack []byte
}

// Error implements error.
func (c *crash) Error() string {
	return fmt.Sprintf("the screens failed; what was saved is safe, and muster open goes on with it. Please report this: %v\n%s", c.what, c.stack)
}

// recover ends the program in order after a panic; it must be deferred. Bubble Tea
// would write about it on a screen that is then taken away.
func (p *Program) recover() {
	if what := recover(); what != nil {
		p.crash(&crash{what, debug.Stack()})
	}
}

// failed ends the program, if there is an error.
func (p *Program) failed(err error) {
	if err != nil {
		p.crash(err)
	}
}

// guard makes a panic of a command end the program in order.
func (p *Program) guard(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer p.recover()
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i := range batch {
				batch[i] = p.guard(batch[i])
			}
		}
		return msg
	}
}

// lend makes a command that has the terminal to itself while it runs.
func (p *Program) lend(command tea.ExecCommand) tea.ExecCommand { return lent{command, p} }

type lent struct {
	tea.ExecCommand
	by *Program
}

// Run implements tea.ExecCommand.
func (l lent) Run() error {
	if err := l.by.release(); err != nil {
		return err
	}
	err := l.ExecCommand.Run()
	return errors.Join(err, l.by.retake())
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
