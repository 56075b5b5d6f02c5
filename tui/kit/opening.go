package kit

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// afterFirst is how long the first picture has the line to itself, if the terminal answers
// nothing and nobody presses a key: at 64 kbit/s it is through by then.
const afterFirst = 500 * time.Millisecond

// opened says that the first picture has had its time.
type opened struct{ ui *UI }

// Deliver implements Routed.
func (m opened) Deliver() tea.Cmd {
	Opened(m.ui)
	return nil
}

// Opening reports whether what can wait stays out of the picture. On a line where bytes take
// their time, the first one brings what there is to do now; what stands beside that comes
// with the next.
func Opening(u *UI) bool { return u.Slow && !u.opened }

// Opens has the first picture be followed by a whole one, whatever comes.
func Opens(u *UI) tea.Cmd {
	if !Opening(u) {
		return nil
	}
	return u.Unawaited(tea.Tick(afterFirst, func(time.Time) tea.Msg { return opened{u} }))
}

// Opened says that the first picture has gone out: the terminal has answered what was asked
// after it, or somebody acts upon what they see.
func Opened(u *UI) { u.opened = true }
