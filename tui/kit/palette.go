package kit

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// A Found screen says what the palette finds beside actions.
type Found interface{ Findings() []Finding }

// openPalette finds any action that applies here, and whatever else the screen has.
func openPalette(u *UI) tea.Cmd {
	var all []Finding
	place := u.Screen().Place()
	for _, act := range u.Keys.Named(place) {
		if act.ID == "palette" || !act.Offered(u) {
			continue
		}
		hint := ""
		if len(act.Keys) > 0 && u.Keys.Find(place, act.Keys[0]) == act {
			hint = u.keySign(act.Keys[0])
		}
		all = append(all, Finding{Kind: "action", Text: act.Title + "  " + act.ID, Name: act.ID, Hint: hint, Do: func() tea.Cmd { return u.Run(act) }})
	}
	if s, ok := u.Screen().(Found); ok {
		all = append(all, s.Findings()...)
	}
	return u.Show(NewFinder(u, "Find", all))
}

// openHelp lists every key that works here, from the table that the keys are looked
// up in: first what is done here alone, then what is done with the incident, then the
// ways to move. Last is what the signs mean.
func openHelp(u *UI) tea.Cmd {
	here := u.Top().Place()
	if !u.Covered() {
		here = u.Screen().Place()
	}
	groups := map[int][]Finding{}
	for _, act := range u.Keys.In(here) {
		why := act.Why(u)
		do := func() tea.Cmd { return u.Run(act) }
		if why != "" {
			do = func() tea.Cmd { u.Say(why); return nil }
		}
		var keys []string
		for _, key := range act.Keys {
			keys = append(keys, u.keySign(key))
		}
		g, hint := groupOf(u.Keys, act), ""
		if why != "" && g == hereGroup {
			g, hint = notNowGroup, "not now"
		}
		groups[g] = append(groups[g], Finding{Kind: strings.Join(keys, " "), Text: act.Title + "  " + act.ID, Name: act.ID, Hint: hint, Do: do})
	}
	titles := []string{"Here: " + here.Name, "Here, but not just now", "Everywhere", "To other places", "Moving", "muster"}
	var all []Finding
	for g, title := range titles {
		for _, f := range groups[g] {
			f.Group = title
			all = append(all, f)
		}
	}
	all = append(append(all, writing(u, here)...), signs(u)...)
	return u.Show(NewFinder(u, "Keys: "+here.Name+" (type to find)", all))
}

// The sections of help, in their order.
const (
	hereGroup = iota
	notNowGroup
	everywhereGroup
	placesGroup
	movingGroup
	programGroup
)

// IsHere reports whether an action is one of few places, and about what stands there.
func IsHere(keys *KeyMap, act *Action) bool { return groupOf(keys, act) == hereGroup }

// LeadsElsewhere reports whether an action leads to another place.
func LeadsElsewhere(keys *KeyMap, act *Action) bool { return groupOf(keys, act) == placesGroup }

// groupOf is the section of help that an action stands in.
func groupOf(keys *KeyMap, act *Action) int {
	subject, _, _ := strings.Cut(act.ID, ".")
	switch subject {
	case "move", "search", "board", "form", "choose":
		return movingGroup
	case "screen", "back", "view":
		return placesGroup
	case "palette", "help", "mouse", "quit", "suspend", "cancel", "take", "repaint":
		return programGroup
	}
	if len(keys.placesOf(act)) <= 2 {
		return hereGroup
	}
	return everywhereGroup
}
