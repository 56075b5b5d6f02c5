package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"muster/tui/widget"
)

// Options say how the screens look and behave, and who sits before them.
type Options struct {
	Person  string              // who acts; asked for in the start form if empty
	Keys    map[string][]string // action id → its keys instead of the table's; see CheckKeys
	Theme   string              // one of widget.ThemeNames; "" or "auto" follows the terminal's background
	ASCII   bool                // draw with ASCII signs alone
	NoColor bool                // NO_COLOR: attributes only
	NoMouse bool                // leave the mouse to the terminal
	World   World               // what can be done outside; nil: nothing can be checked or sent
	Editor  Editor              // the person's own editor; nil if there is none
	// Facilitator lets the person facilitate every drill. Without it, who started a
	// drill does, and everybody else plays.
	Facilitator bool
	SSH         bool // on a line where every frame costs
	// Now is the clock; nil for the machine's. Times are shown in its zone.
	Now func() time.Time
}

// An App is the whole of the screens: the root model of a Bubble Tea program. It
// routes; what there is to see and do lies in screens, dialogs and actions.
//
// Messages go to: the program itself (size, colours, clock); whoever a reply
// belongs to; and keys, pastes and the mouse to the top dialog, or else the top
// screen, first as an action of the table, then as typing.
type App struct {
	ctx     context.Context
	desk    Desk
	opts    Options
	keys    *keyMap
	theme   widget.Theme
	dark    bool
	mouse   bool
	width   int // cells; 0 until the terminal has said
	height  int
	screens []screen // the last is seen; never empty
	dialogs []dialog // over the screen; the last has the keys
	said    string   // a word in the footer about what just happened, until the next key
	ticking bool     // a clock's tick is under way
	leaving bool     // quits as soon as everything is saved
	start   tea.Cmd  // what the first screen needs
	// lent makes a command that has the terminal to itself while it runs.
	lent func(tea.ExecCommand) tea.ExecCommand
}

// NewHome makes the screens, beginning at home. ctx ends everything they do. The
// error says what is wrong with opts.Keys.
func NewHome(ctx context.Context, desk Desk, opts Options) (*App, error) {
	a, err := newApp(ctx, desk, opts)
	if err == nil {
		a.start = a.home().load()
	}
	return a, err
}

// NewIncident makes the screens, beginning in an open incident; with watch,
// nothing is recorded. Leaving it leads home. The App closes the session.
func NewIncident(ctx context.Context, desk Desk, session Session, watch bool, opts Options) (*App, error) {
	a, err := newApp(ctx, desk, opts)
	if err == nil {
		a.start = a.enter(session, watch)
	}
	return a, err
}

// NewOpening is NewIncident for an incident still to be opened, by its id; with
// watch, nothing can be recorded.
func NewOpening(ctx context.Context, desk Desk, id string, watch bool, opts Options) (*App, error) {
	a, err := newApp(ctx, desk, opts)
	if err == nil {
		a.start = a.home().open(id, watch)
	}
	return a, err
}

// NewStart makes the screens, beginning at the form that starts a runbook.
func NewStart(ctx context.Context, desk Desk, runbook string, opts Options) (*App, error) {
	a, err := newApp(ctx, desk, opts)
	if err == nil {
		a.start = a.home().choose(runbook)
	}
	return a, err
}

func newApp(ctx context.Context, desk Desk, opts Options) (*App, error) {
	keys, err := newKeyMap(actionTable(), opts.Keys)
	if opts.Now == nil {
		opts.Now = time.Now
	}
	a := &App{ctx: ctx, desk: desk, opts: opts, keys: keys, dark: true, mouse: !opts.NoMouse}
	a.setTheme()
	a.screens = []screen{newHome(a)}
	return a, err
}

func (a *App) setTheme() {
	a.theme = widget.NewTheme(widget.Options{
		Name: a.opts.Theme, Dark: a.dark, ASCII: a.opts.ASCII, NoColor: a.opts.NoColor,
	})
}

// now is the wall clock's time: it goes on while a laptop sleeps.
func (a *App) now() time.Time { return a.opts.Now().Round(0) }

// Init starts what the first screen needs.
func (a *App) Init() tea.Cmd {
	cmds := []tea.Cmd{a.start}
	if a.opts.Theme == "" || a.opts.Theme == "auto" {
		cmds = append(cmds, tea.Raw(ansi.RequestBackgroundColor))
	}
	return tea.Batch(cmds...)
}

// A routed message knows who it is for.
type routed interface{ deliver(a *App) tea.Cmd }

// Update routes msg.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case routed:
		cmd = msg.deliver(a)
	case tea.WindowSizeMsg:
		a.width, a.height = msg.Width, msg.Height
	case tea.BackgroundColorMsg:
		a.dark = msg.IsDark()
		a.setTheme()
	case tea.KeyPressMsg:
		cmd = a.key(msg)
	case tea.PasteMsg:
		cmd = a.top().update(msg)
	case tea.MouseMsg:
		cmd = a.mouseMsg(msg)
	}
	return a, tea.Batch(cmd, a.tick())
}

// settling reports whether what the screens begin with is still on its way.
func (a *App) settling() bool {
	h := a.home()
	return len(a.screens) == 1 && (h.loading > 0 || h.opening)
}

// top is who has the keys.
func (a *App) top() part {
	if len(a.dialogs) > 0 {
		return a.dialogs[len(a.dialogs)-1]
	}
	return a.screen()
}

func (a *App) screen() screen { return a.screens[len(a.screens)-1] }

func (a *App) home() *homeScreen { return a.screens[0].(*homeScreen) }

// key runs the action that a key means here, or hands it on as typing.
func (a *App) key(msg tea.KeyPressMsg) tea.Cmd {
	a.said = ""
	top := a.top()
	if d, ok := top.(interface{ unseen(time.Time) bool }); ok && msg.String() != "ctrl+c" && d.unseen(a.now()) {
		return nil
	}
	act := a.keys.find(top.scope(), msg.String())
	if act == nil {
		return top.update(msg)
	}
	return a.run(act)
}

// run does an action, if it applies.
func (a *App) run(act *action) tea.Cmd {
	if why := act.why(a); why != "" {
		a.said = why
		return nil
	}
	return act.do(a)
}

// ticked is the second's redraw of running clocks.
type ticked struct{}

func (ticked) deliver(a *App) tea.Cmd {
	a.ticking = false
	if o := a.incident(); o != nil {
		return o.second()
	}
	return nil
}

// tick asks for the next redraw, at the full second, while a clock is to be seen.
func (a *App) tick() tea.Cmd {
	s, ok := a.screen().(clocked)
	if a.ticking || !ok || !s.clocks() {
		return nil
	}
	a.ticking = true
	now := a.now()
	return tea.Tick(now.Truncate(time.Second).Add(time.Second).Sub(now), func(time.Time) tea.Msg { return ticked{} })
}

// quit leaves as soon as what is being saved is saved; asked a second time, at
// once.
func (a *App) quit() tea.Cmd {
	o := a.incident()
	asked, _ := a.top().(*confirm)
	switch {
	case o == nil, len(o.queue) == 0 && o.sending == 0, a.leaving, asked != nil && asked.leaves:
		return a.leave()
	case o.stuck != nil:
		return a.show(newLeaveUnsaved(a, o))
	}
	a.leaving = true
	a.said = "Saving what is under way; then muster ends. Press again to end at once."
	return nil
}

func (a *App) leave() tea.Cmd { return tea.Quit }
