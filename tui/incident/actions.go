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
	all := func(id, title, label string, rank int, key string, do func(*Open) tea.Cmd) kit.Action {
		return kit.Action{ID: id, Title: title, Label: label, Rank: rank, Keys: []string{key}, On: Anywhere(), When: Unwritable, Do: With(do)}
	}
	return []kit.Action{
		all("note", "Write a note", "note", 2, "n", writeNote),
		all("evidence", "Attach a file as evidence", "evidence", 3, "e", attachFile),
		{ID: "undo", Title: "Take back your own last entry; it stays in the log, marked", Label: "undo", Rank: 4,
			Keys: []string{"u"}, On: Anywhere(), When: Unwritable, Do: With(undoLast)},
		all("role", "Take a role, or give it to somebody", "", 0, "t", giveRole),
		all("severity", "Change the severity", "", 0, "S", setSeverity),
		all("title", "Change what the incident is called", "", 0, "O", setTitle),
		{ID: "inputs", Title: "Answer what the runbook asks at the start", Rank: 2, Keys: []string{"I"}, On: Anywhere(),
			When: Unless(noInputs), Do: With(answerInputs), Now: Label(inputsLabel)},
		all("step.add", "Add a step", "", 0, "+", addStep),
		{ID: "runbook.attach", Title: "Attach another runbook", Keys: []string{"R"}, On: Anywhere(), When: Unwritable, Do: With(attach)},
		all("occurred", "Say when the next action happened, if not now", "", 0, "T", setWhen),
		{ID: "close", Title: "Close the incident; of a closed one, what comes next: verify, witness, export, reopen", Keys: []string{"C"}, On: Anywhere(),
			When: Unless(noClose), Do: With(closeOrReopen)},
		{ID: "first", Title: "The first acts, before all else", Label: "first acts", Rank: 8, Keys: []string{"Q"}, On: Anywhere(),
			When: Unless(noFirst), Do: With(showFirst)},
		{ID: "export", Title: "Export the incident, to a file", Keys: []string{"F"}, On: Anywhere(), When: Unless(noExport), Do: With(askExport)},
		{ID: "settle", Title: "Two answers: what merged logs say differently, and which of them holds", Rank: 3, Keys: []string{"N"}, On: Anywhere(),
			When: Unless(noTwo), Do: With(showTwo), Now: Label(twoLabel)},
		{ID: "branch", Title: "Of a copy or a branch: what the other side last knew; go on in a copy", Rank: 7, Keys: []string{"Z"}, On: Anywhere(),
			When: Unless((*Open).noApart), Do: With((*Open).showApart), Now: Label((*Open).apartLabel)},
		{ID: "notsaved.show", Title: "Show what could not be saved", Label: "NOT SAVED", Keys: []string{"!"}, On: Anywhere(),
			When: Unless((*Open).allSaved), Do: With((*Open).showNotSaved)},
		{ID: "waiting.show", Title: "Show what could not be saved, while typing", Label: "NOT SAVED", Keys: []string{"ctrl+x"},
			On: kit.Every(kit.Typing), When: Unless((*Open).noneWaits), Do: With((*Open).showWaiting)},
	}
}

// NeedActions are what somebody needs on every screen of an incident.
func NeedActions() []kit.Action {
	sitrep := With(sitrepNow)
	return []kit.Action{
		{ID: "alert.seen", Title: "Take away the alert that was seen", Label: "seen", Keys: []string{"z"}, On: Anywhere(),
			When: Unless((*Open).noAlert), Do: With((*Open).seen)},
		{ID: "timer.set", Title: "Set a timer", Label: "timer", Rank: 6, Keys: []string{"@"}, On: Anywhere(), When: Unwritable, Do: With(setTimer)},
		{ID: "witness", Title: "Read the head to somebody outside, and record who was told", Keys: []string{"V"}, On: Anywhere(), When: Unwritable, Do: With(tellWitness)},
		{ID: "sign", Title: "Sign the head with your own key, in the agent that you offer over SSH", Keys: []string{"$"}, On: Anywhere(), When: Unless(noSign), Do: With(sign)},
		{ID: "who", Title: "Say who acts at this terminal from now on", Keys: []string{"Y"}, On: Anywhere(), When: Unwritable, Do: With(sayWho)},
		{ID: "team", Title: "Who is here, and where", Keys: []string{"U"}, On: Anywhere(), When: Unless((*Open).noTeam), Do: With((*Open).showTeam)},
		{ID: "role.hand", Title: "Hand a role over to another person", Keys: []string{"H"}, On: Anywhere(),
			When: Unless(noRoles), Do: With(handOver)},
		{ID: "role.acknowledge", Title: "Take a role that is handed over", Label: "take the role", Keys: []string{"K"}, On: Anywhere(),
			When: Unless(noPending), Do: With(acknowledge)},
		{ID: "sitrep", Title: "Where things stand: the situation report", Label: "sitrep", Rank: 6, Keys: []string{"W"}, On: Anywhere(),
			When: Unless(noSitrep), Do: sitrep},
		{ID: "sitrep.issue", Title: "Record that the sitrep goes out", Label: "issue", Keys: []string{"i"}, On: kit.At(ReaderPlace()),
			When: kit.Unless((*reader).noIssue), Do: kit.With((*reader).issue)},
		{ID: "sitrep.before", Title: "The sitrep that was issued before, as it left", Label: "issued before", Keys: []string{"p"}, On: kit.At(ReaderPlace()),
			When: kit.Unless((*reader).noBefore), Do: kit.With((*reader).back)},
		{ID: "reader.sign", Title: "Sign the log up to here with your own key", Label: "sign", Keys: []string{"s"}, On: kit.At(ReaderPlace()),
			When: kit.Unless((*reader).noSign), Do: kit.With((*reader).sign)},
		{ID: "reader.copy", Title: "Copy the text", Label: "copy", Keys: []string{"c"}, On: kit.At(ReaderPlace()), Do: kit.With((*reader).copy)},
	}
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
