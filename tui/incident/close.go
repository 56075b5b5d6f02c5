package incident

import (
	tea "charm.land/bubbletea/v2"

	"muster/state"
	"muster/state/clean"
	"muster/tui/kit"
)

// noClose says why an incident is not closed from here; "" if it can be. A scenario is ended by
// who directs it: to who plays over SSH that is said before they have written a summary.
func noClose(o *Open) string {
	if o.UI.SSH && o.Inc.Closed == nil && o.IsDrill() && o.Inc.Exercise.Scenario != nil && !o.Facilitates() {
		return "A facilitator ends the drill."
	}
	return o.Cannot()
}

// closeOrReopen closes an open incident, after showing what is unfinished; of a closed
// one it shows what comes next.
func closeOrReopen(o *Open) tea.Cmd {
	if o.Inc.Closed != nil {
		return o.UI.Show(afterDialog(o))
	}
	open := o.Inc.OpenItems()
	if len(open) == 0 {
		return askSummary(o)
	}
	all := []kit.Finding{{Kind: "close", Text: "Close it all the same: what happened, then why with these open", Do: func() tea.Cmd { return askSummary(o) }}}
	for _, item := range open {
		all = append(all, kit.Finding{Kind: item.What, Text: clean.Row(state.NameOfOpen(o.Inc, item)), Hint: openState(o, item), Do: func() tea.Cmd { return o.LeadTo(item.What, item.ID) }})
	}
	return o.UI.Show(kit.NewFinder(o.UI, "Close: "+kit.Plural(len(open), "thing")+" still open; take one to go to it", all))
}

// askSummary asks for what closing records.
func askSummary(o *Open) tea.Cmd {
	about := "Everything required is settled."
	if n := len(o.Inc.OpenItems()); n > 0 {
		about = "Still open: " + kit.Plural(n, "thing") + "; the log keeps which."
	}
	for _, says := range state.ToClose(o.Inc, o.UI.Now().Location()) {
		about += "\n" + clean.Row(says)
	}
	return o.Ask(TypedAction{
		Title: "Close the incident", About: about, Verb: "close",
		Fields: func() []*kit.Field {
			return []*kit.Field{{ID: "summary", Label: "Summary: what happened, in a few sentences", Kind: kit.NoteField, Required: true}}
		},
		Command: func(v map[string]string) state.Command { return state.CloseIncident{Summary: v["summary"]} },
	})
}

// openState says in what way an open thing is open.
func openState(o *Open, item state.OpenItem) string {
	now := o.UI.Now()
	switch item.What {
	case "step":
		if item.State == string(state.Todo) {
			return "to do" // as the list of steps says it
		}
	case "clock":
		if c := o.Inc.Clock(item.ID); c != nil {
			return ClockLeft(o.Inc, c, now)
		}
	case "notice":
		if item.State == string(state.MayBeOut) {
			return "may have left: nobody has said whether it arrived"
		}
		if item.State == string(state.Unsure) {
			return "UNSURE, says what is not known to be true"
		}
		return "STALE, says what is not true"
	case "update":
		if n := o.Inc.Notice(item.ID); n != nil {
			if owed, ok := n.Owed(o.Inc, now); ok {
				return "promised, " + o.updateOwed(owed)
			}
		}
	}
	if due := state.OpenDue(o.Inc, item); !due.IsZero() {
		return "due " + kit.ClockTime(due, now)
	}
	return item.State
}
