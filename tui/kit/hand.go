package kit

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// What is too quick to have been meant. A keyboard repeats a key that is held down
// after 0.25 to 1 s, and then some thirty times a second; a slow line delivers such
// keys in heaps.
const (
	rollPause     = 100 * time.Millisecond // a hand that decides twice pauses longer in between
	slowRollPause = 150 * time.Millisecond // over SSH
	firstRepeat   = 1200 * time.Millisecond
	// A key that has begun to repeat itself goes on, although one repeat is late: the machine
	// is busy. A hand that lets go of it and means it anew takes longer.
	lateRepeat = 400 * time.Millisecond
)

// A hand is what the keyboard did last, to tell what somebody meant from what a key
// held down, or typing that goes on after its prompt has closed, does by itself.
// Moving and typing go on; what an action does, it does once.
type hand struct {
	key   string    // the last key
	at    time.Time // when it was pressed
	held  int       // how often in a row it came too soon after itself to be meant
	acted bool      // something was asked for, or a dialog has closed, and no pause since
	// waiting is a press that may turn out to be the key held down: the next one
	// comes soon then. nil if there is none.
	waiting *tea.KeyPressMsg
	serial  int // of waiting
	presses int // keys, so far
}

// A waited is the end of a pause in which no key came.
type waited struct {
	ui     *UI
	serial int
}

// Deliver implements Routed.
func (m waited) Deliver() tea.Cmd {
	if m.serial != m.ui.hand.serial {
		return nil
	}
	return m.ui.letGo()
}

// letGo does what the press that waits means by now.
func (u *UI) letGo() tea.Cmd {
	msg := u.hand.waiting
	u.hand.waiting = nil
	if msg == nil {
		return nil
	}
	return u.press(*msg)
}

// pressed takes a key, and reports whether it may be the one before held down, and
// whether it came too soon after that to be meant for itself.
func (h *hand) pressed(key string, repeat bool, now time.Time, roll time.Duration) (again, quick bool) {
	pause := now.Sub(h.at)
	if pause < 0 { // the clock was set
		pause = firstRepeat
	}
	again = repeat || key == h.key && pause < firstRepeat
	quick = repeat || pause < roll || again && h.held > 1 && pause < lateRepeat
	h.held++
	if !again || !quick {
		h.held = 0
	}
	h.presses++
	h.key, h.at, h.acted = key, now, h.acted && quick
	return again, quick
}

// Key takes a key press: it runs the action that the key means here, or hands it on
// as typing, unless it is plainly not meant.
func (u *UI) Key(msg tea.KeyPressMsg) tea.Cmd {
	msg = atItsPlace(u, msg)
	h, name := &u.hand, msg.String()
	again, quick := h.pressed(name, msg.IsRepeat, u.clock(), u.roll())
	var before tea.Cmd
	if again && quick {
		h.waiting = nil // it was the key held down
	} else {
		before = u.letGo()
	}
	if cmd, is := u.strayed.stray(msg, quick && (again || h.acted)); is {
		return tea.Batch(before, cmd)
	}
	act := u.Keys.Find(u.Top().Place(), name)
	switch {
	case act == nil || act.Again:
	case again && quick:
		u.Say("A key held down does it once.")
		return before
	case quick && h.acted && name != "ctrl+c":
		u.Say("That came too soon after what was done: press it again.")
		return before
	case again:
		h.waiting = &msg
		h.serial++
		serial := h.serial
		return tea.Batch(before, tea.Tick(u.roll(), func(time.Time) tea.Msg { return waited{u, serial} }))
	}
	return tea.Batch(before, u.press(msg))
}

// atItsPlace is a key that means nothing here in another alphabet, as the key at the same
// place of a Latin keyboard, if the terminal says which that is.
func atItsPlace(u *UI, msg tea.KeyPressMsg) tea.KeyPressMsg {
	place := u.Top().Place()
	if msg.BaseCode == 0 || msg.BaseCode == msg.Code || u.Keys.Find(place, msg.String()) != nil {
		return msg
	}
	base := tea.KeyPressMsg{Code: msg.BaseCode, Mod: msg.Mod, IsRepeat: msg.IsRepeat}
	if msg.Text != "" && unicode.IsPrint(msg.BaseCode) {
		base.Text, base.Mod = string(msg.BaseCode), 0
		if msg.Mod.Contains(tea.ModShift) {
			base.Text = strings.ToUpper(base.Text)
		}
	}
	if place.Is&Typing != 0 && base.Text != "" || u.Keys.Find(place, base.String()) == nil && editKeys()[base.String()] == nil {
		return msg
	}
	return base
}

func (u *UI) roll() time.Duration {
	if u.Slow {
		return slowRollPause
	}
	return rollPause
}

// press does what a key means.
func (u *UI) press(msg tea.KeyPressMsg) tea.Cmd {
	said, top := u.said, u.Top()
	u.Say("")
	rose := rose(u, top)
	if msg.String() != "ctrl+c" && u.tooSoon(top) {
		u.Say("This has just opened by itself: that key did nothing. Press it again.")
		return nil
	}
	if rose { // it hid what was said
		u.Say(said)
	}
	act := u.Keys.Find(top.Place(), msg.String())
	if act == nil && msg.Text == "" && takesWords(u) {
		u.Say(u.strayed.noKey(msg.String()))
	}
	if act == nil {
		u.strayed.typesOn(top, msg)
		return top.Update(msg)
	}
	if cmd, asks := u.strayed.asks(top, act); asks {
		return cmd
	}
	if u.strayed.arms(act, msg) {
		return nil
	}
	dialogs := len(u.dialogs)
	cmd := u.Run(act)
	if len(u.dialogs) > dialogs {
		u.strayed.openedBy(msg)
	}
	if !act.Again {
		u.hand.acted = u.hand.acted || len(u.dialogs) < dialogs || u.busy()
	}
	return cmd
}

// busy reports whether something is being saved.
func (u *UI) busy() bool {
	s, ok := u.Screen().(Keeper)
	if !ok {
		return false
	}
	busy, _ := s.Unfinished()
	return busy
}

// Paste gives pasted text to whoever takes typing. Where nobody does, that is said,
// and keys that came with it do nothing either.
func (u *UI) Paste(msg tea.PasteMsg) tea.Cmd {
	before := u.letGo()
	top := u.Top()
	if field := u.below(); top.Place().Is&Typing == 0 && field != nil {
		u.hand.at, u.hand.acted = u.clock(), true
		u.Say("Pasted into the form below.")
		return tea.Batch(before, field.Update(msg))
	}
	if cmd, finds := findsBy(u, msg.Content); finds {
		return tea.Batch(before, cmd)
	}
	if top.Place().Is&Typing == 0 {
		u.hand.at, u.hand.acted = u.clock(), true
		u.strayed.strays(msg.Content)
		return before
	}
	return tea.Batch(before, top.Update(msg))
}

// mostFound is how long a text is, at most, that somebody has typed to find by.
const mostFound = 80

// findsBy takes a heap of keys of which the first opens a line to find by, and the others are
// typed into it: so they come over a line with lag, or if the machine was busy. A path, or
// more lines than one, was pasted.
func findsBy(u *UI, heap string) (tea.Cmd, bool) {
	_, size := utf8.DecodeRuneInString(heap)
	key, text := heap[:size], heap[size:]
	act := u.Keys.Find(u.Top().Place(), key)
	if act == nil || !act.Finds || act.Why(u) != "" || len(text) > mostFound || strings.ContainsAny(text, "/\\\r\n") {
		return nil, false
	}
	u.Say("")
	u.hand.at, u.hand.acted = u.clock(), true // an enter that came with it does nothing
	cmd := u.Run(act)
	if top := u.Top(); top.Place().Is&Typing != 0 {
		cmd = tea.Batch(cmd, top.Update(tea.PasteMsg{Content: text}))
	}
	return cmd, true
}
