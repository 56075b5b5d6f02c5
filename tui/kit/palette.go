package kit

import tea "charm.land/bubbletea/v2"

// A Found screen says what the palette finds beside actions.
type Found interface{ Findings() []Finding }

// openPalette finds any action that applies here, and whatever else the screen has.
func openPalette(u *UI) tea.Cmd {
	var all []Finding
	for _, act := range u.Keys.In(u.Screen().Place()) {
		if act.ID == "palette" || act.Why(u) != "" {
			continue
		}
		hint := ""
		if len(act.Keys) > 0 {
			hint = u.keySign(act.Keys[0])
		}
		all = append(all, Finding{Kind: "action", Text: act.Title + "  " + act.ID, Hint: hint, Do: func() tea.Cmd { return u.Run(act) }})
	}
	if s, ok := u.Screen().(Found); ok {
		all = append(all, s.Findings()...)
	}
	return u.Show(NewFinder(u, "Find", all))
}

// openHelp lists every key that works here, from the table that the keys are
// looked up in.
func openHelp(u *UI) tea.Cmd {
	here := u.Top().Place()
	if !u.Covered() {
		here = u.Screen().Place()
	}
	var all []Finding
	for _, act := range u.Keys.In(here) {
		keys := ""
		for i, key := range act.Keys {
			if i > 0 {
				keys += " "
			}
			keys += u.keySign(key)
		}
		why := act.Why(u)
		do := func() tea.Cmd { return u.Run(act) }
		if why != "" {
			do = func() tea.Cmd { u.Say(why); return nil }
		}
		all = append(all, Finding{Kind: keys, Text: act.Title + "  " + act.ID, Do: do})
	}
	f := NewFinder(u, "Keys: "+here.Name, all)
	return u.Show(f)
}
