package incident

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/tui/kit"
)

// Views finds what concerns one person, or one question: as a part of the incident, it
// gives them to the palette.
type Views struct{ Of *Open }

// Finds implements finder.
func (v Views) Finds() []kit.Finding {
	o := v.Of
	return append([]kit.Finding{
		{Kind: "view", Text: "My steps: what I do, or what my roles are to do", Do: func() tea.Cmd { return showMine(o) }},
		{Kind: "view", Name: "overdue", Text: "Overdue: what is over its time", Do: func() tea.Cmd { return showOverdue(o) }},
		{Kind: "view", Text: "Who does what now", Do: func() tea.Cmd { return showWho(o) }},
	}, append(twoFound(o), handedOver(o)...)...)
}

// Lead implements leader: to what has two answers.
func (v Views) Lead(what, id string) (tea.Cmd, bool) {
	if what != "contradiction" {
		return nil, false
	}
	return leadToTwo(v.Of, id), true
}

// showMine lists the steps that wait for the person before the screens.
func showMine(o *Open) tea.Cmd {
	var all []kit.Finding
	for _, s := range state.StepsOf(o.Inc, o.UI.Person) {
		all = append(all, stepFinding(o, s, o.RoleTitle(s.Def.Role)))
	}
	if len(all) == 0 {
		return o.UI.Tell("My steps", "No open step is assigned to "+kit.Person(o.UI.Person)+", nor to a role that they hold.")
	}
	return o.UI.Show(kit.NewFinder(o.UI, "Steps of "+kit.Person(o.UI.Person), all))
}

// showOverdue lists what is over its time.
func showOverdue(o *Open) tea.Cmd {
	var all []kit.Finding
	now := o.Inc.Until(o.UI.Now())
	for _, d := range state.Due(o.Inc, now.Location()) {
		if !d.Overdue(now) {
			break
		}
		what := map[state.DueKind]string{state.DueCall: "contact"}[d.What]
		if what == "" {
			what = string(d.What)
		}
		all = append(all, kit.Finding{Kind: string(d.What), Text: d.Title, Hint: "due " + kit.ClockTime(d.At, now), Do: func() tea.Cmd { return o.LeadTo(what, d.ID) }})
	}
	if len(all) == 0 {
		return o.UI.Tell("Overdue", "Nothing is over its time.")
	}
	return o.UI.Show(kit.NewFinder(o.UI, "Over its time: "+kit.Plural(len(all), "thing"), all))
}

// showWho lists the steps under way with who does them, and who holds which role.
func showWho(o *Open) tea.Cmd {
	var all []kit.Finding
	for i := range o.Inc.Steps {
		s := &o.Inc.Steps[i]
		if status := o.Inc.Status(s); slices.Contains([]state.Status{state.Active, state.Blocked, state.Unconfirmed}, status) {
			all = append(all, stepFinding(o, s, state.Doer(o.Inc, s)))
		}
	}
	for i := range o.Inc.Roles {
		if r := &o.Inc.Roles[i]; r.Person != "" {
			all = append(all, kit.Finding{Kind: "role", Text: r.Def.Title, Hint: o.holder(r)})
		}
	}
	if len(all) == 0 {
		return o.UI.Tell(whoTitle(o), "No step is under way, and nobody holds a role.")
	}
	return o.UI.Show(kit.NewFinder(o.UI, whoTitle(o), all))
}

// stepFinding leads to a step.
func stepFinding(o *Open, s *state.Step, hint string) kit.Finding {
	return kit.Finding{Kind: string(o.Inc.Status(s)), Text: s.Name(), Hint: hint, Do: func() tea.Cmd { return o.LeadTo("step", s.ID) }}
}
