package notices

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state"
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
	told.Text = append(told.Text, kit.Line{Text: d.screen.Acting() + "."})
	return told
}

// choose asks what is claimed of the service that was chosen.
func (d *claimsDialog) choose() tea.Cmd {
	sv := d.service()
	if sv == nil {
		return nil
	}
	var all []kit.Finding
	for _, st := range claimable() {
		text := string(st)
		if st == "" {
			text = "nothing"
		}
		all = append(all, kit.Finding{Text: text, Do: func() tea.Cmd {
			d.claims[sv.ID] = st
			return nil
		}})
	}
	return d.of.UI.Show(kit.NewFinder(d.of.UI, d.of.ServiceTitle(sv.ID)+" is said to be", all))
}

// Tell implements kit.Teller.
func (d *claimsDialog) Tell() kit.Telling {
	told := kit.Telling{Title: d.title}
	for i := range d.of.Inc.Services {
		row := d.row(&d.of.Inc.Services[i])
		known := "; it is known to be " + row[3]
		if d.of.Inc.Services[i].State == state.UnknownState {
			known = "; it is not known how it stands"
		}
		text := row[1] + " is said to be " + row[2] + known
		if d.claims[d.of.Inc.Services[i].ID] == "" {
			text = row[1] + ": nothing is said of it" + known
		}
		if row[0] == d.of.UI.Theme.Glyphs.Failed {
			text = row[0] + " " + text
		}
		told.List = append(told.List, kit.Line{Text: text, On: i == d.cursor, Do: func() tea.Cmd {
			d.cursor = i
			return d.choose()
		}})
	}
	if len(told.List) == 0 {
		told.List = []kit.Line{{Text: "The runbook has no services."}}
	}
	return told
}
