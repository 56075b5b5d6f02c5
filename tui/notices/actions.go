package notices

import (
	"slices"

	"muster/tui/incident"
	"muster/tui/kit"
)

// noticeRows are what can be done with a notice.
var noticeRows = []kit.Row[*Screen]{
	{ID: "notice.next", Title: "Do what comes next with the notice: draft, approve, send", Keys: []string{"enter"}, When: (*Screen).noNotice, Do: (*Screen).next, Now: (*Screen).nextLabel},
	{ID: "notice.draft", Title: "Draft the next text: from the last one that was sent, else from the runbook's", Label: "draft", Rank: 2, Keys: []string{"d"}, When: (*Screen).noNotice, Do: (*Screen).draft},
	{ID: "notice.afresh", Title: "Draft the notice from the runbook's text, as things stand now", Keys: []string{"D"}, When: (*Screen).noNotice, Do: (*Screen).afresh},
	{ID: "notice.edit", Title: "Change the last text; it becomes a new version", Label: "edit", Rank: 2, Keys: []string{"e"}, When: (*Screen).noNotice, Do: (*Screen).edit},
	{ID: "notice.editor", Title: "Change the last text in your own editor", Keys: []string{"E"}, When: (*Screen).noEditor, Do: (*Screen).editOutside},
	{ID: "notice.claims", Title: "Say what the notice claims of which service", Label: "claims", Rank: 3, Keys: []string{"+"}, When: (*Screen).noNotice, Do: (*Screen).claim},
	{ID: "notice.approve", Title: "Approve the last text", Label: "approve", Rank: 2, Keys: []string{"A"}, When: (*Screen).noApproval, Do: (*Screen).approve, Records: (*Screen).saysApprove, Now: (*Screen).approveLabel},
	{ID: "notice.send", Title: "Send the last text through a channel, or by hand", Label: "send", Rank: 1, Keys: []string{"S"}, When: (*Screen).noText, Do: (*Screen).send},
	{ID: "notice.copy", Title: "Copy the last text", Label: "copy", Rank: 5, Keys: []string{"c"}, When: (*Screen).noText, Do: (*Screen).copyText},
}

// writeRows write what no runbook has, on a notice or a contact.
var writeRows = []kit.Row[*Screen]{
	{ID: "notice.new", Title: "Write a notice that no runbook has", Label: "new", Rank: 5, Keys: []string{"w"}, If: incident.Unwritable, Do: (*Screen).free},
	{ID: "form.fill", Title: "Fill in a form that an authority demands", Label: "forms", Rank: 5, Keys: []string{"f"}, When: (*Screen).noForms, Do: (*Screen).forms},
}

// contactRows are what can be done with a contact.
var contactRows = []kit.Row[*Screen]{
	{ID: "contact.call", Title: "Record what came of calling the contact", Label: "record a call", Rank: 1, Keys: []string{"enter", "c"}, When: (*Screen).noContact, Do: (*Screen).call},
	{ID: "contact.add", Title: "Add a contact that is not in the list", Label: "add", Rank: 6, Keys: []string{"+"}, If: incident.Unwritable, Do: (*Screen).addContact},
}

// writerRows are for a text that is being written.
var writerRows = []kit.Row[*writer]{
	{ID: "writer.save", Title: "Save what is written as a new version", Label: "save", Keys: []string{"ctrl+s"}, Do: (*writer).save},
	{ID: "writer.claims", Title: "Say what the text claims", Label: "claims", Keys: []string{"tab"}, Do: (*writer).claim},
	{ID: "writer.acts", Title: "Say who writes, and when it was", Label: "who and when", Keys: []string{"ctrl+t"}, Do: (*writer).acts},
}

// claimRows are for what a notice claims.
var claimRows = []kit.Row[*claimsDialog]{
	{ID: "claims.toggle", Title: "Claim what is known of the service, or nothing", Label: "claim", Rank: 1, Keys: []string{"space"}, Do: (*claimsDialog).toggle},
	{ID: "claims.next", Title: "Claim the next state", Label: "state", Rank: 1, Keys: []string{"right", "l"}, Again: true, Do: (*claimsDialog).nextState},
	{ID: "claims.last", Title: "Claim the state before", Keys: []string{"left", "h"}, Again: true, Do: (*claimsDialog).lastState},
	{ID: "claims.take", Title: "Take the claims", Label: "take", Keys: []string{"enter", "ctrl+s"}, Do: (*claimsDialog).done},
}

// Actions are what can be done with a notice, and with a contact.
func Actions() []kit.Action {
	return slices.Concat(
		kit.Rows(kit.At(Place()), noticeRows),
		kit.Rows(kit.At(Place(), ContactsPlace()), writeRows),
		kit.Rows(kit.At(ContactsPlace()), contactRows),
		kit.Rows(kit.At(WriterPlace()), writerRows),
		kit.Rows(kit.At(ClaimsPlace()), claimRows))
}

// ScreenActions lead to the screen.
func ScreenActions() []kit.Action {
	return []kit.Action{
		{ID: "screen.notices", Title: "3 Notices and contacts", Label: "notices", Rank: 3, Keys: []string{"3"}, On: incident.Anywhere().But(Place(), ContactsPlace()), Do: incident.Visit[*Screen]()},
	}
}
