package tui

import tea "charm.land/bubbletea/v2"

// drillActions are what the facilitator of a drill can do, and what its players can
// do with the messages that they get.
func drillActions() []action {
	mine := func(id, title, label string, rank int, key string, when func(*drillScreen) string, do func(*drillScreen) tea.Cmd) action {
		return action{id: id, title: title, label: label, rank: rank, keys: []string{key}, on: onDrill, when: whenTop(when), do: withTop(do)}
	}
	labelled := func(act action, label func(*drillScreen) string) action {
		act.now = func(a *App) string {
			if s, ok := a.screen().(*drillScreen); ok {
				return label(s)
			}
			return ""
		}
		return act
	}
	clock := func(*drillScreen) string { return "" }
	return []action{
		labelled(mine("drill.take", "Deliver the inject, or rate the objective, under the cursor", "", 0, "enter", (*drillScreen).noTake, (*drillScreen).take), (*drillScreen).takes),
		mine("drill.deliver", "Deliver the inject now, whatever the clock says", "deliver", 1, "d", (*drillScreen).noDelivery, (*drillScreen).deliver),
		labelled(mine("drill.run", "Start, pause or resume the exercise clock", "", 1, "space", (*drillScreen).noClock, (*drillScreen).run), (*drillScreen).runLabel),
		mine("drill.faster", "Let the exercise clock run faster", "faster", 2, ">", (*drillScreen).noClock, (*drillScreen).faster),
		mine("drill.slower", "Let the exercise clock run slower", "slower", 2, "<", (*drillScreen).noClock, (*drillScreen).slower),
		mine("drill.jump", "Set the exercise clock to a time", "jump", 4, "J", (*drillScreen).noClock, (*drillScreen).jump),
		labelled(mine("drill.hold", "Hold the inject back, or let it go", "", 2, "h", (*drillScreen).noHold, (*drillScreen).hold), (*drillScreen).holdLabel),
		mine("drill.skip", "Do not deliver the inject, with a reason", "skip", 3, "s", (*drillScreen).noHold, (*drillScreen).skip),
		mine("drill.repeat", "Deliver the inject once more", "repeat", 3, "r", (*drillScreen).noRepeat, (*drillScreen).repeat),
		mine("drill.add", "Deliver a message that the scenario does not have", "add", 3, "+", (*drillScreen).noClock, (*drillScreen).improvise),
		mine("drill.rate", "Rate an objective: P, S, M or U", "rate", 2, "R", (*drillScreen).noRating, (*drillScreen).rate),
		mine("drill.observe", "Note a strength, or something to improve, for the report", "observe", 2, "o", (*drillScreen).noScenario, (*drillScreen).observe),
		mine("drill.next", "Go to what comes next", "", 0, ".", clock, (*drillScreen).toNext),
		{id: "screen.drill", title: "6 Drill, the facilitator's", rank: 3, keys: []string{"6"}, on: onIncident &^ onDrill,
			when: whenIncident((*openIncident).noDrill), do: withIncident((*openIncident).toDrill), now: drillLabel},
		{id: "messages", title: "The messages that you got in the drill", rank: 1, keys: []string{"M"}, on: onIncident &^ onDrill,
			when: whenIncident((*openIncident).noMessages), do: withIncident((*openIncident).listMessages), now: messagesLabel},
		{id: "message.take", title: "Acknowledge the message", keys: []string{"enter"}, on: onInject, do: withTop((*injectDialog).take),
			now: takeLabel},
		{id: "message.answer", title: "Acknowledge the message with a note", label: "with a note", keys: []string{"n"}, on: onInject,
			when: whenTop((*injectDialog).noAnswer), do: withTop((*injectDialog).answer)},
	}
}
