package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// stepActions are what can be done with the step under the cursor.
func stepActions() []action {
	step := func(id, title, label string, rank int, key string, when func(*runScreen) string, do func(*runScreen) tea.Cmd) action {
		return action{id: id, title: title, label: label, rank: rank, keys: []string{key}, on: onRun, when: whenTop(when), do: withTop(do)}
	}
	enter := step("step.next", "Do what comes next with the step: start, answer, done, confirm", "", 0, "enter", (*runScreen).noNext, (*runScreen).next)
	enter.now = func(a *App) string {
		if r, ok := a.screen().(*runScreen); ok {
			return r.nextLabel()
		}
		return ""
	}
	return []action{
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
		{id: "step.detail", title: "Between the list, the step's text and its log", label: "to the text", rank: 6,
			keys: []string{"tab"}, on: onRun, do: withTop((*runScreen).focusNext)},
		{id: "step.fold", title: "Fold the phase", keys: []string{"left", "h"}, on: onRun, do: withTop((*runScreen).fold)},
		{id: "step.unfold", title: "Unfold the phase, or go into the text", keys: []string{"right", "l"}, on: onRun, do: withTop((*runScreen).unfold)},
		{id: "step.jump", title: "Go to the step to do next", keys: []string{"."}, on: onRun, do: withTop((*runScreen).jump)},
	}
}

// incidentActions are what can be done with the incident as a whole.
func incidentActions() []action {
	all := func(id, title, label string, rank int, key string, do func(*openIncident) tea.Cmd) action {
		return action{id: id, title: title, label: label, rank: rank, keys: []string{key}, on: onIncident, when: whenWritable, do: withIncident(do)}
	}
	elsewhere := func(id, title, label string, rank int, key string, do func(*openIncident) tea.Cmd) action {
		act := all(id, title, label, rank, key, do)
		act.on &^= onNotices | onDrill // where the key is the notice's, or the facilitator's
		return act
	}
	return []action{
		all("note", "Write a note", "note", 2, "n", (*openIncident).note),
		elsewhere("evidence", "Attach a file as evidence", "evidence", 3, "e", (*openIncident).evidence),
		{id: "undo", title: "Take back your own last entry; it stays in the log, marked", label: "undo", rank: 4,
			keys: []string{"u"}, on: onIncident, when: whenWritable, do: withIncident((*openIncident).undo)},
		all("role", "Take a role, or give it to somebody", "", 0, "t", (*openIncident).role),
		elsewhere("severity", "Change the severity", "", 0, "S", (*openIncident).setSeverity),
		{id: "inputs", title: "Answer what the runbook asks at the start", rank: 2, keys: []string{"I"}, on: onIncident,
			when: whenIncident((*openIncident).noInputs), do: withIncident((*openIncident).answerInputs), now: inputsLabel},
		elsewhere("step.add", "Add a step", "", 0, "+", (*openIncident).addStep),
		{id: "runbook.attach", title: "Attach another runbook", keys: []string{"R"}, on: onIncident &^ onDrill, when: whenWritable, do: withIncident((*openIncident).attach)},
		all("occurred", "Say when the next action happened, if not now", "", 0, "T", (*openIncident).setWhen),
		{id: "close", title: "Close the incident, or reopen it", keys: []string{"C"}, on: onIncident,
			when: whenWritable, do: withIncident((*openIncident).closeOrReopen)},
		{id: "notsaved.show", title: "Show what could not be saved", label: "NOT SAVED", keys: []string{"!"}, on: onIncident,
			when: func(a *App) string {
				if o := a.incident(); o == nil || o.stuck == nil {
					return "Everything is saved."
				}
				return ""
			}, do: func(a *App) tea.Cmd {
				d := newNotSaved(a.incident())
				d.opened = time.Time{} // asked for, so it takes keys at once
				return a.show(d)
			}},
		{id: "screen.run", title: "1 Run: the steps", label: "run", rank: 3, keys: []string{"1"}, on: onIncident &^ onRun, do: withIncident((*openIncident).toRun)},
		{id: "screen.services", title: "2 Services", label: "services", rank: 3, keys: []string{"2"}, on: onIncident &^ onServices, do: withIncident((*openIncident).toServices)},
		{id: "screen.notices", title: "3 Notices and contacts", label: "notices", rank: 3, keys: []string{"3"}, on: onIncident &^ (onNotices | onContacts), do: withIncident((*openIncident).toNotices)},
		{id: "screen.clocks", title: "4 Clocks and timers", label: "clocks", rank: 4, keys: []string{"4"}, on: onIncident &^ onClocks, do: withIncident((*openIncident).toClocks)},
		{id: "screen.timeline", title: "5 Timeline: every entry", label: "timeline", rank: 3, keys: []string{"5"}, on: onIncident &^ onTimeline, do: withIncident((*openIncident).toTimeline)},
		{id: "back", title: "Leave the incident; it stays as it is", label: "leave", rank: 5, keys: []string{"q"}, on: onIncident, do: withIncident((*openIncident).leave)},
		{id: "back.run", title: "Back to the steps", keys: []string{"esc"}, on: onIncident &^ onRun, do: withIncident((*openIncident).escape)},
		{id: "back.list", title: "Back to the list of steps", keys: []string{"esc"}, on: onRun, do: withTop((*runScreen).focusList)},
	}
}

func timelineActions() []action {
	entry := func(id, title, label, key string, do func(*App) tea.Cmd) action {
		return action{id: id, title: title, label: label, rank: 1, keys: []string{key}, on: onTimeline | onEntry, when: whenWritable, do: do}
	}
	mine := func(id, title, label, key string, do func(*timelineScreen) tea.Cmd) action {
		return action{id: id, title: title, label: label, rank: 4, keys: []string{key}, on: onTimeline, do: withTop(do)}
	}
	return []action{
		{id: "entry.show", title: "Show the entry, whole", label: "show", keys: []string{"enter"}, on: onTimeline, do: withTop((*timelineScreen).showEntry)},
		entry("entry.amend", "Correct an entry's text or time; both stay", "amend", "a", amendChosen),
		entry("entry.retract", "Take an entry back; it stays, marked", "retract", "r", retractChosen),
		mine("filter.text", "Filter by text", "filter", "/", (*timelineScreen).filterText),
		mine("filter.person", "Filter by person", "person", "p", (*timelineScreen).filterPerson),
		mine("filter.kind", "Filter by kind", "kind", "i", (*timelineScreen).filterKind),
		mine("filter.step", "Filter by step", "step", "s", (*timelineScreen).filterStep),
		mine("filter.order", "Order by when it happened, or by when it was written", "order", "o", (*timelineScreen).order),
		mine("filter.clear", "Show every entry", "", "x", (*timelineScreen).clearFilter),
	}
}

func servicesActions() []action {
	return []action{
		{id: "service.set", title: "Set the service's state, with a reason", label: "set state", keys: []string{"enter", "s"}, on: onServices,
			when: whenWritable, do: withTop((*servicesScreen).set)},
	}
}

func homeActions() []action {
	mine := func(id, title, label string, rank int, keys []string, do func(*homeScreen) tea.Cmd) action {
		return action{id: id, title: title, label: label, rank: rank, keys: keys, on: onHome, do: withTop(do)}
	}
	enter := mine("home.open", "Open the incident, or start the runbook", "", 0, []string{"enter"}, (*homeScreen).take)
	enter.now = func(a *App) string { return a.home().takes() }
	watch := mine("home.watch", "Look at the incident without recording anything", "watch", 2, []string{"w"}, (*homeScreen).watch)
	watch.when = whenTop((*homeScreen).noIncident)
	return []action{
		enter,
		watch,
		mine("home.filter", "Filter by typing", "filter", 1, []string{"/"}, (*homeScreen).filterText),
		mine("home.clear", "Show everything again", "", 0, []string{"esc"}, (*homeScreen).clear),
		mine("home.reload", "Read the lists again", "", 0, []string{"ctrl+r"}, (*homeScreen).load),
		mine("home.leave", "End muster", "end", 1, []string{"q"}, func(h *homeScreen) tea.Cmd { return h.app.quit() }),
		{id: "start.begin", title: "Start the incident", label: "start", keys: []string{"ctrl+s"}, on: onStart, do: withTop((*startScreen).begin)},
		{id: "start.next", title: "To the next field; on the last, start", label: "next", keys: []string{"enter"}, on: onStart, do: withTop((*startScreen).take)},
		{id: "start.back", title: "Back home, without starting", label: "back", keys: []string{"esc"}, fixed: true, on: onStart, do: withTop((*startScreen).leave)},
	}
}

func inputsLabel(a *App) string {
	if o := a.incident(); o != nil {
		return o.inputsLabel()
	}
	return ""
}

// withIncident makes an action of a method of the incident on the screen.
func withIncident(do func(*openIncident) tea.Cmd) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		if o := a.incident(); o != nil {
			return do(o)
		}
		return nil
	}
}

// whenIncident makes a condition of a method of the incident on the screen.
func whenIncident(when func(*openIncident) string) func(*App) string {
	return func(a *App) string {
		if o := a.incident(); o != nil {
			return when(o)
		}
		return "No incident is open."
	}
}

func whenWritable(a *App) string { return whenIncident((*openIncident).cannot)(a) }
