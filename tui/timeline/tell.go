package timeline

import (
	tea "charm.land/bubbletea/v2"

	"muster/tui/kit"
)

// Tell implements kit.Teller: the entries that the filters let through, the newest last.
func (t *Screen) Tell() kit.Telling {
	told := kit.Telling{Title: kit.Plainly(t.filterLine(kit.Wide)), Last: true}
	for i, seq := range t.shown {
		told.List = append(told.List, kit.Line{Text: "entry " + t.Brief(seq), On: i == t.cursor, Do: func() tea.Cmd {
			t.visit(seq)
			return nil
		}})
	}
	if len(t.shown) == 0 {
		told.List = []kit.Line{{Text: "No entry matches."}}
	}
	if seq := t.at(); seq != 0 {
		told.Text = []kit.Line{{Text: "“show” says all there is to know of it."}}
	}
	return told
}

// Tell implements kit.Teller.
func (d *entryDialog) Tell() kit.Telling {
	var told kit.Telling
	told.Title = "Entry " + d.timeline.Brief(d.seq)
	for _, row := range d.timeline.entryRows(d.seq) {
		told.Text = append(told.Text, kit.Line{Text: row.label + ": " + row.text})
	}
	return told
}
