package drill

import (
	tea "charm.land/bubbletea/v2"

	"muster/tui/incident"
	"muster/tui/kit"
)

// Actions are what the facilitator of a drill can do, and what its players can
// do with the messages that they get.
func Actions() []kit.Action {
	mine := func(id, title, label string, rank int, key string, when func(*Screen) string, do func(*Screen) tea.Cmd) kit.Action {
		return kit.Action{ID: id, Title: title, Label: label, Rank: rank, Keys: []string{key}, On: kit.At(Place()), When: kit.Unless(when), Do: kit.With(do)}
	}
	labelled := func(act kit.Action, label func(*Screen) string) kit.Action {
		act.Now = kit.Label(label)
		return act
	}
	recording := func(act kit.Action, what func(*Screen) string) kit.Action {
		act.Records = kit.Label(what)
		return act
	}
	clock := func(*Screen) string { return "" }
	return []kit.Action{
		labelled(mine("drill.take", "Deliver the inject, or rate the objective, under the cursor", "", 0, "enter", (*Screen).noTake, (*Screen).Take), (*Screen).Takes),
		recording(mine("drill.deliver", "Deliver the inject now, whatever the clock says", "deliver", 1, "d", (*Screen).noDelivery, (*Screen).deliver), saysDeliver),
		labelled(mine("drill.run", "Start, pause or resume the exercise clock", "", 1, "space", (*Screen).noClock, (*Screen).run), (*Screen).runLabel),
		mine("drill.faster", "Let the exercise clock run faster", "faster", 2, ">", (*Screen).noClock, (*Screen).faster),
		mine("drill.slower", "Let the exercise clock run slower", "slower", 2, "<", (*Screen).noClock, (*Screen).slower),
		mine("drill.jump", "Set the exercise clock to a time", "jump", 4, "J", (*Screen).noClock, (*Screen).jump),
		recording(labelled(mine("drill.hold", "Hold the inject back, or let it go", "", 2, "h", (*Screen).noHold, (*Screen).hold), (*Screen).holdLabel), saysHold),
		mine("drill.skip", "Do not deliver the inject, with a reason", "skip", 3, "s", (*Screen).noHold, (*Screen).skip),
		recording(mine("drill.repeat", "Deliver the inject once more", "repeat", 3, "r", (*Screen).noRepeat, (*Screen).repeat), saysRepeat),
		mine("drill.add", "Deliver a message that the scenario does not have", "add", 3, "+", (*Screen).noClock, (*Screen).improvise),
		mine("drill.rate", "Rate an objective: P, S, M or U", "rate", 2, "R", (*Screen).noRating, (*Screen).rate),
		mine("drill.observe", "Note a strength, or something to improve, for the report", "observe", 2, "o", (*Screen).noScenario, (*Screen).observe),
		mine("drill.answer", "Say which entry answered the inject under the cursor", "answer", 3, "l", (*Screen).noAnswer, (*Screen).linkAnswer),
		mine("drill.next", "Go to what comes next", "", 0, ".", clock, (*Screen).toNext),
		{ID: "screen.drill", Title: "6 Drill, the facilitator's", Rank: 3, Keys: []string{"6"}, On: incident.Anywhere().But(Place()),
			When: incident.WhenPart((*Screen).noDrill), Do: incident.Visit[*Screen](), Now: incident.LabelOfPart((*Screen).label)},
		{ID: "messages", Title: "The messages that you got in the drill", Rank: 1, Keys: []string{"M"}, On: incident.Anywhere().But(Place()),
			When: incident.WhenPart((*Inbox).noMessages), Do: incident.WithPart((*Inbox).listMessages), Now: incident.LabelOfPart((*Inbox).messagesLabel)},
		{ID: "message.take", Title: "Acknowledge the message", Keys: []string{"enter"}, On: kit.At(MessagePlace()), Do: kit.With((*injectDialog).Take),
			Now: kit.TakeLabel},
		{ID: "message.answer", Title: "Acknowledge the message with a note", Label: "with a note", Keys: []string{"n"}, On: kit.At(MessagePlace()),
			When: kit.Unless((*injectDialog).noAnswer), Do: kit.With((*injectDialog).answer)},
	}
}
