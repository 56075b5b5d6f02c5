package run_test

import (
	"testing"

	"muster/state"
	"muster/tui/tuitest"
)

const hitBook = `title = "Test"
[[service]]
id = "mail"
title = "E-mail"
[[service]]
id = "web"
title = "Website"
[[phase]]
title = "Act"
[[phase.step]]
id = "off"
kind = "shutdown"
each = "affected"
title = "Shut down {{ .Service.Title }}"
[[phase.step]]
id = "logs"
title = "Save logs"
[[phase.step]]
id = "stopped"
title = "Has it stopped"
[[phase.step]]
id = "after"
title = "After it"
`

// TestCursorStaysOnItsStep: a service that somebody else finds hit adds steps above; the
// next key still means the step that was chosen, and its text is still the one seen.
func TestCursorStaysOnItsStep(t *testing.T) {
	seen(t, hitBook, 100, 30, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
		moves(t, term, move{"G k", "▌ ○ 1.3 Has it stopped"})
		acts(t, term, desk, "Ben", state.SetService{Service: "mail", State: "affected", Why: "no mail"})
		moves(t, term, move{"", "▌ ○ 1.3 Has it stopped"})
		acts(t, term, desk, "Ben", state.SetService{Service: "web", State: "affected", Why: "defaced"})
		moves(t, term, move{"", "▌ ○ 1.3 Has it stopped"})
		acts(t, term, desk, "Ben", state.SetService{Service: "mail", State: "unaffected", Why: "it was the network"})
		moves(t, term, move{"", "▌ ○ 1.3 Has it stopped"})
		tuitest.Play(t, term, tuitest.Turn{See: []string{"1.1a", "│ 1.3  Has it stopped"}, Miss: []string{"│ 1.2", "│ 1.4"}})
	})
	// from the step that stands for copies to the first of them
	seen(t, hitBook, 100, 30, func(t *testing.T, term *tuitest.Terminal, desk *tuitest.Desk) {
		moves(t, term, move{"g j", "▌ · 1.1 Shut down each affected service none yet"})
		acts(t, term, desk, "Ben", state.SetService{Service: "mail", State: "affected", Why: "no mail"})
		moves(t, term, move{"", "▌ ○ 1.1a Shut down E-mail"})
	})
}
