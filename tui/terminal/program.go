package terminal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
)

// Options are what a Program has to know of the model that it shows.
type Options struct {
	// Slow says that every frame costs: the line is long. Fewer are drawn then.
	Slow bool
	// Settling reports whether more of the first picture is on its way, so that it is
	// worth a moment's wait. It is called by the loop, like the model; nil is never.
	Settling func() bool
	// Stays is what the model is told when it asks to be suspended and no shell is
	// there to wake it again.
	Stays tea.Msg
	// Silent keeps notifications from the desktop.
	Silent bool
	// Measure says how many cells of the terminal a character takes, where it is not as
	// most terminals have it; nil is as they have it.
	Measure func(cluster string) int
}

// A Program shows a model on a terminal. Bubble Tea runs the loop; a reader reads
// the keys, and a painter draws.
type Program struct {
	model tea.Model
	opts  Options
	tea   *tea.Program
	tty   *tty
	keys  *input // nil if Bubble Tea reads them
	in    io.Reader
	paint *painter
	ctx   context.Context         // as New was given it
	ended context.Context         // its cause may be a *Crash
	end   context.CancelCauseFunc // cancels ended
	ticks bool                    // Bubble Tea's ticker runs, which draws nothing here
}

// New makes a program that can run once. Canceling ctx ends it.
func New(ctx context.Context, screens tea.Model, line Line, opts Options) *Program {
	p := &Program{model: screens, opts: opts, ctx: ctx, ticks: true}
	p.ended, p.end = context.WithCancelCause(ctx)
	if line.Environ == nil {
		line.Environ = os.Environ()
	}
	// Bubble Tea's own handler takes a ctrl+c that an editor ended by for its own, if it hears
	// of it late: what ends the program is ctx, and what watch hears.
	options := []tea.ProgramOption{tea.WithContext(p.ended), tea.WithFilter(p.filter), tea.WithoutSignalHandler()}
	if line.In == nil && line.Out == nil {
		line.In, line.Out = os.Stdin, os.Stdout
		p.tty = &tty{uv.NewConsole(os.Stdin, os.Stdout, line.Environ)}
		size := p.tty.size()
		line.Width, line.Height = size.Width, size.Height
	}
	if line.Profile == colorprofile.Unknown {
		line.Profile = colorprofile.Detect(line.Out, line.Environ)
	}
	p.paint = &painter{out: line.Out, env: line.Environ, profile: line.Profile, tty: p.tty != nil || line.Raw, pause: localPause, measure: opts.Measure,
		means: meansIn(line.Environ), cells: uv.NewScreenBuffer(0, 0), last: time.Now(), later: func() { p.Send(frame{}) }, tidy: newCollector()}
	if opts.Slow {
		p.paint.pause = slowPause
	}
	p.in = line.In
	if p.tty == nil || runtime.GOOS != "windows" { // there keys are no bytes
		p.keys = newInput(line.In, p.tty != nil, opts.Slow, p.Send, p.lost)
		line.In = strings.NewReader("") // not nil: Bubble Tea would wait for its reader to end
	}
	options = append(options, tea.WithInput(line.In), tea.WithOutput(line.Out), tea.WithEnvironment(line.Environ),
		tea.WithColorProfile(line.Profile), tea.WithWindowSize(line.Width, line.Height),
		tea.WithoutRenderer(), tea.WithFPS(1)) // its ticker runs until still stops it
	p.tea = tea.NewProgram(loop{p}, options...)
	return p
}

// Profile is how many colours the terminal shows.
func (p *Program) Profile() colorprofile.Profile { return p.paint.profile }

// Send gives the running program a message. It waits until the program takes it,
// or has ended.
func (p *Program) Send(msg tea.Msg) { p.tea.Send(msg) }

// Kill ends the program without asking. Run still gives the terminal back.
func (p *Program) Kill() { p.tea.Kill() }

// Run shows the model until it quits. SIGTERM and SIGHUP end it like a key would.
// However it ends, the terminal is given back as it was; a panic in the model is
// returned as a *Crash after that.
func (p *Program) Run() error {
	defer p.end(nil)
	if err := p.tty.raw(); err != nil {
		return fmt.Errorf("the terminal cannot be read key by key: %w", err)
	}
	defer p.tty.watch(p.sendSize, func() { p.Send(continued{}) }, p.tea.Quit, p.paint.off)()
	p.keys.start()
	go p.translate()
	_, err := p.tea.Run()
	p.release()
	return p.outcome(err)
}

// translate has what is read reach the loop.
func (p *Program) translate() {
	defer p.recover()
	if p.keys != nil {
		p.keys.run(p.ended)
	}
}

// lost ends the program because the terminal cannot be read any more.
func (p *Program) lost(err error) { p.end(fmt.Errorf("the terminal cannot be read any more: %w", err)) }

// outcome is what there is to say about how the loop ended.
func (p *Program) outcome(err error) error {
	cause := context.Cause(p.ended)
	if failed := new(Crash); errors.As(cause, &failed) || cause != nil && p.ctx.Err() == nil {
		return cause
	}
	if errors.Is(err, tea.ErrInterrupted) || p.ctx.Err() != nil && errors.Is(err, tea.ErrProgramKilled) {
		return nil
	}
	return err
}

// A notification is a text for who does not look.
type notification struct{ title, text string }

// Notify has the person's desktop tell something, if the terminal can do that and another
// window has the keys. Both texts must be clean: they go to the terminal as they are.
func (p *Program) Notify(title, text string) tea.Cmd {
	if p.opts.Silent {
		return nil
	}
	return func() tea.Msg { return notification{title, text} }
}

// continued says that the process was stopped, and goes on.
type continued struct{}

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
	case notification:
		p.paint.notify(raw.title, raw.text)
		return nil
	case tea.SuspendMsg:
		if p.tty == nil || !underShell() {
			return p.opts.Stays
		}
		p.release() // then Bubble Tea stops the process
	}
	return msg
}

// A loop is the program as Bubble Tea's loop calls it: Update, then View.
type loop struct{ *Program }

// Init implements tea.Model.
func (l loop) Init() tea.Cmd { return l.guard(l.model.Init()) }

// still stops Bubble Tea's ticker, so that a program that has nothing to do sleeps. It is
// called by the loop, as Bubble Tea calls the same when it lends the terminal: what it gives back
// beside, it does not have. On Windows it has the keys.
func (p *Program) still() {
	if p.ticks && p.keys != nil {
		_ = p.tea.ReleaseTerminal()
	}
	p.ticks = false
}

// Update implements tea.Model.
func (l loop) Update(msg tea.Msg) (next tea.Model, cmd tea.Cmd) {
	next = l
	defer l.recover()
	l.still()
	switch msg := msg.(type) {
	case tea.SuspendMsg: // the process goes on
		l.retake()
	case continued:
		l.release()
		l.retake()
	case tea.WindowSizeMsg:
		l.paint.resize(msg.Width, msg.Height)
	case tea.ModeReportMsg:
		l.paint.reported(msg)
	case tea.TerminalVersionMsg:
		l.paint.named(msg.Name)
	case tea.BlurMsg:
		l.paint.away = true
	case tea.FocusMsg:
		l.paint.away = false
	}
	l.model, cmd = l.model.Update(msg)
	return loop{l.Program}, l.guard(cmd)
}

// View implements tea.Model. It draws, and leaves nothing to draw.
func (l loop) View() (nothing tea.View) {
	defer l.recover()
	l.paint.show(newPicture(l.model.View()), l.opts.Settling != nil && l.opts.Settling())
	return nothing
}

// A Crash is a panic in the model, in one of its commands or in what draws it.
type Crash struct {
	What  any    // what was panicked with
	Stack []byte // where
}

// Error implements error.
func (c *Crash) Error() string { return fmt.Sprintf("%v\n%s", c.What, c.Stack) }

// recover ends the program in order after a panic; it must be deferred itself.
// Bubble Tea would tell of the panic on a screen that is then taken away.
func (p *Program) recover() {
	if what := recover(); what != nil {
		p.end(&Crash{what, debug.Stack()})
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
