package incident

import (
	tea "charm.land/bubbletea/v2"

	"muster/tui/kit"
)

// Trait is the trait of the screens of an open incident.
const Trait = kit.FirstTrait

// Anywhere are the screens of an open incident.
func Anywhere() kit.Where { return kit.Every(Trait) }

// Actions are what can be done with the incident as a whole.
func Actions() []kit.Action {
	return append(rows([]kit.Row[*Open]{
		{ID: "note", Title: "Write a note", Label: "note", Rank: 2, Keys: []string{"n"}, If: Unwritable, Do: writeNote},
		{ID: "evidence", Title: "Attach a file as evidence", Label: "evidence", Rank: 3, Keys: []string{"e"}, If: Unwritable, Do: attachFile},
		{ID: "undo", Title: "Take back your own last entry; it stays in the log, marked", Label: "undo", Rank: 4, Keys: []string{"u"}, If: Unwritable, Do: undoLast},
		{ID: "role", Title: "Take a role, or give it to somebody", Keys: []string{"t"}, If: Unwritable, Do: giveRole},
		{ID: "severity", Title: "Change the severity", Keys: []string{"S"}, If: Unwritable, Do: setSeverity},
		{ID: "title", Title: "Change what the incident is called", Keys: []string{"O"}, If: Unwritable, Do: setTitle},
		{ID: "inputs", Title: "Answer what the runbook asks at the start", Rank: 2, Keys: []string{"I"}, When: noInputs, Do: answerInputs, Now: inputsLabel},
		{ID: "step.add", Title: "Add a step", Keys: []string{"+"}, If: Unwritable, Do: addStep},
		{ID: "runbook.attach", Title: "Attach another runbook", Keys: []string{"R"}, If: Unwritable, Do: attach},
		{ID: "occurred", Title: "Say when the next action happened, if not now", Keys: []string{"T"}, If: Unwritable, Do: setWhen},
		{ID: "close", Title: "Close the incident; of a closed one, what comes next: verify, witness, export, reopen", Keys: []string{"C"}, When: noClose, Do: closeOrReopen},
		{ID: "first", Title: "The first acts, before all else", Label: "first acts", Rank: 8, Keys: []string{"Q"}, When: noFirst, Do: showFirst},
		{ID: "export", Title: "Export the incident, to a file", Keys: []string{"F"}, When: noExport, Do: askExport},
		{ID: "settle", Title: "Two answers: what merged logs say differently, and which of them holds", Rank: 3, Keys: []string{"N"}, When: noTwo, Do: showTwo, Now: twoLabel},
		{ID: "branch", Title: "Of a copy or a branch: what the other side last knew; go on in a copy", Rank: 7, Keys: []string{"Z"},
			When: (*Open).noApart, Do: (*Open).showApart, Now: (*Open).apartLabel},
		{ID: "notsaved.show", Title: "Show what could not be saved", Label: "NOT SAVED", Keys: []string{"!"}, When: (*Open).allSaved, Do: (*Open).showNotSaved},
	}),
		kit.Action{ID: "waiting.show", Title: "Show what could not be saved, while typing", Label: "NOT SAVED", Keys: []string{"ctrl+x"},
			On: kit.Every(kit.Typing), When: Unless((*Open).noneWaits), Do: With((*Open).showWaiting), Now: Label(waitingLabel)})
}

// NeedActions are what somebody needs on every screen of an incident.
func NeedActions() []kit.Action {
	return append(rows([]kit.Row[*Open]{
		{ID: "alert.seen", Title: "Take away the alert that was seen", Label: "seen", Keys: []string{"z"}, When: (*Open).noAlert, Do: (*Open).seen},
		{ID: "witness", Title: "Read the head to somebody outside, and record who was told", Keys: []string{"V"}, If: Unwritable, Do: tellWitness},
		{ID: "sign", Title: "Sign the head with your own key, in the agent that you offer over SSH", Keys: []string{"$"}, When: noSign, Do: sign},
		{ID: "who", Title: "Say who acts at this terminal from now on", Keys: []string{"Y"}, If: Unwritable, Do: sayWho},
		{ID: "team", Title: "Who is here, and where", Keys: []string{"U"}, When: (*Open).noTeam, Do: (*Open).showTeam},
		{ID: "role.hand", Title: "Hand a role over to another person", Keys: []string{"H"}, When: noRoles, Do: handOver},
		{ID: "role.acknowledge", Title: "Take a role that is handed over", Label: "take the role", Keys: []string{"K"}, When: noPending, Do: acknowledge},
		{ID: "sitrep", Title: "Where things stand: the situation report", Label: "sitrep", Rank: 6, Keys: []string{"W"}, When: noSitrep, Do: sitrepNow},
	}), kit.Rows(kit.At(ReaderPlace()), []kit.Row[*reader]{
		{ID: "sitrep.issue", Title: "Record that the sitrep goes out", Label: "issue", Keys: []string{"i"}, When: (*reader).noIssue, Do: (*reader).issue},
		{ID: "sitrep.before", Title: "The sitrep that was issued before, as it left", Label: "issued before", Keys: []string{"p"}, When: (*reader).noBefore, Do: (*reader).back},
		{ID: "reader.sign", Title: "Sign the log up to here with your own key", Label: "sign", Keys: []string{"s"}, When: (*reader).noSign, Do: (*reader).sign},
		{ID: "reader.copy", Title: "Copy the text", Label: "copy", Keys: []string{"c"}, Do: (*reader).copy},
	})...)
}

// rows are the actions of a table that can be done on every screen of an incident.
func rows(table []kit.Row[*Open]) []kit.Action {
	all := make([]kit.Action, len(table))
	for i := range table {
		r := &table[i]
		all[i] = kit.Action{ID: r.ID, Title: r.Title, Label: r.Label, Rank: r.Rank, Keys: r.Keys, On: Anywhere(), When: r.If, Do: With(r.Do)}
		if r.When != nil {
			all[i].When = Unless(r.When)
		}
		if r.Now != nil {
			all[i].Now = Label(r.Now)
		}
	}
	return all
}

// DoorActions bring in people, and what they recorded elsewhere.
func DoorActions() []kit.Action {
	return []kit.Action{
		{ID: "door", Title: "The door: invite somebody by a code, or say yes to who waits", Rank: 2, Keys: []string{"&"}, On: Anywhere(),
			When: Unless(noDoor), Do: With(showDoor), Now: Label(doorLabel)},
		{ID: "merge", Title: "Merge a branch: take over what people recorded in a copy", On: Anywhere(), When: Unless(noMerge), Do: With(mergeBranch)},
	}
}

// BoardActions are what can be done on every board.
func BoardActions() []kit.Action {
	return []kit.Action{
		{ID: "board.other", Title: "Between the list and the text", Label: "to the text", Rank: 6, Keys: []string{"tab"}, On: kit.Every(kit.Split), Again: true, Do: kit.With(boardPart.Other)},
	}
}

// A boardPart is a screen with a list and a text.
type boardPart interface{ Other() tea.Cmd }

// SavingActions are what can be done about an action that was refused, or not saved.
func SavingActions() []kit.Action {
	return []kit.Action{
		{ID: "refusal.override", Title: "Do it all the same, with a reason", Label: "override", Keys: []string{"o"},
			On: kit.At(RefusalPlace()), When: kit.Unless((*refusalDialog).cannotOverride), Do: kit.With((*refusalDialog).override)},
		{ID: "refusal.edit", Title: "Change what was typed", Label: "edit", Keys: []string{"e"},
			On: kit.At(RefusalPlace()), When: kit.Unless((*refusalDialog).cannotEdit), Do: kit.With((*refusalDialog).edit)},
		{ID: "refusal.leave", Title: "Close, without doing anything", Label: "close", Keys: []string{"enter"}, On: kit.Every(kit.Shut), Do: shut, Now: shutLabel},
		{ID: "notsaved.retry", Title: "Try again to save", Label: "try again", Keys: []string{"t"}, Sure: true, On: kit.At(NotSavedPlace()), Do: kit.With((*notSavedDialog).retry)},
		{ID: "notsaved.rescue", Title: "Write the log anew in its folder, and go on there", Label: "rescue here", Keys: []string{"r"}, Sure: true,
			On: kit.At(NotSavedPlace()), Do: kit.With((*notSavedDialog).rescueHere)},
		{ID: "notsaved.elsewhere", Title: "Write the log anew in another folder, and go on there", Label: "rescue elsewhere", Keys: []string{"f"}, Sure: true,
			On: kit.At(NotSavedPlace()), Do: kit.With((*notSavedDialog).rescueElsewhere)},
	}
}

// LeaveActions lead out of the incident, and back to its first screen.
func LeaveActions() []kit.Action {
	return []kit.Action{
		{ID: "back", Title: "Leave the incident; it stays as it is", Label: "leave", Rank: 5, Keys: []string{"q"}, On: Anywhere(), Do: With(leaveIncident)},
		{ID: "back.run", Title: "Back to the steps", Keys: []string{"esc"}, On: Anywhere(), Do: With(escapeToRun)},
	}
}

// Inside is a screen of an open incident.
type Inside interface{ Incident() *Open }

// Of is the incident of the top screen; nil if it has none.
func Of(u *kit.UI) *Open {
	if s, ok := u.Screen().(Inside); ok {
		return s.Incident()
	}
	return nil
}

// With makes an action of what is done with the incident on the screen.
func With(do func(*Open) tea.Cmd) func(*kit.UI) tea.Cmd {
	return func(u *kit.UI) tea.Cmd {
		if o := Of(u); o != nil {
			return do(o)
		}
		return nil
	}
}

// Unless makes a condition of what is true of the incident on the screen.
func Unless(when func(*Open) string) func(*kit.UI) string {
	return func(u *kit.UI) string {
		if o := Of(u); o != nil {
			return when(o)
		}
		return "No incident is open."
	}
}

// Label makes a label of the incident on the screen.
func Label(label func(*Open) string) func(*kit.UI) string {
	return func(u *kit.UI) string {
		if o := Of(u); o != nil {
			return label(o)
		}
		return ""
	}
}

// Unwritable says why nothing can be recorded in the incident on the screen; "" if it
// can.
func Unwritable(u *kit.UI) string { return Unless((*Open).Cannot)(u) }

// partOf is the part of type P of the incident on the screen.
func partOf[P any](u *kit.UI) (p P, ok bool) {
	if o := Of(u); o != nil {
		for _, one := range o.parts {
			if p, ok = one.(P); ok {
				return p, ok
			}
		}
	}
	return p, false
}

// WithPart makes an action of a part of the incident, whatever screen is seen.
func WithPart[P any](do func(P) tea.Cmd) func(*kit.UI) tea.Cmd {
	return func(u *kit.UI) tea.Cmd {
		if p, ok := partOf[P](u); ok {
			return do(p)
		}
		return nil
	}
}

// WhenPart makes a condition of a part of the incident.
func WhenPart[P any](when func(P) string) func(*kit.UI) string {
	return func(u *kit.UI) string {
		if p, ok := partOf[P](u); ok {
			return when(p)
		}
		return "No incident is open."
	}
}

// LabelOfPart makes a label of a part of the incident.
func LabelOfPart[P any](label func(P) string) func(*kit.UI) string {
	return func(u *kit.UI) string {
		if p, ok := partOf[P](u); ok {
			return label(p)
		}
		return ""
	}
}

// Visit makes an action that leads to the screen of type S.
func Visit[S kit.Screen]() func(*kit.UI) tea.Cmd {
	return func(u *kit.UI) tea.Cmd {
		if s, ok := partOf[S](u); ok {
			return Of(u).To(s)
		}
		return nil
	}
}

// ReviewActions lead to what people find when they look back.
func ReviewActions() []kit.Action {
	return []kit.Action{
		{ID: "review", Title: "Review: look back, also after the closing", Keys: []string{"L"}, On: Anywhere(),
			When: Unless(noReview), Do: With(review)},
	}
}
