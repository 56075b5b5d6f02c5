package tui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
)

// Run shows the screens of app on the program's own terminal; see [Program.Run].
func Run(ctx context.Context, app *App) error {
	return NewProgram(ctx, app, Terminal{}).Run()
}

// A Program shows screens on a terminal. Bubble Tea reads the keys and runs the
// loop; a painter draws.
type Program struct {
	app   *App
	tea   *tea.Program
	tty   *tty
	paint *painter
	ctx   context.Context         // as NewProgram was given it
	ended context.Context         // its cause may be a *crash
	end   context.CancelCauseFunc // cancels ended
}

// NewProgram makes a program that can run once. Canceling ctx ends it.
func NewProgram(ctx context.Context, app *App, t Terminal) *Program {
	p := &Program{app: app, ctx: ctx}
	p.ended, p.end = context.WithCancelCause(ctx)
	app.lent = p.lend
	if t.Environ == nil {
		t.Environ = os.Environ()
	}
	options := []tea.ProgramOption{tea.WithContext(p.ended), tea.WithFilter(p.filter)}
	if t.In == nil && t.Out == nil {
		t.In, t.Out = os.Stdin, os.Stdout
		p.tty = &tty{uv.NewConsole(os.Stdin, os.Stdout, t.Environ)}
		size := p.tty.size()
		t.Width, t.Height = size.Width, size.Height
	} else {
		options = append(options, tea.WithoutSignalHandler())
	}
	if t.Profile == colorprofile.Unknown {
		t.Profile = colorprofile.Detect(t.Out, t.Environ)
	}
	p.paint = &painter{out: t.Out, env: t.Environ, profile: t.Profile, tty: p.tty != nil, pause: localPause,
		cells: uv.NewScreenBuffer(0, 0), last: time.Now(), later: func() { p.Send(frame{}) }}
	if app.opts.SSH {
		p.paint.pause = sshPause
	}
	options = append(options, tea.WithInput(t.In), tea.WithOutput(t.Out), tea.WithEnvironment(t.Environ),
		tea.WithColorProfile(t.Profile), tea.WithWindowSize(t.Width, t.Height),
		tea.WithoutRenderer(), tea.WithFPS(1)) // its ticker runs all the same: seldom
	p.tea = tea.NewProgram(model{p}, options...)
	return p
}

// Send gives the running program a message. It waits until the program takes it,
// or has ended.
func (p *Program) Send(msg tea.Msg) { p.tea.Send(msg) }

// Kill ends the program without asking. Run still gives the terminal back.
func (p *Program) Kill() { p.tea.Kill() }

// Run shows the screens until the person leaves. SIGTERM and SIGHUP end it like a
// key would. However it ends, the terminal is given back as it was; what a panic
// said is returned as an error after that. The error also says what was not saved,
// if anything.
func (p *Program) Run() error {
	defer p.end(nil)
	if err := p.tty.raw(); err != nil {
		return fmt.Errorf("the terminal cannot be read key by key: %w", err)
	}
	defer p.tty.watch(p.sendSize, p.tea.Quit)()
	_, err := p.tea.Run()
	p.release()
	err = p.outcome(err)
	unsaved := p.app.unsaved()
	p.app.closeAll()
	return errors.Join(err, unsaved)
}

// outcome is what there is to say about how the loop ended.
func (p *Program) outcome(err error) error {
	if failed := new(crash); errors.As(context.Cause(p.ended), &failed) {
		return failed
	}
	if errors.Is(err, tea.ErrInterrupted) || p.ctx.Err() != nil && errors.Is(err, tea.ErrProgramKilled) {
		return nil
	}
	return err
}

// stays says that the program cannot be suspended.
type stays struct{}

func (stays) deliver(a *App) tea.Cmd {
	a.said = "There is no shell to suspend to."
	return nil
}

// frame says that the pause after a frame is over.
type frame struct{}

// filter sees every message first. It takes what Bubble Tea would do late, or to a
// terminal that is not the program's.
func (p *Program) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	defer p.recover()
	switch raw := msg.(type) {
	case frame:
		p.paint.drawDue()
		return nil
	case tea.RawMsg:
		p.paint.write(fmt.Sprint(raw.Msg))
		return nil
	case tea.SuspendMsg:
		if p.tty == nil || !underShell() {
			return stays{}
		}
		p.release() // then Bubble Tea stops the process
	}
	return msg
}

// A model is the program as Bubble Tea's loop calls it: Update, then View.
type model struct{ *Program }

// Init implements tea.Model.
func (m model) Init() tea.Cmd { return m.guard(m.app.Init()) }

// Update implements tea.Model.
func (m model) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	next = m
	defer m.recover()
	switch msg := msg.(type) {
	case tea.SuspendMsg: // the process goes on
		m.retake()
	case tea.WindowSizeMsg:
		m.paint.resize(msg.Width, msg.Height)
	case tea.ModeReportMsg:
		m.paint.reported(msg)
	}
	_, cmd = m.app.Update(msg)
	return m, m.guard(cmd)
}

// View implements tea.Model. It draws, and leaves nothing to draw.
func (m model) View() (nothing tea.View) {
	defer m.recover()
	m.paint.show(newPicture(m.app.View()), m.app.settling())
	return nothing
}

// A crash is a panic in the screens.
type crash struct {
	what  any
	stack []byte
}

// Error implements error.
func (c *crash) Error() string {
	return fmt.Sprintf("the screens failed. What was saved is safe: muster open goes on. Please report this: %v\n%s", c.what, c.stack)
}

// recover ends the program in order after a panic; it must be deferred itself.
// Bubble Tea would tell of the panic on a screen that is then taken away.
func (p *Program) recover() {
	if what := recover(); what != nil {
		p.end(&crash{what, debug.Stack()})
	}
}

// guard has a panic in a command end the program in order.
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
