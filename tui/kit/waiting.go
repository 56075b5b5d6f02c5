package kit

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// unread is how long a dialog that opened by itself takes no keys, so that nobody
// answers what they have not read.
const unread = 400 * time.Millisecond

// Raise shows a dialog that opens by itself. It takes no key until the keyboard has
// been quiet for a moment. While letters are text it waits: over a text field it would
// take them for its own keys. ShowWaiting, or leaving the field, opens it then.
func (u *UI) Raise(d Dialog) tea.Cmd {
	u.waiting = append(u.waiting, d)
	u.Surface()
	return nil
}

// Settle does what is to be done after every message: what waits opens, and what was
// typed is kept.
func (u *UI) Settle() tea.Cmd {
	u.Surface()
	u.Drafts.forgetTaken()
	return u.Drafts.save()
}

// Surface opens the dialogs that waited for a text field to be left, if it was. Line by
// line they wait until they are asked for: the next line is meant for something else.
func (u *UI) Surface() {
	for !u.ByLine && len(u.waiting) > 0 && u.Top().Place().Is&Typing == 0 {
		d := u.waiting[0]
		u.waiting = u.waiting[1:]
		u.dialogs = append(u.dialogs, d)
		if u.risen == nil {
			u.risen = map[Dialog]time.Time{}
		}
		u.risen[d] = u.Now()
	}
}

// Waits reports whether a dialog waits for a text field to be left.
func (u *UI) Waits() bool { return len(u.waiting) > 0 }

// Waiting are the dialogs that wait for a text field to be left.
func Waiting(u *UI) []Dialog { return u.waiting }

// ShowWaiting opens what waits over the text field: it was asked for. It reports
// whether there was anything.
func (u *UI) ShowWaiting() bool {
	waited := u.Waits()
	u.dialogs = append(u.dialogs, u.waiting...)
	u.waiting = nil
	return waited
}

// rose reports whether a part opened by itself and has taken no key yet.
func rose(u *UI, top Part) bool {
	d, _ := top.(Dialog)
	_, ok := u.risen[d]
	return ok
}

// tooSoon reports whether a dialog that opened by itself lets a key fall: it can only
// just be seen, or keys have not stopped since.
func (u *UI) tooSoon(top Part) bool {
	d, _ := top.(Dialog)
	at, ok := u.risen[d]
	if !ok {
		return false
	}
	if since := u.Now().Sub(at); since >= 0 && since < unread {
		u.risen[d] = u.Now()
		return true
	}
	delete(u.risen, d) // it was read
	return false
}

// covering notes that the top dialog is about to be covered: if there was time to read
// it, it was read.
func (u *UI) covering() {
	n := len(u.dialogs)
	if len(u.risen) > 0 && n > 0 && u.Now().Sub(u.risen[u.dialogs[n-1]]) >= unread {
		delete(u.risen, u.dialogs[n-1])
	}
}

// fallen notes that a dialog is gone: what lay below it can only be read now.
func (u *UI) fallen(d Dialog) {
	delete(u.risen, d)
	if n := len(u.dialogs); n > 0 && !u.risen[u.dialogs[n-1]].IsZero() {
		u.risen[u.dialogs[n-1]] = u.Now()
	}
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
