package tui

import (
	tea "charm.land/bubbletea/v2"
)

// drillPlace is screen 6, the facilitator's.
func drillPlace() Place {
	return Place{Name: "drill", Is: List | InIncident | Split, Not: "evidence severity step.add runbook.attach"}
}

// injectPlace is a message of a drill.
func injectPlace() Place { return Place{Name: "message", Is: Over | Page} }

// drillActions are what the facilitator of a drill can do, and what its players can
// do with the messages that they get.
func drillActions() []Action {
	mine := func(id, title, label string, rank int, key string, when func(*drillScreen) string, do func(*drillScreen) tea.Cmd) Action {
		return Action{ID: id, Title: title, Label: label, Rank: rank, Keys: []string{key}, On: At(drillPlace()), When: Unless(when), Do: With(do)}
	}
	labelled := func(act Action, label func(*drillScreen) string) Action {
		act.Now = Label(label)
		return act
	}
	clock := func(*drillScreen) string { return "" }
	return []Action{
		labelled(mine("drill.take", "Deliver the inject, or rate the objective, under the cursor", "", 0, "enter", (*drillScreen).noTake, (*drillScreen).Take), (*drillScreen).Takes),
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
		{ID: "screen.drill", Title: "6 Drill, the facilitator's", Rank: 3, Keys: []string{"6"}, On: inIncidents().But(drillPlace()),
			When: whenPart((*drillScreen).noDrill), Do: goTo[*drillScreen](), Now: labelOfPart((*drillScreen).label)},
		{ID: "messages", Title: "The messages that you got in the drill", Rank: 1, Keys: []string{"M"}, On: inIncidents().But(drillPlace()),
			When: whenPart((*drillScreen).noMessages), Do: withPart((*drillScreen).listMessages), Now: labelOfPart((*drillScreen).messagesLabel)},
		{ID: "message.take", Title: "Acknowledge the message", Keys: []string{"enter"}, On: At(injectPlace()), Do: With((*injectDialog).Take),
			Now: TakeLabel},
		{ID: "message.answer", Title: "Acknowledge the message with a note", Label: "with a note", Keys: []string{"n"}, On: At(injectPlace()),
			When: Unless((*injectDialog).noAnswer), Do: With((*injectDialog).answer)},
	}
}
