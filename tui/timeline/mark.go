package timeline

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"muster/state"
)

// mark makes the entry a key event of the report, or takes that mark away. The cursor stays
// on it: the same key takes back what it did.
func (t *Screen) mark() tea.Cmd {
	seq := t.chosen()
	if seq == 0 {
		return nil
	}
	t.stays = seq
	return t.Record(state.MarkEntry{Seq: seq, Off: slices.Contains(state.Marked(t.Inc), seq)})
}

// marks say of an entry what its place in the log does not, and whether it is a key event.
func marks(inc *state.Incident, e *state.Entry) []string {
	all := state.Marks(inc, e)
	if slices.Contains(state.Marked(inc), e.Seq) {
		all = append(all, "key event")
	}
	return all
}
