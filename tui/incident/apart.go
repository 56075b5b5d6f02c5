package incident

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/state/when"
	"muster/tui/kit"
)

// This file is about an incident of which there are several logs: copies, branches, and
// what was merged.

// apartMark says that the log is a copy or a branch of another; "" if it is neither.
func (c *Case) apartMark() string {
	switch {
	case c.follows:
		return "COPY"
	case c.Inc.Branch != nil:
		return "BRANCH"
	}
	return ""
}

// heardText says when the other side was heard last.
func (c *Case) heardText(at time.Time) string {
	if at.IsZero() {
		return "at a time that is not known"
	}
	return kit.ClockTime(at, c.UI.Now()) + ", " + when.Ago(at, c.UI.Now())
}

// copyText says what a copy follows, and how far it has come.
func (c *Case) copyText(copied state.Copy) string {
	text := fmt.Sprintf("This is a COPY of %s. That was heard last %s. The copy goes up to entry %d, head %s.",
		clean.Line(copied.Source), c.heardText(copied.Heard), c.Inc.Head.Seq, c.Inc.Head.Hash.Code())
	if copied.Alarm != "" {
		text += "\n" + clean.Line(copied.Alarm) + "."
	}
	return text
}

// branchText says where a branch left the other log, and what that knows.
func (c *Case) branchText() string {
	b := c.Inc.Branch
	text := fmt.Sprintf("This is a BRANCH of %s, since %s, by %s. The other side is known to have entry %d, head %s, and was heard last %s. Here %s since.",
		clean.Line(b.Source), kit.ClockTime(b.When, c.UI.Now()), kit.Person(b.By), b.Entry, b.Head.Code(), c.heardText(b.Heard), recordedSince(c.Inc, b.Seq))
	return text + "\nIt is merged at the other side: bring this incident's folder there, or what muster export --format jsonl writes, and “Merge a branch” takes over what was recorded here."
}

// recordedSince says how many entries stand from one on.
func recordedSince(inc *state.Incident, seq uint64) string {
	n := int(inc.Head.Seq - seq + 1)
	if n == 1 {
		return "1 entry was recorded"
	}
	return fmt.Sprintf("%d entries were recorded", n)
}

// mergesText says which branches were taken over, a line each.
func (c *Case) mergesText() string {
	var lines []string
	for _, seq := range c.Inc.Merges {
		if e, ok := c.Inc.Entry(seq); ok {
			lines = append(lines, fmt.Sprintf("Entry %d, %s, %s: %s", seq, kit.ClockTime(e.When(), c.UI.Now()), kit.Person(e.By.Name), clean.Row(c.Says(e))))
		}
	}
	return strings.Join(lines, "\n")
}

// noApart says why there is nothing to say of other logs; "" if there is.
func (o *Open) noApart() string {
	if o.apartMark() == "" && len(o.Inc.Merges) == 0 {
		return "This log is no copy and no branch, and none was merged with it."
	}
	return ""
}

// apartLabel shows in the footer of a copy or a branch.
func (o *Open) apartLabel() string { return strings.ToLower(o.apartMark()) }

// apartRead is what a copy follows, as it was read again.
type apartRead struct {
	of     *Open
	asked  kit.Asked
	copied state.Copy
	is     bool
}

// showApart says what the other side last knew; of a copy it offers to go on in it.
func (o *Open) showApart() tea.Cmd {
	session, asked := o.Session, o.UI.Asked()
	return func() tea.Msg {
		copied, is := session.Copy()
		return apartRead{o, asked, copied, is}
	}
}

// Deliver implements kit.Routed.
func (m apartRead) Deliver() tea.Cmd {
	o := m.of
	if m.is && !o.Watch {
		o.copied = m.copied
		return m.asked.Show(o.goingOn())
	}
	var parts []string
	switch {
	case m.is:
		parts = append(parts, o.copyText(m.copied))
	case o.Inc.Branch != nil:
		parts = append(parts, o.branchText())
	}
	if merges := o.mergesText(); merges != "" {
		parts = append(parts, "Branches that were merged:\n"+merges)
	}
	return m.asked.Tell("The other side", strings.Join(parts, "\n\n"))
}

// goingOn offers to watch a copy, or to go on in it.
func (o *Open) goingOn() kit.Dialog {
	return &kit.Confirm{
		UI: o.UI, Title: "A copy: watch, or go on in it?", No: "watch", Yes: "go on in it",
		About: o.copyText(o.copied) + "\n\nWatching records nothing. Going on makes a BRANCH of it: from then on it is a log like any other, and follows its source no more. Later the two are merged.",
		Do:    func() tea.Cmd { return o.Ask(o.branching()) },
	}
}

// branching asks why, and makes the branch.
func (o *Open) branching() TypedAction {
	session := o.Session
	return TypedAction{
		Title: "Go on in the copy", Verb: "go on", About: "The first entry here will say from which head people went on.",
		Fields: func() []*kit.Field {
			return []*kit.Field{{ID: "why", Label: "Why?", Hint: "optional: what cannot be reached"}}
		},
		Command: func(v map[string]string) state.Command {
			return state.BranchLog{Source: o.copied.Source, Heard: o.copied.Heard, Why: v["why"]}
		},
		Do: func(ctx context.Context, action state.Action) (*state.Incident, error) {
			return session.Branch(ctx, action)
		},
		Then: func() tea.Cmd {
			o.follows = false
			o.look()
			o.UI.Say("A BRANCH from here on: what you do is recorded here.")
			return nil
		},
	}
}

// offerBranch offers to go on in a copy that was opened.
func (o *Open) offerBranch() tea.Cmd {
	if !o.follows || o.Watch {
		return nil
	}
	return o.UI.Raise(o.goingOn())
}
