package incident

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state/clean"
)

// others are those who are in this incident too, or not only in this one.
func (o *Open) others(everywhere bool) []Mate {
	if o.Team == nil {
		return nil
	}
	var list []Mate
	for _, m := range o.Team.Others() {
		if everywhere || m.Incident == o.Inc.ID {
			list = append(list, m)
		}
	}
	return list
}

// teamMark says in the head how many others are in the incident.
func (o *Open) teamMark() string {
	here, lost := people(o, o.others(false))
	var parts []string
	if here > 0 {
		parts = append(parts, fmt.Sprintf("%d more here", here))
	}
	if lost > 0 {
		parts = append(parts, fmt.Sprintf("%d cut off", lost))
	}
	if n := len(o.waiting()); n > 0 {
		parts = append(parts, fmt.Sprintf("%d at the door: %s", n, o.UI.KeyOf("door")))
	}
	return strings.Join(parts, ", ")
}

// people counts who is here, and who was cut off, of those who sit at mates: some have two
// screens, and this person may have another one.
func people(o *Open, mates []Mate) (here, lost int) {
	are := map[string]bool{clean.Line(o.UI.Person): true}
	for _, m := range mates {
		if !m.Lost && !are[m.Name] {
			are[m.Name] = true
			here++
		}
	}
	for _, m := range mates {
		if !are[m.Name] { // on none of their screens
			are[m.Name] = true
			lost++
		}
	}
	return here, lost
}

// AtStep names those who have a step before their eyes too, in one line; "" if nobody has.
func (o *Open) AtStep(step string) string {
	var names []string
	for _, m := range o.others(false) {
		if m.Step == step && !m.Lost && step != "" && !slices.Contains(names, m.Name) { // some have two screens
			names = append(names, m.Name)
		}
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0] + " looks at this step too"
	}
	return strings.Join(names, ", ") + " look at this step too"
}

// showTeam lists who is here and where.
func (o *Open) showTeam() tea.Cmd {
	var b strings.Builder
	fmt.Fprintf(&b, "%s — here, this terminal\n", clean.Line(o.UI.Person))
	for _, m := range o.others(true) {
		if s := o.Inc.Step(m.Step); s != nil && m.Incident == o.Inc.ID {
			m.Step = s.Number
		}
		b.WriteString(m.line(o.UI.Now()) + "\n")
	}
	for _, guest := range o.waiting() {
		fmt.Fprintf(&b, "%s (%s) — waits at the door: %s\n", guest.Name, guest.Role, o.UI.KeyOf("door"))
	}
	return o.UI.Tell("Who is here", b.String())
}

// noTeam says why nobody can be listed.
func (o *Open) noTeam() string {
	if o.Team == nil {
		return "Nothing is known of who else is here."
	}
	return ""
}
