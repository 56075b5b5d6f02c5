package run

import (
	tea "charm.land/bubbletea/v2"

	"muster/tui/incident"
	"muster/tui/kit"
)

// Actions are what can be done with the step under the cursor.
func Actions() []kit.Action {
	step := func(id, title, label string, rank int, key string, when func(*Screen) string, do func(*Screen) tea.Cmd) kit.Action {
		return kit.Action{ID: id, Title: title, Label: label, Rank: rank, Keys: []string{key}, On: kit.At(Place()), When: kit.Unless(when), Do: kit.With(do)}
	}
	enter := step("step.next", "Do what comes next with the step: start, answer, done, confirm", "", 0, "enter", (*Screen).noNext, (*Screen).next)
	enter.Now = kit.Label((*Screen).nextLabel)
	done := step("step.done", "Mark the step done", "done", 1, "d", (*Screen).noPlain, (*Screen).done)
	done.Records = kit.Label((*Screen).doneLabel)
	return []kit.Action{
		enter,
		done,
		step("step.done-with", "Mark the step done, with a note and a time", "", 0, "D", (*Screen).noUnsettled, (*Screen).doneWith),
		step("step.skip", "Skip the step, with a reason", "skip", 2, "s", (*Screen).noUnsettled, (*Screen).skip),
		step("step.block", "Say on what the step waits", "block", 4, "b", (*Screen).noUnsettled, (*Screen).block),
		step("step.fail", "Say that the step was tried and did not work", "fail", 4, "f", (*Screen).noUnsettled, (*Screen).fail),
		step("step.tick", "Tick the next or chosen line of the checklist", "tick", 2, "space", (*Screen).noTick, (*Screen).tick),
		step("step.answer", "Answer what the step asks", "answer", 2, "i", (*Screen).noAsk, (*Screen).answer),
		step("step.copy", "Copy the step's command", "copy", 3, "c", (*Screen).noCommand, (*Screen).copy),
		step("step.assign", "Say who does the step", "assign", 5, "a", (*Screen).noStep, (*Screen).assign),
		step("step.reopen", "Open a settled step again", "reopen", 2, "r", (*Screen).noSettled, (*Screen).reopen),
		{ID: "step.detail", Title: "Between the list, the step's text and its log", Label: "to the text", Rank: 6,
			Keys: []string{"tab"}, On: kit.At(Place()), Again: true, Do: kit.With((*Screen).focusNext)},
		{ID: "step.fold", Title: "Fold the phase", Keys: []string{"left", "h"}, On: kit.At(Place()), Again: true, Do: kit.With((*Screen).fold)},
		{ID: "step.unfold", Title: "Unfold the phase, or go into the text", Keys: []string{"right", "l"}, On: kit.At(Place()), Again: true, Do: kit.With((*Screen).unfold)},
		{ID: "step.jump", Title: "Go to the step to do next", Keys: []string{"."}, On: kit.At(Place()), Again: true, Do: kit.With((*Screen).toNext)},
	}
}

// ScreenActions lead to the screen.
func ScreenActions() []kit.Action {
	return []kit.Action{
		{ID: "screen.run", Title: "1 Run: the steps", Label: "run", Rank: 3, Keys: []string{"1"}, On: incident.Anywhere().But(Place()), Do: incident.Visit[*Screen]()},
	}
}

// BackActions lead back to the list.
func BackActions() []kit.Action {
	return []kit.Action{
		{ID: "back.list", Title: "Back to the list of steps", Keys: []string{"esc"}, On: kit.At(Place()), Do: kit.With((*Screen).focusList)},
	}
}
