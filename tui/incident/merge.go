package incident

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state/clean"
	"muster/state/sorted"
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
	ctx, end := context.WithCancel(o.Ctx)
	world, id, person, asked := o.World, o.Inc.ID, o.UI.Person, o.UI.Asked()
	read := &sending{by: strings.TrimPrefix(source, "ssh://"), began: o.UI.Now(), end: end}
	o.reads = append(o.reads, read)
	o.UI.Say("The branch is being read" + o.UI.Theme.Glyphs.Saving + " " + kit.Esc(o.UI) + " ends that")
	return func() tea.Msg {
		defer end()
		over := make(chan branchMerged, 1)
		go func() { // a file on a mount that hangs cannot be interrupted
			more, text, err := world.Merge(ctx, id, person, source, dry)
			over <- branchMerged{o, asked, read, source, dry, dry && more, text, err}
		}()
		select {
		case m := <-over:
			return m
		case <-ctx.Done():
			return branchMerged{of: o, asked: asked, read: read, source: source, dry: dry, err: ctx.Err()}
		}
	}
}

// EndReads ends what is being read of branches, and reports whether anything was.
func (c *Case) EndReads() bool {
	for _, one := range c.reads {
		one.end()
	}
	return len(c.reads) > 0
}

// readState is which branch is being read, and since when; "" if none is.
func readState(c *Case) string {
	if len(c.reads) == 0 {
		return ""
	}
	return cmp.Or(c.since(c.reads[0]), "reading"+c.UI.Theme.Glyphs.Saving)
}

// newLeaveReading asks before a branch that is being read is let go.
func newLeaveReading(c *Case) kit.Dialog {
	return &kit.Confirm{
		UI: c.UI, Title: "NOT MERGED YET", Yes: "end all the same", Leaves: true, Do: c.UI.Leave,
		About: clean.Line(c.reads[0].by) + " is still being read. If muster ends now it may not be merged.",
	}
}

// branchMerged is what merging did, or with asks, would do.
type branchMerged struct {
	of     *Open
	asked  kit.Asked
	read   *sending
	source string
	dry    bool
	asks   bool
	text   string
	err    error
}

// Deliver implements kit.Routed.
func (m branchMerged) Deliver() tea.Cmd {
	u := m.of.UI
	u.Say("")
	m.of.reads = sorted.Without(slices.Clone(m.of.reads), func(one *sending) bool { return one == m.read })
	switch {
	case errors.Is(m.err, context.Canceled):
		text := "Not merged: "
		if !m.dry {
			text = "Look whether it is merged; it is not waited for any longer: "
		}
		u.Say(text + clean.Line(m.source))
		return nil
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
