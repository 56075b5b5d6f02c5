package tui

import tea "charm.land/bubbletea/v2"

// noticeActions are what can be done with a notice, and with a contact.
func noticeActions() []action {
	notice := func(id, title, label string, rank int, key string, when func(*noticesScreen) string, do func(*noticesScreen) tea.Cmd) action {
		return action{id: id, title: title, label: label, rank: rank, keys: []string{key}, on: onNotices, when: whenTop(when), do: withTop(do)}
	}
	enter := notice("notice.next", "Do what comes next with the notice: draft, approve, send", "", 0, "enter", (*noticesScreen).noNotice, (*noticesScreen).next)
	enter.now = func(a *App) string {
		if s, ok := a.screen().(*noticesScreen); ok {
			return s.nextLabel()
		}
		return ""
	}
	return []action{
		enter,
		notice("notice.draft", "Draft the notice from the runbook's text, as things stand now", "draft", 2, "d", (*noticesScreen).noNotice, (*noticesScreen).draft),
		notice("notice.edit", "Change the last text; it becomes a new version", "edit", 2, "e", (*noticesScreen).noNotice, (*noticesScreen).edit),
		notice("notice.editor", "Change the last text in your own editor", "", 0, "E", (*noticesScreen).noEditor, (*noticesScreen).editOutside),
		notice("notice.claims", "Say what the notice claims of which service", "claims", 3, "+", (*noticesScreen).noNotice, (*noticesScreen).claim),
		notice("notice.approve", "Approve the last text", "approve", 2, "A", (*noticesScreen).noApproval, (*noticesScreen).approve),
		notice("notice.send", "Send the last text through a channel, or by hand", "send", 1, "S", (*noticesScreen).noText, (*noticesScreen).send),
		notice("notice.copy", "Copy the last text", "copy", 5, "c", (*noticesScreen).noText, (*noticesScreen).copyText),
		{id: "notice.new", title: "Write a notice that no runbook has", label: "new", rank: 5, keys: []string{"w"}, on: onNotices | onContacts,
			when: whenWritable, do: withIncident((*openIncident).free)},
		{id: "contact.call", title: "Record what came of calling the contact", label: "record a call", rank: 1, keys: []string{"enter", "c"}, on: onContacts,
			when: whenTop((*noticesScreen).noContact), do: withTop((*noticesScreen).call)},
		{id: "writer.save", title: "Save what is written as a new version", label: "save", keys: []string{"ctrl+s"}, on: onWriter, do: withTop((*writer).save)},
		{id: "writer.claims", title: "Say what the text claims", label: "claims", keys: []string{"tab"}, on: onWriter, do: withTop((*writer).claim)},
		{id: "claims.toggle", title: "Claim what is known of the service, or nothing", label: "claim", rank: 1, keys: []string{"space"}, on: onClaims, do: withTop((*claimsDialog).toggle)},
		{id: "claims.next", title: "Claim the next state", label: "state", rank: 1, keys: []string{"right", "l"}, on: onClaims, do: withTop((*claimsDialog).nextState)},
		{id: "claims.last", title: "Claim the state before", keys: []string{"left", "h"}, on: onClaims, do: withTop((*claimsDialog).lastState)},
		{id: "claims.take", title: "Take the claims", label: "take", keys: []string{"enter", "ctrl+s"}, on: onClaims, do: withTop((*claimsDialog).done)},
	}
}

// clockActions are what can be done with a clock or a timer.
func clockActions() []action {
	clock := func(id, title, label string, rank int, key string, when func(*clocksScreen) string, do func(*clocksScreen) tea.Cmd) action {
		return action{id: id, title: title, label: label, rank: rank, keys: []string{key}, on: onClocks, when: whenTop(when), do: withTop(do)}
	}
	enter := clock("clock.next", "Do what comes next: start the clock, meet it, end the timer", "", 0, "enter", func(*clocksScreen) string { return "" }, (*clocksScreen).next)
	enter.now = func(a *App) string {
		if s, ok := a.screen().(*clocksScreen); ok {
			return s.nextLabel()
		}
		return ""
	}
	return []action{
		enter,
		clock("clock.start", "Start the clock by hand, with a reason", "start", 2, "s", (*clocksScreen).noStart, (*clocksScreen).start),
		clock("clock.meet", "Say that what the clock asks for was done", "met", 2, "d", (*clocksScreen).noEnd, (*clocksScreen).meet),
		clock("clock.waive", "Say why what the clock asks for need not be done", "waive", 2, "w", (*clocksScreen).noEnd, (*clocksScreen).waive),
		clock("timer.end", "End the timer", "end", 2, "x", (*clocksScreen).noTimer, (*clocksScreen).endTimer),
	}
}

// truthActions are what holds on every screen of an incident.
func truthActions() []action {
	onBoards := onNotices | onContacts | onClocks | onDrill
	sitrep := withIncident((*openIncident).sitrep)
	return []action{
		{id: "board.other", title: "Between the list and the text", label: "to the text", rank: 6, keys: []string{"tab"}, on: onBoards, do: withTop(boardPart.other)},
		{id: "service.check", title: "Look at the service from outside, now", label: "check", rank: 1, keys: []string{"p"}, on: onServices,
			when: whenTop((*servicesScreen).noCheck), do: withTop((*servicesScreen).check)},
		{id: "service.check-all", title: "Look at every service from outside, now", label: "check all", rank: 2, keys: []string{"P"}, on: onServices,
			when: whenIncident((*openIncident).noCheckAll), do: withIncident((*openIncident).checkAll)},
		{id: "alert.seen", title: "Take away the alert that was seen", label: "seen", keys: []string{"z"}, on: onIncident,
			when: whenIncident((*openIncident).noAlert), do: withIncident((*openIncident).seen)},
		{id: "timer.set", title: "Set a timer", label: "timer", rank: 6, keys: []string{"@"}, on: onIncident, when: whenWritable, do: withIncident((*openIncident).setTimer)},
		{id: "witness", title: "Read the head to somebody outside, and record who was told", keys: []string{"V"}, on: onIncident, when: whenWritable, do: withIncident((*openIncident).witness)},
		{id: "role.hand", title: "Hand a role over to another person", keys: []string{"H"}, on: onIncident,
			when: whenIncident((*openIncident).noRoles), do: withIncident((*openIncident).handOver)},
		{id: "role.acknowledge", title: "Take a role that is handed over", label: "take the role", keys: []string{"K"}, on: onIncident,
			when: whenIncident((*openIncident).noPending), do: withIncident((*openIncident).acknowledge)},
		{id: "sitrep", title: "Where things stand: the situation report", label: "sitrep", rank: 6, keys: []string{"W"}, on: onIncident,
			when: whenIncident((*openIncident).noSitrep), do: sitrep},
		{id: "sitrep.issue", title: "Record that the sitrep goes out", label: "issue", keys: []string{"i"}, on: onReader,
			when: whenTop((*reader).noIssue), do: withTop((*reader).issue)},
		{id: "reader.copy", title: "Copy the text", label: "copy", keys: []string{"c"}, on: onReader, do: withTop((*reader).copy)},
	}
}

// A boardPart is a screen with a list and a text.
type boardPart interface{ other() tea.Cmd }
