package tui

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"muster/runbooks"
	"muster/state"
	"muster/tui/clocks"
	"muster/tui/drill"
	"muster/tui/home"
	"muster/tui/incident"
	"muster/tui/kit"
	"muster/tui/notices"
	"muster/tui/run"
	"muster/tui/services"
	"muster/tui/start"
	"muster/tui/timeline"
	"muster/tui/widget"
)

// Options say how the screens look and behave, and who sits before them.
type Options struct {
	Person string              // who acts; asked for in the start form if empty
	Keys   map[string][]string // action id → its keys instead of the table's; see CheckKeys
	Theme  string              // one of widget.ThemeNames; "" or "auto" follows the terminal's background
	ASCII  bool                // draw with ASCII signs alone
	// Wide says that the terminal draws ambiguous characters in two cells. muster's own
	// signs are ASCII then. It must be the same for all screens of a process.
	Wide    bool
	NoColor bool           // NO_COLOR: attributes only
	NoMouse bool           // leave the mouse to the terminal
	NoLinks bool           // nothing on the screens leads to what the terminal would open
	NoBar   bool           // how near a deadline is stays out of the terminal's tab
	Silent  bool           // nothing is told by the desktop while another window has the keys
	World   incident.World // what can be done outside; nil: nothing can be checked or sent
	Editor  kit.Editor     // the person's own editor; nil if there is none
	// Facilitator lets the person facilitate every drill. Without it, who started a
	// drill does, and everybody else plays.
	Facilitator bool
	Team        incident.Team // who else is here; nil: nothing is known of that
	Was         Whereabouts   // where the person was when their line broke; the zero one if it did not
	File        bool          // a file was opened, no incident of a store: leaving it ends muster
	SSH         bool          // somebody at the other end of a connection to this process
	Slow        bool          // the line to the terminal is long, as over SSH: few bytes are drawn
	ByLine      bool          // they are said line by line; see [NewPlain]
	// Now is the clock; nil for the machine's. Times are shown in its zone.
	Now func() time.Time
}

// An App is the whole of the screens: the root model of a Bubble Tea program. It
// assembles what the other packages bring, and routes; what there is to see and do
// lies in them.
//
// Messages go to: the terminal (size, colours); whoever a reply belongs to; and
// keys, pastes and the mouse to the top dialog, or else the top screen, first as an
// action of the table, then as typing.
type App struct {
	ui    *kit.UI
	desk  Desk
	opts  Options
	home  *home.Screen
	last  string // the incident that was entered last; "" if none, or it is a file
	dark  bool
	depth widget.Depth
	start tea.Cmd   // what the first screen needs
	asked time.Time // when the terminal was first asked something
}

// NewHome makes the screens, beginning at home. ctx ends everything they do. The
// error says what is wrong with opts.Keys.
func NewHome(ctx context.Context, desk Desk, opts Options) (*App, error) {
	a, err := newApp(ctx, desk, opts)
	if err == nil {
		a.start = a.home.Load()
	}
	return a, err
}

// NewIncident makes the screens, beginning in an open incident; with watch,
// nothing is recorded. Leaving it leads home. The App closes the session.
func NewIncident(ctx context.Context, desk Desk, session incident.Session, watch bool, opts Options) (*App, error) {
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
		a.start = a.home.Open(id, watch)
	}
	return a, err
}

func newApp(ctx context.Context, desk Desk, opts Options) (*App, error) {
	keys, err := kit.NewKeyMap(actionTable(), places(), opts.Keys)
	if opts.Now == nil {
		opts.Now = time.Now
	}
	widget.MeasureWide(opts.Wide)
	opts.ASCII = opts.ASCII || opts.Wide
	u := kit.NewUI(ctx, keys, opts.Now)
	u.Drafts.Outlast(desk)
	u.Person, u.Editor, u.SSH, u.ASCII, u.Mouse = opts.Person, opts.Editor, opts.SSH, opts.ASCII, !opts.NoMouse
	if opts.ByLine {
		u.ByLine, u.Editor, u.Width, u.Height = true, nil, plainWidth, plainHeight
	}
	u.Slow = opts.SSH || opts.Slow
	u.Links.Off, u.NoBar = opts.NoLinks, opts.NoBar
	a := &App{ui: u, desk: desk, opts: opts, dark: true}
	a.setTheme()
	a.home = home.New(u, desk, home.Doors{Enter: a.enter, Begin: a.begin})
	if opts.Team != nil {
		a.home.Share(opts.Team)
	}
	u.Push(a.home)
	return a, err
}

func (a *App) setTheme() {
	a.ui.Theme = widget.NewTheme(widget.Options{
		Name: a.opts.Theme, Dark: a.dark, ASCII: a.opts.ASCII, NoColor: a.opts.NoColor, Depth: a.depth, Spoken: a.opts.ByLine,
	})
}

// colours has the theme be of those that the terminal shows.
func (a *App) colours(p colorprofile.Profile) {
	switch p {
	case colorprofile.ANSI256:
		a.depth = widget.Of256
	case colorprofile.ANSI:
		a.depth = widget.Of16
	case colorprofile.ASCII, colorprofile.NoTTY:
		a.opts.NoColor = true
	}
	a.setTheme()
}

// background takes what the terminal says of its background, now or when it changed.
func (a *App) background(dark bool) {
	a.dark = dark
	a.setTheme()
}

// Init starts what the first screen needs.
func (a *App) Init() tea.Cmd {
	a.asked = time.Now()
	cmds := []tea.Cmd{a.start}
	if a.opts.Theme == "" || a.opts.Theme == "auto" {
		cmds = append(cmds, tea.Raw(ansi.RequestBackgroundColor))
	}
	return tea.Batch(cmds...)
}

// A terminal on a quick line answers within this time.
const quick = 100 * time.Millisecond

// answered takes it that the terminal answers. How soon says whether the line is quick: it
// may be long although nothing in the environment says so, in a container or after sudo. The
// first picture was sent before what is asked, or somebody has seen it who presses a key.
func (a *App) answered(msg tea.Msg) {
	switch msg.(type) {
	case tea.BackgroundColorMsg, tea.ModeReportMsg, tea.TerminalVersionMsg, tea.KeyboardEnhancementsMsg:
		if time.Since(a.asked) < quick {
			a.ui.Unsure = false
		}
		kit.Opened(a.ui)
	case tea.KeyPressMsg, tea.PasteMsg, tea.MouseMsg:
		kit.Opened(a.ui)
	}
}

// Update routes msg.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	a.answered(msg)
	switch msg := msg.(type) {
	case kit.Routed:
		cmd = msg.Deliver()
	case tea.WindowSizeMsg:
		a.ui.Width, a.ui.Height = msg.Width, msg.Height
		cmd = kit.Opens(a.ui)
	case tea.FocusMsg:
		a.looks(true)
	case tea.BlurMsg:
		a.looks(false)
	case tea.BackgroundColorMsg:
		a.background(msg.IsDark())
	case uv.DarkColorSchemeEvent:
		a.background(true)
	case uv.LightColorSchemeEvent:
		a.background(false)
	case tea.KeyPressMsg:
		cmd = a.ui.Key(msg)
	case tea.PasteMsg:
		cmd = a.ui.Paste(msg)
	case tea.MouseMsg:
		cmd = a.ui.Pointer(msg)
	}
	settled := a.ui.Settle()
	a.tellTeam()
	return a, tea.Batch(cmd, settled, a.glance(msg), a.ui.Tick())
}

// glance tells home of a glance at it: what others began is in its list then.
func (a *App) glance(msg tea.Msg) tea.Cmd {
	switch msg.(type) {
	case tea.FocusMsg, tea.KeyPressMsg, tea.MouseMsg:
		if a.home != nil && a.ui.Screen() == kit.Screen(a.home) {
			return a.home.Glanced()
		}
	}
	return nil
}

// looks notes that the person looks at the screens again, or does not any more.
func (a *App) looks(again bool) {
	for o := range a.incidents {
		o.Looks(again)
	}
}

// tellTeam tells others where the person is.
func (a *App) tellTeam() {
	if a.opts.Team == nil {
		return
	}
	screen := a.ui.Screen()
	id, step := "", ""
	if s, ok := screen.(incident.Inside); ok {
		id = s.Incident().Inc.ID
	}
	if s, ok := screen.(interface{ Here() (id, name string) }); ok {
		step, _ = s.Here()
	}
	a.opts.Team.Move(a.ui.Person, id, screen.Place().Name, step)
}

// View draws the top screen and the dialogs over it.
func (a *App) View() tea.View { return a.ui.View() }

// settling reports whether what the screens begin with is still on its way.
func (a *App) settling() bool {
	return a.ui.Screen() == kit.Screen(a.home) && a.home.Settling()
}

// begin shows the form that starts a runbook.
func (a *App) begin(source *runbooks.Source) { a.ui.Push(start.New(a.ui, a.desk, source, a.enter)) }

// enter opens the run screen of a session and begins to follow it.
func (a *App) enter(session incident.Session, watch bool) tea.Cmd {
	o := incident.New(a.ui, session, watch, incident.Outlets{World: a.opts.World, Library: a.desk, Left: a.left, Team: a.opts.Team, Facilitator: a.opts.Facilitator})
	o.Back = a.back
	if !a.opts.File {
		a.last = session.Incident().ID
	}
	join(o)
	a.ui.Push(o.First())
	var back tea.Cmd
	if was := a.opts.Was; was.Incident == session.Incident().ID {
		back = incident.Return(o, was.Screen, was.Step)
	}
	a.opts.Was = Whereabouts{} // from here on they go where they like
	return tea.Batch(back, o.Follow(), a.ui.Drafts.Load(o.Scope()))
}

// Whereabouts are where somebody is: in an incident, before a screen, on a step.
type Whereabouts struct{ Incident, Screen, Step string }

// join gives an incident its screens.
func join(o *incident.Open) {
	o.Join(run.New(o), services.New(o), notices.New(o), clocks.New(o), drill.NewInbox(o), drill.New(o), incident.RolesFound{Of: o}, incident.Views{Of: o}, timeline.New(o))
}

// back shows an incident as it stood when an entry was written, over the one that goes on.
func (a *App) back(present *incident.Open, inc *state.Incident, seq uint64) tea.Cmd {
	o := incident.NewPast(present, inc, seq)
	join(o)
	return o.Enter()
}

// left goes home, or ends where there is none: a file is no incident of a store.
func (a *App) left() tea.Cmd {
	if a.opts.File {
		return a.ui.Leave()
	}
	return a.home.Load()
}

// unsaved says which actions were asked for and are not in the log.
func (a *App) unsaved() error {
	var lines []string
	for o := range a.incidents {
		lines = append(lines, o.Unsaved()...)
	}
	if len(lines) == 0 {
		return nil
	}
	return fmt.Errorf("NOT SAVED, enter it again:\n%s", strings.Join(lines, "\n"))
}

// Typed is what was typed and is recorded nowhere: each with a word on what it is for, raw.
func (a *App) Typed() []string {
	return append(a.ui.Typed(), a.ui.Drafts.Left()...)
}

// KeptBack is what was recorded here and is in no log, since none takes it, raw.
func (a *App) KeptBack() (lines []string) {
	for o := range a.incidents {
		lines = append(lines, incident.KeptBack(o)...)
	}
	return lines
}

// Remind has the screens begin with a text over them, raw.
func (a *App) Remind(title, text string) {
	a.start = tea.Batch(a.start, a.ui.Tell(title, text))
}

// typed says, after a crash, what was typed and is recorded nowhere.
func (a *App) typed() error {
	texts := a.Typed()
	if len(texts) == 0 {
		return nil
	}
	return fmt.Errorf("TYPED AND NOT SAVED, copy it from here:\n  %s", strings.Join(texts, "\n  "))
}

// Parting is what there is to say when the screens are gone: where an incident goes on,
// and the way back to it.
func (a *App) Parting() string {
	var lines []string
	for o := range a.incidents {
		if line := o.Parting(); line != "" {
			lines = append(lines, line)
		}
	}
	if a.last != "" && len(lines) == 0 {
		lines = append(lines, "the way back: muster open "+a.last)
	}
	return strings.Join(lines, "\n")
}

// incidents yields the incidents that are open.
func (a *App) incidents(yield func(*incident.Open) bool) {
	for s := range a.ui.Screens {
		if s, ok := s.(incident.Inside); ok && !yield(s.Incident()) {
			return
		}
	}
}

// closeAll lets go of every session.
func (a *App) closeAll() {
	for o := range a.incidents {
		o.Close()()
	}
}
