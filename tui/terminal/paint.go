package terminal

import (
	"io"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// How long after a frame the next may follow, and how long the first may wait for
// what the model begins with. A slow line takes longer than that anyway.
const (
	localPause = 4 * time.Millisecond
	slowPause  = time.Second / 30
	firstPause = 10 * time.Millisecond
)

// A painter draws what the model's View says, on the alternate screen: at once, and then
// not again for a pause. Bubble Tea's own renderer draws on a ticker, which is both
// late and never asleep.
//
// Only the program's loop calls it, so that no two sequences ever mix.
type painter struct {
	out     io.Writer
	env     uv.Environ
	profile colorprofile.Profile
	tty     bool // out is raw: a new line does not go back to the first column
	pause   time.Duration
	later   func()                   // has the loop call drawDue
	measure func(cluster string) int // how many cells a character takes; nil is as most terminals have it

	tidy   *collector      // nil: nobody collects
	screen *brush          // what draws, while open
	cells  uv.ScreenBuffer // what it shall show
	shown  picture
	next   picture
	last   time.Time   // when a frame was drawn, or the program began
	due    bool        // drawDue will be called
	open   bool        // the terminal is taken
	stale  bool        // the terminal may not show what it should
	asked  bool        // the terminal was asked what it can do
	synced bool        // it shows at once what is bracketed
	means  means       // what else it can do
	away   bool        // it has said that another window has the keys
	barred atomic.Bool // its tab shows how far something is
}

// A picture is what a View says of the terminal: no more is ever used.
type picture struct {
	content string
	title   string
	mouse   bool
	bar     tea.ProgressBar // how far something is
	cursor  bool            // a text cursor is shown, at x, y
	x, y    int
}

func newPicture(v tea.View) picture {
	p := picture{content: v.Content, title: v.WindowTitle, mouse: v.MouseMode != tea.MouseModeNone}
	if v.ProgressBar != nil {
		p.bar = *v.ProgressBar
	}
	if v.Cursor != nil {
		p.cursor, p.x, p.y = true, v.Cursor.X, v.Cursor.Y
	}
	return p
}

// resize takes the terminal's size, in cells. Everything is drawn anew: terminals
// differ in what a resize leaves.
func (p *painter) resize(w, h int) {
	p.cells.Resize(w, h)
	p.cells.Touched = nil
	if p.open {
		p.screen.forget()
		p.stale = true
	}
}

// show draws a picture, now or when the pause is over. The first one waits a moment
// if more is on its way.
func (p *painter) show(next picture, more bool) {
	p.next = next
	wait := p.pause - time.Since(p.last)
	if !p.open {
		wait = 0
		if more {
			wait = firstPause - time.Since(p.last)
		}
	}
	switch {
	case p.open && !p.stale && next == p.shown:
	case wait <= 0:
		p.draw(next)
	case !p.due:
		p.due = true
		time.AfterFunc(wait, p.later)
	}
}

// drawDue draws the last picture that show was given.
func (p *painter) drawDue() {
	p.due = false
	p.draw(p.next)
}

func (p *painter) draw(next picture) {
	if p.cells.Width() == 0 {
		return
	}
	p.last = time.Now()
	if !p.open {
		p.shown = picture{}
		p.take()
	}
	was := p.shown.cursor
	p.turn(next)
	p.cells.Clear()
	var onto uv.Screen = p.cells
	if p.measure != nil {
		onto = onMeasured(p.cells, p.measure)
	}
	uv.NewStyledString(next.content).Draw(onto, p.cells.Bounds())
	p.screen.paint(p.cells.Lines)
	if next.cursor {
		p.screen.move(min(next.x, p.cells.Width()-1), min(next.y, p.cells.Height()-1))
	}
	p.flush(was)
	p.open, p.stale = true, false
	if p.tidy != nil {
		p.tidy.drawn()
	}
}

// keyboard is what a terminal that can shall tell apart: the escape key and what
// begins with its byte; a key that is pressed and one that is held down; and which key of
// a Latin keyboard one of another alphabet stands on. Not more: it
// would send enter as a sequence, and if muster is killed, the shell would get that.
const keyboard = ansi.KittyDisambiguateEscapeCodes | ansi.KittyReportEventTypes | ansi.KittyReportAlternateKeys

// take turns to the alternate screen, and on what the screens need.
func (p *painter) take() {
	s := newBrush(p.env, p.profile, p.tty)
	s.scrolls = runtime.GOOS != "windows" // Windows Terminal then loses the cursor
	s.WriteString(ansi.SetModeAltScreenSaveCursor)
	p.screen = s
	if p.cells.Method == ansi.GraphemeWidth {
		p.measureGraphemes()
	}
	on := ansi.ResetStyle + ansi.ResetModeTextCursorEnable + ansi.SetModeBracketedPaste + ansi.SetModeLightDark +
		ansi.SetModeFocusEvent + pushTitle + ansi.SetModifyOtherKeys2 + ansi.PushKittyKeyboard(keyboard)
	if !p.asked && answersModes(p.env) {
		on += ansi.RequestModeSynchronizedOutput + ansi.RequestModeUnicodeCore + ansi.RequestKittyKeyboard + ansi.RequestNameVersion
	}
	p.asked = true
	s.WriteString(on)
}

// leave gives the terminal back as it was found, if it is taken.
func (p *painter) leave() {
	if !p.open {
		return
	}
	s := p.screen
	// After a resize tmux would keep what the alternate screen showed; others may
	// have none.
	s.WriteString(ansi.ResetModifyOtherKeys + ansi.PopKittyKeyboard(1) + ansi.EraseEntireScreen + ansi.CursorHomePosition + ansi.ResetModeAltScreenSaveCursor)
	p.turn(picture{})
	if p.cells.Method == ansi.GraphemeWidth {
		s.WriteString(ansi.ResetModeUnicodeCore)
	}
	s.WriteString(popTitle + ansi.ResetModeFocusEvent + ansi.ResetModeBracketedPaste + ansi.ResetModeLightDark + ansi.SetModeTextCursorEnable)
	p.write(s.take())
	p.open, p.away = false, false
}

// The window's title is kept by the terminal meanwhile, if it can do that (XTWINOPS).
const (
	pushTitle = "\x1b[22;2t"
	popTitle  = "\x1b[23;2t"
)

// off is what gives the terminal back when there is no time to draw. Anybody may call it. One that
// never showed how far something is may not know how, and take it for a notification.
func (p *painter) off() string {
	if p.barred.Load() {
		return ansi.ResetProgressBar + allOff
	}
	return allOff
}

// allOff gives a terminal back of which nobody knows any more what it shows.
const allOff = ansi.ResetModeSynchronizedOutput + ansi.ResetStyle + ansi.ResetModifyOtherKeys + "\x1b[<1u" + ansi.ResetModeMouseButtonEvent +
	ansi.ResetModeMouseExtSgr + ansi.ResetModeUnicodeCore + ansi.ResetModeBracketedPaste + ansi.ResetModeLightDark + ansi.ResetModeFocusEvent + popTitle +
	ansi.ResetModeAltScreenSaveCursor + usualCursor + ansi.SetModeTextCursorEnable

// usualCursor is the person's own cursor, as ansi.SetCursorStyle(0) has it.
const usualCursor = "\x1b[0 q"

// turn makes next the picture that is shown, but for its cells.
func (p *painter) turn(next picture) {
	was, seq := p.shown, ""
	switch {
	case next.mouse && !was.mouse:
		seq = ansi.SetModeMouseButtonEvent + ansi.SetModeMouseExtSgr
	case was.mouse && !next.mouse:
		seq = ansi.ResetModeMouseButtonEvent + ansi.ResetModeMouseExtSgr
	}
	if next.title != was.title && !inScreen(p.env) {
		seq += ansi.SetWindowTitle(next.title)
	}
	if next.bar != was.bar && p.means.progress {
		seq += progress(next.bar)
		p.barred.Store(next.bar.State != tea.ProgressBarNone)
	}
	switch {
	case next.cursor && !was.cursor:
		seq += ansi.SetCursorStyle(1) // a block that blinks
	case was.cursor && !next.cursor:
		seq += usualCursor
	}
	p.screen.WriteString(seq)
	p.shown = next
}

// progress shows how far something is.
func progress(bar tea.ProgressBar) string {
	switch bar.State {
	case tea.ProgressBarDefault:
		return ansi.SetProgressBar(bar.Value)
	case tea.ProgressBarWarning:
		return ansi.SetWarningProgressBar(bar.Value)
	case tea.ProgressBarError:
		return ansi.SetErrorProgressBar(bar.Value)
	}
	return ansi.ResetProgressBar
}

// notify has the desktop tell what the person does not see: another window has the keys.
// Both texts are clean.
func (p *painter) notify(title, text string) {
	if p.open && p.away && p.means.notify != nil {
		p.write(p.means.notify(title, text))
	}
}

// named takes the terminal's answer to who it is.
func (p *painter) named(name string) {
	if p.barred.Swap(false) { // the environment spoke of another terminal
		p.write(ansi.ResetProgressBar)
	}
	p.means = meansOf(name)
	p.shown.bar = tea.ProgressBar{}
	p.stale = p.stale || p.next.bar != p.shown.bar
}

// flush writes what was drawn so that it is seen at once: in brackets, or with the
// cursor hidden meanwhile. was says whether a cursor was shown before.
func (p *painter) flush(was bool) {
	body, cursor := p.screen.take(), p.shown.cursor
	hidden := was && (!cursor || !p.synced && body != "")
	if hidden {
		body = ansi.ResetModeTextCursorEnable + body
	}
	if cursor && (!was || hidden) {
		body += ansi.SetModeTextCursorEnable
	}
	if p.synced && body != "" {
		body = ansi.SetModeSynchronizedOutput + body + ansi.ResetModeSynchronizedOutput
	}
	p.write(body)
}

// write writes to the terminal, whole sequences only. That the terminal is gone is
// said by a signal, and by the end of its keys.
func (p *painter) write(text string) {
	if text != "" {
		_, _ = io.WriteString(p.out, text)
	}
}

// reported takes the terminal's answer to what it can do.
func (p *painter) reported(msg tea.ModeReportMsg) {
	switch {
	case msg.Mode == ansi.ModeSynchronizedOutput && msg.Value == ansi.ModeReset:
		p.synced = true
	case msg.Mode == ansi.ModeUnicodeCore && (msg.Value == ansi.ModeReset || msg.Value.IsSet()):
		p.cells.Method = ansi.GraphemeWidth
		if p.open {
			p.measureGraphemes()
			p.stale = true
		}
	}
}

// measureGraphemes has the terminal measure what it shows as a person counts
// characters, as cells then does.
func (p *painter) measureGraphemes() {
	p.screen.graphemes, p.screen.method = true, ansi.GraphemeWidth
	p.screen.WriteString(ansi.SetModeUnicodeCore)
}

// answersModes reports whether a terminal can be asked for its modes. Apple's
// prints the question; over SSH the answer may come when nobody reads it any more.
func answersModes(env uv.Environ) bool {
	for _, known := range []string{"ghostty", "wezterm", "alacritty", "kitty", "rio"} {
		if strings.Contains(env.Getenv("TERM"), known) {
			return true
		}
	}
	_, ssh := env.LookupEnv("SSH_TTY")
	_, windows := env.LookupEnv("WT_SESSION")
	return windows || !ssh && !strings.Contains(env.Getenv("TERM_PROGRAM"), "Apple")
}
