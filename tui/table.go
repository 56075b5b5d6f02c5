package tui

import (
	"slices"

	"muster/tui/clocks"
	"muster/tui/drill"
	"muster/tui/home"
	"muster/tui/incident"
	"muster/tui/kit"
	"muster/tui/notices"
	"muster/tui/run"
	"muster/tui/services"
	"muster/tui/start"
	"muster/tui/timeline"
)

// places are all places, in the order in which documentation names them.
func places() []kit.Place {
	return []kit.Place{
		home.Place(), start.Place(), run.Place(), services.Place(), notices.Place(), notices.ContactsPlace(), clocks.Place(), drill.Place(), timeline.Place(),
		kit.OnPrompt(), kit.OnSearch(), kit.OnFilter(), kit.OnConfirm(), incident.RefusalPlace(), incident.NotSavedPlace(), timeline.EntryPlace(), notices.WriterPlace(), notices.ClaimsPlace(), incident.ReaderPlace(), drill.MessagePlace(), kit.BarePlace(),
	}
}

// actionTable is the table of what every package brings, in the order in which help
// shows it. It is made anew each time, so that nobody can change another session's.
func actionTable() []kit.Action {
	return slices.Concat(
		run.Actions(), services.Actions(), notices.Actions(), clocks.Actions(), timeline.Actions(), home.Actions(), start.Actions(),
		incident.BoardActions(), services.CheckActions(), clocks.SetActions(), incident.NeedActions(), incident.DoorActions(), drill.Actions(), incident.Actions(),
		run.ScreenActions(), services.ScreenActions(), notices.ScreenActions(), clocks.ScreenActions(), timeline.ScreenActions(), incident.LeaveActions(), incident.PastActions(), incident.ReviewActions(), run.BackActions(),
		kit.MoveActions(), kit.FormActions(), incident.SavingActions(), kit.CancelActions(), kit.GlobalActions(),
	)
}

// Actions lists every action with its keys, in the order in which help shows them.
func Actions() []kit.ActionInfo {
	keys, _ := kit.NewKeyMap(actionTable(), places(), nil) // a test holds the table to being free of clashes
	return keys.Infos()
}

// CheckKeys says what is wrong with a keys table, all of it; nil if nothing is.
func CheckKeys(keys map[string][]string) error {
	_, err := kit.NewKeyMap(actionTable(), places(), keys)
	return err
}
