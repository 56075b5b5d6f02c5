package incident

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/tui/kit"
)

// maxPlan is how many lines are shown of what merging would do.
const maxPlan = 10

// noMerge says why no branch is taken over here; "" if one can be.
func noMerge(o *Open) string {
	switch {
	case o.UI.SSH:
		return "A branch is merged on the machine that serves; send it there by any way."
	case o.World == nil:
		return "Nothing outside can be reached."
	}
	return o.Cannot()
}

// mergeBranch asks for a branch, and shows what merging it would do before it does it.
func mergeBranch(o *Open) tea.Cmd {
	source := &kit.Field{ID: "source", Label: "Its file or folder, or ssh://[USER@]HOST[:PORT]/INCIDENT", Required: true}
	about := "A branch is a copy of this log in which people went on. You see what it would do before anything is written."
	return o.UI.Show(kit.NewPrompt(o.UI, "Merge a branch", about, "look at it", []*kit.Field{source}, nil, func(v map[string]string) (string, tea.Cmd) {
		return "", o.merging(strings.TrimSpace(v["source"]), true)
	}))
}

// merging reads a branch, and takes it over unless it is to be looked at alone.
func (o *Open) merging(source string, dry bool) tea.Cmd {
	ctx, world, id, person, asked := o.Ctx, o.World, o.Inc.ID, o.UI.Person, o.UI.Asked()
	o.UI.Say("The branch is being read…")
	return func() tea.Msg {
		more, text, err := world.Merge(ctx, id, person, source, dry)
		return branchMerged{o, asked, source, dry && more, text, err}
	}
}

// branchMerged is what merging did, or with asks, would do.
type branchMerged struct {
	of     *Open
	asked  kit.Asked
	source string
	asks   bool
	text   string
	err    error
}

// Deliver implements kit.Routed.
func (m branchMerged) Deliver() tea.Cmd {
	u := m.of.UI
	u.Say("")
	switch {
	case m.err != nil:
		return m.asked.Tell("Not merged", m.err.Error())
	case !m.asks:
		if strings.Contains(m.text, "TWO ANSWERS") {
			m.text = strings.TrimRight(m.text, "\n") + "\n\n" + u.KeyOf("settle") + " settles what has two answers."
		}
		return m.asked.Tell("Merged", m.text)
	}
	lines := strings.Split(strings.TrimSpace(m.text), "\n")
	if more := len(lines) - maxPlan; more > 0 {
		lines = append(lines[:maxPlan], fmt.Sprintf("and %d lines more: muster merge --dry-run shows all", more))
	}
	return m.asked.Show(&kit.Confirm{
		UI: u, Title: "Merge this branch?", About: strings.Join(lines, "\n"), Yes: "merge", No: "leave it",
		Do: func() tea.Cmd { return m.of.merging(m.source, false) },
	})
}
