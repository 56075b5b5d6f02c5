package kit

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// A risen dialog has opened by itself.
type risen struct {
	dialog Dialog
	at     time.Time // when it opened, or last let a key fall
}

// Raise shows a dialog that opens by itself. It takes no key until the keyboard has
// been quiet for a moment. While letters are text it waits: over a text field it would
// take them for its own keys. ShowWaiting, or leaving the field, opens it then.
func (u *UI) Raise(d Dialog) tea.Cmd {
	u.waiting = append(u.waiting, d)
	u.Surface()
	return nil
}

// Surface opens the dialogs that waited for a text field to be left, if it was.
func (u *UI) Surface() {
	for len(u.waiting) > 0 && u.Top().Place().Is&Typing == 0 {
		d := u.waiting[0]
		u.waiting = u.waiting[1:]
		u.dialogs = append(u.dialogs, d)
		u.risen = risen{d, u.Now()}
	}
}

// Waits reports whether a dialog waits for a text field to be left.
func (u *UI) Waits() bool { return len(u.waiting) > 0 }

// ShowWaiting opens what waits over the text field: it was asked for. It reports
// whether there was anything.
func (u *UI) ShowWaiting() bool {
	waited := u.Waits()
	u.dialogs = append(u.dialogs, u.waiting...)
	u.waiting = nil
	return waited
}

// tooSoon reports whether a dialog that opened by itself lets a key fall: it has only
// just opened, or keys have not stopped since.
func (u *UI) tooSoon(top Part) bool {
	if u.risen.dialog == nil || Part(u.risen.dialog) != top || !JustOpened(u.risen.at, u.Now()) {
		return false
	}
	u.risen.at = u.Now()
	return true
}

// below is the text field under dialogs that take no text; nil if there is none.
func (u *UI) below() Part {
	for i := len(u.dialogs) - 1; i >= 0; i-- {
		if u.dialogs[i].Place().Is&Typing != 0 {
			return u.dialogs[i]
		}
	}
	return nil
}
