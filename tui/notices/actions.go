package notices

import (
	tea "charm.land/bubbletea/v2"

	"muster/tui/incident"
	"muster/tui/kit"
)

// Actions are what can be done with a notice, and with a contact.
func Actions() []kit.Action {
	notice := func(id, title, label string, rank int, key string, when func(*Screen) string, do func(*Screen) tea.Cmd) kit.Action {
		return kit.Action{ID: id, Title: title, Label: label, Rank: rank, Keys: []string{key}, On: kit.At(Place()), When: kit.Unless(when), Do: kit.With(do)}
	}
	enter := notice("notice.next", "Do what comes next with the notice: draft, approve, send", "", 0, "enter", (*Screen).noNotice, (*Screen).next)
	enter.Now = kit.Label((*Screen).nextLabel)
	approve := notice("notice.approve", "Approve the last text", "approve", 2, "A", (*Screen).noApproval, (*Screen).approve)
	approve.Records = kit.Label((*Screen).saysApprove)
	return []kit.Action{
		enter,
		notice("notice.draft", "Draft the next text: from the last one that was sent, else from the runbook's", "draft", 2, "d", (*Screen).noNotice, (*Screen).draft),
		notice("notice.afresh", "Draft the notice from the runbook's text, as things stand now", "", 0, "D", (*Screen).noNotice, (*Screen).afresh),
		notice("notice.edit", "Change the last text; it becomes a new version", "edit", 2, "e", (*Screen).noNotice, (*Screen).edit),
		notice("notice.editor", "Change the last text in your own editor", "", 0, "E", (*Screen).noEditor, (*Screen).editOutside),
		notice("notice.claims", "Say what the notice claims of which service", "claims", 3, "+", (*Screen).noNotice, (*Screen).claim),
		approve,
		notice("notice.send", "Send the last text through a channel, or by hand", "send", 1, "S", (*Screen).noText, (*Screen).send),
		notice("notice.copy", "Copy the last text", "copy", 5, "c", (*Screen).noText, (*Screen).copyText),
		{ID: "notice.new", Title: "Write a notice that no runbook has", Label: "new", Rank: 5, Keys: []string{"w"}, On: kit.At(Place(), ContactsPlace()),
			When: incident.Unwritable, Do: kit.With((*Screen).free)},
		{ID: "form.fill", Title: "Fill in a form that an authority demands", Label: "forms", Rank: 5, Keys: []string{"f"}, On: kit.At(Place(), ContactsPlace()),
			When: kit.Unless((*Screen).noForms), Do: kit.With((*Screen).forms)},
		{ID: "contact.call", Title: "Record what came of calling the contact", Label: "record a call", Rank: 1, Keys: []string{"enter", "c"}, On: kit.At(ContactsPlace()),
			When: kit.Unless((*Screen).noContact), Do: kit.With((*Screen).call)},
		{ID: "contact.add", Title: "Add a contact that is not in the list", Label: "add", Rank: 6, Keys: []string{"+"}, On: kit.At(ContactsPlace()),
			When: incident.Unwritable, Do: kit.With((*Screen).addContact)},
		{ID: "writer.save", Title: "Save what is written as a new version", Label: "save", Keys: []string{"ctrl+s"}, On: kit.At(WriterPlace()), Do: kit.With((*writer).save)},
		{ID: "writer.claims", Title: "Say what the text claims", Label: "claims", Keys: []string{"tab"}, On: kit.At(WriterPlace()), Do: kit.With((*writer).claim)},
		{ID: "writer.acts", Title: "Say who writes, and when it was", Label: "who and when", Keys: []string{"ctrl+t"}, On: kit.At(WriterPlace()), Do: kit.With((*writer).acts)},
		{ID: "claims.toggle", Title: "Claim what is known of the service, or nothing", Label: "claim", Rank: 1, Keys: []string{"space"}, On: kit.At(ClaimsPlace()), Do: kit.With((*claimsDialog).toggle)},
		{ID: "claims.next", Title: "Claim the next state", Label: "state", Rank: 1, Keys: []string{"right", "l"}, On: kit.At(ClaimsPlace()), Again: true, Do: kit.With((*claimsDialog).nextState)},
		{ID: "claims.last", Title: "Claim the state before", Keys: []string{"left", "h"}, On: kit.At(ClaimsPlace()), Again: true, Do: kit.With((*claimsDialog).lastState)},
		{ID: "claims.take", Title: "Take the claims", Label: "take", Keys: []string{"enter", "ctrl+s"}, On: kit.At(ClaimsPlace()), Do: kit.With((*claimsDialog).done)},
	}
}

// ScreenActions lead to the screen.
func ScreenActions() []kit.Action {
	return []kit.Action{
		{ID: "screen.notices", Title: "3 Notices and contacts", Label: "notices", Rank: 3, Keys: []string{"3"}, On: incident.Anywhere().But(Place(), ContactsPlace()), Do: incident.Visit[*Screen]()},
	}
}
