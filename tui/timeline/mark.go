package timeline

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"muster/state"
)

// mark makes the entry a key event of the report, or takes that mark away.
func (t *Screen) mark() tea.Cmd {
	seq := t.chosen()
	if seq == 0 {
		return nil
	}
	return t.Record(state.MarkEntry{Seq: seq, Off: slices.Contains(state.Marked(t.Inc), seq)})
}
