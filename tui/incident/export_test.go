package incident

import "muster/state"

// ActionsOf are the actions that do a deed and lead to where it is done; false if it is
// not known how a deed is done.
func ActionsOf(deed state.Deed) (action, screen string, known bool) {
	key, known := keysOf[deed]
	return key.action, key.screen, known
}
