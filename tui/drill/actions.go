package drill

import (
	"slices"

	"muster/tui/incident"
	"muster/tui/kit"
)

// facilitatorRows are what the facilitator of a drill can do.
var facilitatorRows = []kit.Row[*Screen]{
	{ID: "drill.take", Title: "Deliver the inject, or rate the objective, under the cursor", Keys: []string{"enter"}, When: (*Screen).noTake, Do: (*Screen).Take, Now: (*Screen).Takes},
	{ID: "drill.deliver", Title: "Deliver the inject now, whatever the clock says", Label: "deliver", Rank: 1, Keys: []string{"d"}, When: (*Screen).noDelivery, Do: (*Screen).deliver, Records: saysDeliver},
	{ID: "drill.run", Title: "Start, pause or resume the exercise clock", Rank: 1, Keys: []string{"space"}, When: (*Screen).noClock, Do: (*Screen).run, Now: (*Screen).runLabel},
	{ID: "drill.faster", Title: "Let the exercise clock run faster", Label: "faster", Rank: 2, Keys: []string{">"}, When: (*Screen).noClock, Do: (*Screen).faster},
	{ID: "drill.slower", Title: "Let the exercise clock run slower", Label: "slower", Rank: 2, Keys: []string{"<"}, When: (*Screen).noClock, Do: (*Screen).slower},
	{ID: "drill.jump", Title: "Set the exercise clock to a time", Label: "jump", Rank: 4, Keys: []string{"J"}, When: (*Screen).noClock, Do: (*Screen).jump},
	{ID: "drill.hold", Title: "Hold the inject back, or let it go", Rank: 2, Keys: []string{"h"}, When: (*Screen).noHold, Do: (*Screen).hold, Now: (*Screen).holdLabel, Records: saysHold},
	{ID: "drill.skip", Title: "Do not deliver the inject, with a reason", Label: "skip", Rank: 3, Keys: []string{"s"}, When: (*Screen).noHold, Do: (*Screen).skip},
	{ID: "drill.repeat", Title: "Deliver the inject once more", Label: "repeat", Rank: 3, Keys: []string{"r"}, When: (*Screen).noRepeat, Do: (*Screen).repeat, Records: saysRepeat},
	{ID: "drill.add", Title: "Deliver a message that the scenario does not have", Label: "add", Rank: 3, Keys: []string{"+"}, When: (*Screen).noClock, Do: (*Screen).improvise},
	{ID: "drill.rate", Title: "Rate an objective: P, S, M or U", Label: "rate", Rank: 2, Keys: []string{"R"}, When: (*Screen).noRating, Do: (*Screen).rate},
	{ID: "drill.observe", Title: "Note a strength, or something to improve, for the report", Label: "observe", Rank: 2, Keys: []string{"o"}, When: (*Screen).noScenario, Do: (*Screen).observe},
	{ID: "drill.answer", Title: "Say which entry answered the inject under the cursor", Label: "answer", Rank: 3, Keys: []string{"l"}, When: (*Screen).noAnswer, Do: (*Screen).linkAnswer},
	{ID: "drill.next", Title: "Go to what comes next", Keys: []string{"."}, Do: (*Screen).toNext},
}

// messageRows are what players can do with a message that they get.
var messageRows = []kit.Row[*injectDialog]{
	{ID: "message.take", Title: "Acknowledge the message", Keys: []string{"enter"}, Do: (*injectDialog).Take, Now: (*injectDialog).Takes},
	{ID: "message.answer", Title: "Acknowledge the message with a note", Label: "with a note", Keys: []string{"n"}, When: (*injectDialog).noAnswer, Do: (*injectDialog).answer},
}

// Actions are what the facilitator of a drill can do, and what its players can
// do with the messages that they get.
func Actions() []kit.Action {
	return slices.Concat(kit.Rows(kit.At(Place()), facilitatorRows), []kit.Action{
		{ID: "screen.drill", Title: "6 Drill, the facilitator's", Rank: 3, Keys: []string{"6"}, On: incident.Anywhere().But(Place()),
			When: incident.WhenPart((*Screen).noDrill), Do: incident.Visit[*Screen](), Now: incident.LabelOfPart((*Screen).label)},
		{ID: "messages", Title: "The messages that you got in the drill", Rank: 1, Keys: []string{"M"}, On: incident.Anywhere().But(Place()),
			When: incident.WhenPart((*Inbox).noMessages), Do: incident.WithPart((*Inbox).listMessages), Now: incident.LabelOfPart((*Inbox).messagesLabel)},
	}, kit.Rows(kit.At(MessagePlace()), messageRows))
}
