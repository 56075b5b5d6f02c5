package kit

import tea "charm.land/bubbletea/v2"

// An Asked is a moment at which a person asked for something that takes time. What comes
// of it opens at once if they have pressed nothing since. Else it has opened by itself,
// and a key that was meant for something else neither acts in it nor closes it.
type Asked struct {
	ui      *UI
	presses int
}

// Asked notes that something is asked for.
func (u *UI) Asked() Asked { return Asked{u, u.hand.presses} }

// Show shows what came of it.
func (a Asked) Show(d Dialog) tea.Cmd {
	if a.presses == a.ui.hand.presses {
		return a.ui.Show(d)
	}
	return a.ui.Raise(d)
}

// Tell shows a message that came of it.
func (a Asked) Tell(title, text string) tea.Cmd {
	return a.Show(&Message{ui: a.ui, title: title, text: text})
}
