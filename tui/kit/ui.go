package kit

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state/clean"
	"muster/tui/widget"
)

// A UI is one person's terminal: how it looks, how large it is, what its keys
// mean, what time it is there, and the screens and dialogs that lie on it. It is
// handed down to all of them; there is nothing global, so that two people can
// look at the same incident in different ways.
type UI struct {
	Context context.Context // ends everything that the screens do
	Person  string          // who acts
	Editor  Editor          // the person's own editor; nil if there is none
	SSH     bool            // somebody at the other end of a connection to this process
	Slow    bool            // on a line where every byte costs
	Unsure  bool            // nobody knows yet whether the line is quick
	ASCII   bool            // draw with ASCII signs alone
	ByLine  bool            // nothing is drawn: all is said line by line, and answered so
	Width   int             // cells; 0 until the terminal has said
	Height  int             // rows
	Theme   widget.Theme
	Keys    *KeyMap
	Links   Links
	Drafts  *DraftBox
	NoBar   bool // how near a deadline is stays out of the tab
	Mouse   bool // the mouse is ours; off, the terminal selects text with it
	// Lent makes a command that has the terminal to itself while it runs.
	Lent func(tea.ExecCommand) tea.ExecCommand
	// Notify makes a command that tells who does not look; nil where nothing can.
	Notify func(title, text string) tea.Cmd

	beat    time.Duration // when within a second clocks are redrawn
	clock   func() time.Time
	screens []Screen             // the last is seen; never empty
	dialogs []Dialog             // over the screen; the last has the keys
	waiting []Dialog             // opened by themselves while somebody typed; see Raise
	risen   map[Dialog]time.Time // those that opened by themselves and took no key yet, by when that was, or the last key that they let fall
	said    string               // a word in the footer about what just happened, until the next key
	footer  string               // as it was drawn last
	hand    hand                 // what the keyboard did last
	strayed strayed              // what was typed where letters are keys
	ticking bool                 // a clock's tick is under way
	leaving bool                 // quits as soon as everything is saved
	opened  bool                 // the first picture has gone out; see Opening
}

// NewUI makes a terminal without a size or screens. clock is the machine's or a
// test's; times are shown in its zone.
func NewUI(ctx context.Context, keys *KeyMap, clock func() time.Time) *UI {
	u := &UI{Context: ctx, Keys: keys, clock: clock}
	u.Drafts, u.strayed.ui = &DraftBox{ui: u}, u
	return u
}

// Sparing reports whether as few bytes as can be are to be drawn: the line is slow, or not
// known to be quick.
func Sparing(u *UI) bool { return u.Slow || u.Unsure }

// Now is the time as of which the screens are drawn: the wall clock's, or the moment that
// the top screen shows.
func (u *UI) Now() time.Time {
	now := Wall(u)
	if len(u.screens) > 0 {
		if s, ok := u.Screen().(Dated); ok && !s.AsOf().IsZero() {
			return s.AsOf().In(now.Location())
		}
	}
	return now
}

// Wall is the wall clock's time: it goes on while a laptop sleeps.
func Wall(u *UI) time.Time { return u.clock().Round(0) }

// A Dated screen may show how things stood at another moment than now.
type Dated interface{ AsOf() time.Time }

// Ring makes a person's terminal ring, and tells who does not look why. Both texts must be clean.
func Ring(u *UI, title, text string) tea.Cmd {
	bell := tea.Raw("\a")
	if u.Notify == nil {
		return bell
	}
	return tea.Batch(bell, u.Notify(title, clean.Bounded(text, mostNotified)))
}

// mostNotified is the most bytes of a text that the desktop is told.
const mostNotified = 200

// Push puts a screen on top.
func (u *UI) Push(s Screen) { u.screens = append(u.screens, s) }

// Pop leaves the top screen, unless it is the last.
func (u *UI) Pop() {
	if len(u.screens) > 1 {
		u.screens = u.screens[:len(u.screens)-1]
	}
}

// Replace shows another screen in place of the top one.
func (u *UI) Replace(s Screen) { u.screens[len(u.screens)-1] = s }

// Screen is the top screen.
func (u *UI) Screen() Screen { return u.screens[len(u.screens)-1] }

// Screens yields the screens, the lowest first.
func (u *UI) Screens(yield func(Screen) bool) {
	for _, s := range u.screens {
		if !yield(s) {
			return
		}
	}
}

// Show puts a dialog on top.
func (u *UI) Show(d Dialog) tea.Cmd {
	u.covering()
	u.dialogs = append(u.dialogs, d)
	return nil
}

// Hide takes a dialog away, wherever it lies.
func (u *UI) Hide(d Dialog) {
	for i := range u.waiting {
		if u.waiting[i] == d {
			u.waiting = append(u.waiting[:i:i], u.waiting[i+1:]...)
			return
		}
	}
	for i := range u.dialogs {
		if u.dialogs[i] == d {
			u.dialogs = append(u.dialogs[:i:i], u.dialogs[i+1:]...)
			u.fallen(d)
			return
		}
	}
}

// Dialogs yields the dialogs, the lowest first, and then those that wait.
func (u *UI) Dialogs(yield func(Dialog) bool) {
	for _, d := range slices.Concat(u.dialogs, u.waiting) {
		if !yield(d) {
			return
		}
	}
}

// Covered reports whether a dialog lies over the screen.
func (u *UI) Covered() bool { return len(u.dialogs) > 0 }

// Top is who has the keys.
func (u *UI) Top() Part {
	if len(u.dialogs) > 0 {
		return u.dialogs[len(u.dialogs)-1]
	}
	return u.Screen()
}

// Say puts a word about what just happened into the footer, until the next key;
// "" takes it away.
func (u *UI) Say(text string) { u.said = text }

// Tell shows a message.
func (u *UI) Tell(title, text string) tea.Cmd {
	return u.Show(&Message{ui: u, title: title, text: text})
}

// A Routed message knows who it is for.
type Routed interface{ Deliver() tea.Cmd }

// A Clocked screen may show running clocks; then it is told of each second.
type Clocked interface {
	Clocks() bool
	Second() tea.Cmd
}

// ticked is the second's redraw of running clocks.
type ticked struct{ ui *UI }

// Deliver implements Routed.
func (m ticked) Deliver() tea.Cmd {
	m.ui.ticking = false
	if s, ok := m.ui.Screen().(Clocked); ok {
		return s.Second()
	}
	return nil
}

// Tick asks for the next redraw, at the full second, while a clock is to be seen. Over SSH
// each has a moment of their own within the second: the machine that serves would else draw
// for everybody at once, and keep those waiting who type.
func (u *UI) Tick() tea.Cmd {
	s, ok := u.Screen().(Clocked)
	if u.ticking || !ok || !s.Clocks() {
		return nil
	}
	u.ticking = true
	now := Wall(u)
	if u.SSH && u.beat == 0 {
		u.beat = max(now.Sub(now.Truncate(time.Second)), 1)
	}
	next := now.Truncate(time.Second).Add(u.beat)
	if !next.After(now) {
		next = next.Add(time.Second)
	}
	return u.Unawaited(tea.Tick(next.Sub(now), func(time.Time) tea.Msg { return ticked{u} }))
}

// A Keeper is a screen that may have something to finish before the program ends.
type Keeper interface {
	// Unfinished reports whether something is under way; ask, if it is not nil,
	// asks whether to let go of what cannot be finished.
	Unfinished() (busy bool, ask Dialog)
}

// Quit leaves as soon as what is being saved is saved; asked a second time, at
// once.
func (u *UI) Quit() tea.Cmd {
	busy, ask := false, Dialog(nil)
	if s, ok := u.Screen().(Keeper); ok {
		busy, ask = s.Unfinished()
	}
	asked, _ := u.Top().(*Confirm)
	switch {
	case !busy, u.leaving, asked != nil && asked.Leaves:
		return u.Leave()
	case ask != nil:
		return u.Show(ask)
	}
	u.leaving = true
	u.Say("Saving what is under way; then muster ends. Press again to end at once.")
	return nil
}

// Leave ends the program at once.
func (u *UI) Leave() tea.Cmd { return tea.Quit }

// Leaving reports whether the program is to end as soon as everything is saved.
func (u *UI) Leaving() bool { return u.leaving }

// Stay takes that back: something could not be saved, or needs an answer.
func (u *UI) Stay() { u.leaving = false }

// An Editor opens a text in the person's own editor. command runs it on the
// terminal; then read says what the text is now.
type Editor func(text string) (command tea.ExecCommand, read func() (string, error), err error)
