package run

import (
	"muster/tui/incident"
	"muster/tui/kit"
)

// stepRows are what can be done with the step under the cursor.
var stepRows = []kit.Row[*Screen]{
	{ID: "step.next", Title: "Do what comes next with the step: start, answer, done, confirm", Keys: []string{"enter"}, When: (*Screen).noNext, Do: (*Screen).next, Now: (*Screen).nextLabel},
	{ID: "step.done", Title: "Mark the step done", Label: "done", Rank: 1, Keys: []string{"d"}, When: (*Screen).noPlain, Do: (*Screen).done, Records: (*Screen).doneLabel},
	{ID: "step.done-with", Title: "Mark the step done, with a note and a time", Keys: []string{"D"}, When: (*Screen).noUnsettled, Do: (*Screen).doneWith},
	{ID: "step.skip", Title: "Skip the step, with a reason", Label: "skip", Rank: 2, Keys: []string{"s"}, When: (*Screen).noUnsettled, Do: (*Screen).skip},
	{ID: "step.block", Title: "Say on what the step waits", Label: "block", Rank: 4, Keys: []string{"b"}, When: (*Screen).noUnsettled, Do: (*Screen).block},
	{ID: "step.fail", Title: "Say that the step was tried and did not work", Label: "fail", Rank: 4, Keys: []string{"f"}, When: (*Screen).noUnsettled, Do: (*Screen).fail},
	{ID: "step.tick", Title: "Tick the next or chosen line of the checklist", Label: "tick", Rank: 2, Keys: []string{"space"}, When: (*Screen).noTick, Do: (*Screen).tick},
	{ID: "step.answer", Title: "Answer what the step asks", Label: "answer", Rank: 2, Keys: []string{"i"}, When: (*Screen).noAsk, Do: (*Screen).answer},
	{ID: "step.copy", Title: "Copy the step's command", Label: "copy", Rank: 3, Keys: []string{"c"}, When: (*Screen).noCommand, Do: (*Screen).copy},
	{ID: "step.assign", Title: "Say who does the step", Label: "assign", Rank: 5, Keys: []string{"a"}, When: (*Screen).noStep, Do: (*Screen).assign},
	{ID: "step.reopen", Title: "Open a settled step again", Label: "reopen", Rank: 2, Keys: []string{"r"}, When: (*Screen).noSettled, Do: (*Screen).reopen},
	{ID: "step.detail", Title: "Between the list, the step's text and its log", Label: "to the text", Rank: 6, Keys: []string{"tab"}, Again: true, Do: (*Screen).focusNext},
	{ID: "step.fold", Title: "Fold the phase", Keys: []string{"left", "h"}, Again: true, Do: (*Screen).fold},
	{ID: "step.unfold", Title: "Unfold the phase, or go into the text", Keys: []string{"right", "l"}, Again: true, Do: (*Screen).unfold},
	{ID: "step.jump", Title: "Go to the step to do next", Keys: []string{"."}, Again: true, Do: (*Screen).toNext},
}

// Actions are what can be done with the step under the cursor.
func Actions() []kit.Action { return kit.Rows(kit.At(Place()), stepRows) }

// ScreenActions lead to the screen.
func ScreenActions() []kit.Action {
	return []kit.Action{
		{ID: "screen.run", Title: "1 Run: the steps", Label: "run", Rank: 3, Keys: []string{"1"}, On: incident.Anywhere().But(Place()), Do: incident.Visit[*Screen]()},
	}
}

// BackActions lead back to the list.
func BackActions() []kit.Action {
	return []kit.Action{
		{ID: "back.list", Title: "Back to the list of steps", Keys: []string{"esc"}, On: kit.At(Place()), Do: kit.With(escape)},
	}
}
