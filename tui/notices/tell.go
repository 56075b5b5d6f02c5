package notices

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/tui/kit"
)

// Text implements kit.Texter.
func (d *writer) Text() string { return d.input.Value() }

// SetText implements kit.Texter.
func (d *writer) SetText(text string) tea.Cmd {
	d.input.Set(text)
	d.drafting()
	return nil
}

// Tell implements kit.Teller: the text, and what it claims.
func (d *writer) Tell() kit.Telling {
	told := kit.Telling{Title: d.title}
	for _, line := range strings.Split(d.input.Value(), "\n") {
		told.Text = append(told.Text, kit.Line{Text: line})
	}
	told.Text = append(told.Text, kit.Said(d.claimLines(kit.Wide, kit.Wide))...)
	return told
}

// Tell implements kit.Teller.
func (d *claimsDialog) Tell() kit.Telling {
	told := kit.Telling{Title: d.title}
	for i := range d.of.Inc.Services {
		row := d.row(&d.of.Inc.Services[i])
		text := row[1] + " is said to be " + row[2] + "; it is known to be " + row[3]
		if row[0] == d.of.UI.Theme.Glyphs.Failed {
			text = row[0] + " " + text
		}
		told.List = append(told.List, kit.Line{Text: text, On: i == d.cursor, Do: func() tea.Cmd {
			d.cursor = i
			return nil
		}})
	}
	if len(told.List) == 0 {
		told.List = []kit.Line{{Text: "The runbook has no services."}}
	}
	return told
}
