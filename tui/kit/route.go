package kit

import (
	tea "charm.land/bubbletea/v2"
)

// Run does an action, if it applies.
func (u *UI) Run(act *Action) tea.Cmd {
	if why := act.Why(u); why != "" {
		u.Say(why)
		return nil
	}
	return act.Do(u)
}

// Means is the id of the action that a key, by its name, has just now; "" if it has
// none, or is typing.
func (u *UI) Means(key string) string {
	act := u.Keys.Find(u.Top().Place(), key)
	if act == nil || act.Why(u) != "" {
		return ""
	}
	return act.ID
}

// Move moves the cursor of who has the keys.
func (u *UI) Move(m Motion) tea.Cmd {
	if top, ok := u.Top().(Mover); ok {
		return top.Move(m)
	}
	return nil
}

// Cancel closes the top dialog, or ends the filter.
func (u *UI) Cancel() tea.Cmd {
	if len(u.dialogs) == 0 {
		return With(Canceler.Cancel)(u)
	}
	d := u.dialogs[len(u.dialogs)-1]
	u.Hide(d)
	if c, ok := d.(Canceler); ok {
		return c.Cancel()
	}
	return nil
}

// Pointer turns the wheel into movement and hands clicks to who was hit.
func (u *UI) Pointer(msg tea.MouseMsg) tea.Cmd {
	m := msg.Mouse()
	top := u.Top()
	switch msg.(type) {
	case tea.MouseWheelMsg:
		way, ok := map[tea.MouseButton]Motion{tea.MouseWheelUp: WheelUp, tea.MouseWheelDown: WheelDown}[m.Button]
		if s, wheels := top.(Wheeler); ok && wheels {
			return s.Wheel(m.X, way)
		}
		if s, moves := top.(Mover); ok && moves {
			return s.Move(way)
		}
	case tea.MouseClickMsg:
		if m.Button != tea.MouseLeft {
			return nil
		}
		if d, ok := top.(Dialog); ok && len(u.dialogs) > 0 {
			area := u.dialogArea(d)
			box, _ := d.View(area.W, area.H)
			if len(box) == 0 {
				return nil
			}
			x, y := u.dialogAt(box)
			return d.Click(m.X-x, m.Y-y)
		}
		return top.Click(m.X, m.Y-u.band())
	}
	return nil
}
