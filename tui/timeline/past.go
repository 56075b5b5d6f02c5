package timeline

import tea "charm.land/bubbletea/v2"

// past shows the incident as it stood when the entry was written.
func (t *Screen) past() tea.Cmd {
	seq := t.chosen()
	if seq == 0 {
		return nil
	}
	if d, ok := t.UI.Top().(*entryDialog); ok {
		t.UI.Hide(d)
	}
	return t.LookBack(seq)
}
