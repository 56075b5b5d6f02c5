package incident

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/kit"
)

// closeOrReopen closes an open incident, after saying what is unfinished.
func closeOrReopen(o *Open) tea.Cmd {
	if o.Inc.Closed != nil {
		return o.Ask(TypedAction{
			Title: "Reopen the incident", Verb: "reopen",
			Fields:  func() []*kit.Field { return []*kit.Field{{ID: "why", Label: "Why?", Required: true}} },
			Command: func(v map[string]string) state.Command { return state.ReopenIncident{Why: v["why"]} },
		})
	}
	about := "Everything required is settled."
	if open := o.Inc.OpenItems(); len(open) > 0 {
		about = sayOpen(o, open)
	}
	for _, n := range state.Alone(o.Inc) {
		about += "\nOne person drafted, approved and sent: " + clean.Row(n.Title())
	}
	return o.Ask(TypedAction{
		Title: "Close the incident", About: about, Verb: "close",
		Fields: func() []*kit.Field {
			return []*kit.Field{{ID: "summary", Label: "Summary: what happened, in a few sentences", Kind: kit.NoteField, Required: true}}
		},
		Command: func(v map[string]string) state.Command { return state.CloseIncident{Summary: v["summary"]} },
	})
}

// sayOpen lists what closing would leave unfinished.
func sayOpen(o *Open, open []state.OpenItem) string {
	most := max(6, o.UI.Height-20) // the form below it needs the rest
	var b strings.Builder
	fmt.Fprintf(&b, "Still open: %s.", kit.Plural(len(open), "thing"))
	for i, item := range open {
		if i == most {
			fmt.Fprintf(&b, "\n  and %d more", len(open)-most)
			break
		}
		name := openName(o, item)
		fmt.Fprintf(&b, "\n  %s %s: %s", item.What, clean.Row(name), openState(o, item))
	}
	return b.String()
}

// openState says in what way an open thing is open.
func openState(o *Open, item state.OpenItem) string {
	now := o.UI.Now()
	switch item.What {
	case "clock":
		if c := o.Inc.Clock(item.ID); c != nil {
			return ClockLeft(o.Inc, c, now)
		}
	case "timer":
		if timer := o.Inc.Timer(item.ID); timer != nil {
			return "due " + kit.ClockTime(timer.Due, now)
		}
	case "notice":
		if item.State == string(state.MayBeOut) {
			return "may have left: nobody has said whether it arrived"
		}
		return "STALE, says what is not true any more"
	case "update":
		if n := o.Inc.Notice(item.ID); n != nil && !n.NextUpdate(o.Inc).IsZero() {
			return "promised, " + o.updateDue(n)
		}
	}
	return item.State
}

// openName is how people call an open thing.
func openName(o *Open, item state.OpenItem) string {
	switch item.What {
	case "service":
		return o.ServiceTitle(item.ID)
	case "notice", "update":
		if n := o.Inc.Notice(item.ID); n != nil {
			return n.Def.Title
		}
	case "clock":
		if c := o.Inc.Clock(item.ID); c != nil {
			return c.Def.Title
		}
	case "timer":
		if timer := o.Inc.Timer(item.ID); timer != nil {
			return timer.Title
		}
	case "role":
		return o.RoleTitle(item.ID)
	}
	if s := o.Inc.Step(item.ID); s != nil {
		return s.Name()
	}
	return item.ID
}
