package tui

import "slices"

// places are all places, in the order in which documentation names them.
func places() []Place {
	return []Place{
		homePlace(), startPlace(), runPlace(), servicesPlace(), noticesPlace(), contactsPlace(), clocksPlace(), drillPlace(), timelinePlace(),
		OnPrompt(), OnSearch(), OnFilter(), OnConfirm(), refusalPlace(), notSavedPlace(), entryPlace(), writerPlace(), claimsPlace(), readerPlace(), injectPlace(),
	}
}

// actionTable is the table of what every package brings, in the order in which help
// shows it. It is made anew each time, so that nobody can change another session's.
func actionTable() []Action {
	return slices.Concat(
		runActions(), servicesActions(), noticesActions(), clocksActions(), timelineActions(), homeActions(), startActions(),
		boardActions(), checkActions(), needActions(), drillActions(), actActions(),
		runScreenActions(), servicesScreenActions(), noticesScreenActions(), clocksScreenActions(), timelineScreenActions(), leaveActions(), runBackActions(),
		MoveActions(), FormActions(), savingActions(), CancelActions(), GlobalActions(),
	)
}

// Actions lists every action with its keys, in the order in which help shows them.
func Actions() []ActionInfo {
	keys, _ := NewKeyMap(actionTable(), places(), nil) // a test holds the table to being free of clashes
	return keys.Infos()
}

// CheckKeys says what is wrong with a keys table, all of it; nil if nothing is.
func CheckKeys(keys map[string][]string) error {
	_, err := NewKeyMap(actionTable(), places(), keys)
	return err
}
