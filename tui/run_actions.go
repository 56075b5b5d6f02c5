package tui

import (
	tea "charm.land/bubbletea/v2"
)

// runPlace is screen 1.
func runPlace() Place { return Place{Name: "run", Is: List | InIncident, Not: "back.run"} }

// runActions are what can be done with the step under the cursor.
func runActions() []Action {
	step := func(id, title, label string, rank int, key string, when func(*runScreen) string, do func(*runScreen) tea.Cmd) Action {
		return Action{ID: id, Title: title, Label: label, Rank: rank, Keys: []string{key}, On: At(runPlace()), When: Unless(when), Do: With(do)}
	}
	enter := step("step.next", "Do what comes next with the step: start, answer, done, confirm", "", 0, "enter", (*runScreen).noNext, (*runScreen).next)
	enter.Now = Label((*runScreen).nextLabel)
	return []Action{
		enter,
		step("step.done", "Mark the step done", "done", 1, "d", (*runScreen).noPlain, (*runScreen).done),
		step("step.done-with", "Mark the step done, with a note and a time", "", 0, "D", (*runScreen).noUnsettled, (*runScreen).doneWith),
		step("step.skip", "Skip the step, with a reason", "skip", 2, "s", (*runScreen).noUnsettled, (*runScreen).skip),
		step("step.block", "Say on what the step waits", "block", 4, "b", (*runScreen).noUnsettled, (*runScreen).block),
		step("step.fail", "Say that the step was tried and did not work", "fail", 4, "f", (*runScreen).noUnsettled, (*runScreen).fail),
		step("step.tick", "Tick the next or chosen line of the checklist", "tick", 2, "space", (*runScreen).noTick, (*runScreen).tick),
		step("step.answer", "Answer what the step asks", "answer", 2, "i", (*runScreen).noAsk, (*runScreen).answer),
		step("step.copy", "Copy the step's command", "copy", 3, "c", (*runScreen).noCommand, (*runScreen).copy),
		step("step.assign", "Say who does the step", "assign", 5, "a", (*runScreen).noStep, (*runScreen).assign),
		step("step.reopen", "Open a settled step again", "reopen", 2, "r", (*runScreen).noSettled, (*runScreen).reopen),
		{ID: "step.detail", Title: "Between the list, the step's text and its log", Label: "to the text", Rank: 6,
			Keys: []string{"tab"}, On: At(runPlace()), Do: With((*runScreen).focusNext)},
		{ID: "step.fold", Title: "Fold the phase", Keys: []string{"left", "h"}, On: At(runPlace()), Do: With((*runScreen).fold)},
		{ID: "step.unfold", Title: "Unfold the phase, or go into the text", Keys: []string{"right", "l"}, On: At(runPlace()), Do: With((*runScreen).unfold)},
		{ID: "step.jump", Title: "Go to the step to do next", Keys: []string{"."}, On: At(runPlace()), Do: With((*runScreen).jump)},
	}
}

// runScreenActions lead to the screen.
func runScreenActions() []Action {
	return []Action{
		{ID: "screen.run", Title: "1 Run: the steps", Label: "run", Rank: 3, Keys: []string{"1"}, On: inIncidents().But(runPlace()), Do: goTo[*runScreen]()},
	}
}

// runBackActions lead back to the list.
func runBackActions() []Action {
	return []Action{
		{ID: "back.list", Title: "Back to the list of steps", Keys: []string{"esc"}, On: At(runPlace()), Do: With((*runScreen).focusList)},
	}
}
