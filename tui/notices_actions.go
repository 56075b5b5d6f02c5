package tui

import (
	tea "charm.land/bubbletea/v2"
)

// noticesPlace is screen 3, on a notice.
func noticesPlace() Place {
	return Place{Name: "notices", Is: List | InIncident | Split, Not: "evidence severity step.add"}
}

// contactsPlace is screen 3, on a contact.
func contactsPlace() Place { return Place{Name: "contacts", Is: List | InIncident | Split} }

// writerPlace is a notice's text being written.
func writerPlace() Place { return Place{Name: "writing a notice", Is: Over | Typing} }

// claimsPlace is what a notice claims.
func claimsPlace() Place { return Place{Name: "claims", Is: Over | Page} }

// noticesActions are what can be done with a notice, and with a contact.
func noticesActions() []Action {
	notice := func(id, title, label string, rank int, key string, when func(*noticesScreen) string, do func(*noticesScreen) tea.Cmd) Action {
		return Action{ID: id, Title: title, Label: label, Rank: rank, Keys: []string{key}, On: At(noticesPlace()), When: Unless(when), Do: With(do)}
	}
	enter := notice("notice.next", "Do what comes next with the notice: draft, approve, send", "", 0, "enter", (*noticesScreen).noNotice, (*noticesScreen).next)
	enter.Now = Label((*noticesScreen).nextLabel)
	return []Action{
		enter,
		notice("notice.draft", "Draft the notice from the runbook's text, as things stand now", "draft", 2, "d", (*noticesScreen).noNotice, (*noticesScreen).draft),
		notice("notice.edit", "Change the last text; it becomes a new version", "edit", 2, "e", (*noticesScreen).noNotice, (*noticesScreen).edit),
		notice("notice.editor", "Change the last text in your own editor", "", 0, "E", (*noticesScreen).noEditor, (*noticesScreen).editOutside),
		notice("notice.claims", "Say what the notice claims of which service", "claims", 3, "+", (*noticesScreen).noNotice, (*noticesScreen).claim),
		notice("notice.approve", "Approve the last text", "approve", 2, "A", (*noticesScreen).noApproval, (*noticesScreen).approve),
		notice("notice.send", "Send the last text through a channel, or by hand", "send", 1, "S", (*noticesScreen).noText, (*noticesScreen).send),
		notice("notice.copy", "Copy the last text", "copy", 5, "c", (*noticesScreen).noText, (*noticesScreen).copyText),
		{ID: "notice.new", Title: "Write a notice that no runbook has", Label: "new", Rank: 5, Keys: []string{"w"}, On: At(noticesPlace(), contactsPlace()),
			When: whenWritable, Do: With((*noticesScreen).free)},
		{ID: "contact.call", Title: "Record what came of calling the contact", Label: "record a call", Rank: 1, Keys: []string{"enter", "c"}, On: At(contactsPlace()),
			When: Unless((*noticesScreen).noContact), Do: With((*noticesScreen).call)},
		{ID: "writer.save", Title: "Save what is written as a new version", Label: "save", Keys: []string{"ctrl+s"}, On: At(writerPlace()), Do: With((*writer).save)},
		{ID: "writer.claims", Title: "Say what the text claims", Label: "claims", Keys: []string{"tab"}, On: At(writerPlace()), Do: With((*writer).claim)},
		{ID: "claims.toggle", Title: "Claim what is known of the service, or nothing", Label: "claim", Rank: 1, Keys: []string{"space"}, On: At(claimsPlace()), Do: With((*claimsDialog).toggle)},
		{ID: "claims.next", Title: "Claim the next state", Label: "state", Rank: 1, Keys: []string{"right", "l"}, On: At(claimsPlace()), Do: With((*claimsDialog).nextState)},
		{ID: "claims.last", Title: "Claim the state before", Keys: []string{"left", "h"}, On: At(claimsPlace()), Do: With((*claimsDialog).lastState)},
		{ID: "claims.take", Title: "Take the claims", Label: "take", Keys: []string{"enter", "ctrl+s"}, On: At(claimsPlace()), Do: With((*claimsDialog).done)},
	}
}

// noticesScreenActions lead to the screen.
func noticesScreenActions() []Action {
	return []Action{
		{ID: "screen.notices", Title: "3 Notices and contacts", Label: "notices", Rank: 3, Keys: []string{"3"}, On: inIncidents().But(noticesPlace(), contactsPlace()), Do: goTo[*noticesScreen]()},
	}
}
