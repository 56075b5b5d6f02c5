package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
)

// closeOrReopen closes an open incident, after saying what is unfinished.
func (o *openIncident) closeOrReopen() tea.Cmd {
	if o.inc.Closed != nil {
		return o.ask(typedAction{
			title: "Reopen the incident", verb: "reopen",
			fields:  func() []*field { return []*field{{id: "why", label: "Why?", required: true}} },
			command: func(v map[string]string) state.Command { return state.ReopenIncident{Why: v["why"]} },
		})
	}
	about := "Everything required is settled."
	if open := o.inc.OpenItems(); len(open) > 0 {
		about = o.sayOpen(open)
	}
	return o.ask(typedAction{
		title: "Close the incident", about: about, verb: "close",
		fields: func() []*field {
			return []*field{{id: "summary", label: "Summary: what happened, in a few sentences", kind: noteField, required: true}}
		},
		command: func(v map[string]string) state.Command { return state.CloseIncident{Summary: v["summary"]} },
	})
}

// sayOpen lists what closing would leave unfinished.
func (o *openIncident) sayOpen(open []state.OpenItem) string {
	most := max(6, o.ui.Height-20) // the form below it needs the rest
	var b strings.Builder
	fmt.Fprintf(&b, "Still open: %s.", plural(len(open), "thing"))
	for i, item := range open {
		if i == most {
			fmt.Fprintf(&b, "\n  and %d more", len(open)-most)
			break
		}
		name := o.openName(item)
		fmt.Fprintf(&b, "\n  %s %s: %s", item.What, clean.Line(clean.Bounded(name, 200)), o.openState(item))
	}
	return b.String()
}

// openState says in what way an open thing is open.
func (o *openIncident) openState(item state.OpenItem) string {
	now := o.ui.Now()
	switch item.What {
	case "clock":
		if c := o.inc.Clock(item.ID); c != nil {
			return clockLeft(c, now)
		}
	case "timer":
		if timer := o.inc.Timer(item.ID); timer != nil {
			return "due " + clockTime(timer.Due, now)
		}
	case "notice":
		return "STALE, says what is not true any more"
	}
	return item.State
}

// openName is how people call an open thing.
func (o *openIncident) openName(item state.OpenItem) string {
	switch item.What {
	case "service":
		return o.serviceTitle(item.ID)
	case "notice":
		if n := o.inc.Notice(item.ID); n != nil {
			return n.Def.Title
		}
	case "clock":
		if c := o.inc.Clock(item.ID); c != nil {
			return c.Def.Title
		}
	case "timer":
		if timer := o.inc.Timer(item.ID); timer != nil {
			return timer.Title
		}
	case "role":
		return o.roleTitle(item.ID)
	}
	if s := o.inc.Step(item.ID); s != nil {
		return s.Name()
	}
	return item.ID
}
