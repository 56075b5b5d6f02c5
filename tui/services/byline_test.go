package services_test

import (
	"testing"

	"muster/state"
	"muster/tui/tuitest"
)

// TestServicesAreSaid: line by line, a service is said with its state, since when, by what
// it was seen, and what was said of it.
func TestServicesAreSaid(t *testing.T) {
	tuitest.Sayings(t, tuitest.IMO, []tuitest.Saying{
		{Name: "the list", Lines: "services", Want: []string{"Screen: services.\n", "1. File servers is unknown; last check: none set (you are here)\n", "2. GISIS is unknown; last check: not yet\n",
			"Needed by: GISIS (unknown), IMODOCS (unknown)\n"}, Absent: []string{"since", "last said"}},
		{Name: "one is chosen", Lines: "services|2|list", Want: []string{"On: GISIS is unknown; last check: not yet.\n", "1. File servers is unknown; last check: none set\n2. GISIS is unknown; last check: not yet (you are here)\n"}},
		{Name: "its state is set", Lines: "services|2|set affected|it burns||yes|list", Want: []string{"2. GISIS is affected since 02:31"}, Logged: `service GISIS is affected — "it burns"`},
		{Name: "it is expected back", Lines: "services|2|set affected|it burns|1h|4|-40m|yes", Want: []string{"Expected back: 1h\n"}, Logged: `expected back at 2026-11-24 02:51 UTC`},
		{Name: "it was expected back", Lines: "services|2|set affected|it burns|30m|4|-40m|yes", Want: []string{"Expected back: 2026-11-24 02:21 has passed."}},
		{Name: "another has set it", Before: func(desk *tuitest.Desk) {
			if err := desk.Last().Other("Ben", state.SetService{Service: "gisis", State: state.ShutDown, Why: "pulled"}); err != nil {
				panic(err)
			}
		}, Lines: "services", Want: []string{"2. GISIS is shut-down since 02:31"}},
		{Name: "no check", Lines: "services|1|check", Want: []string{"names no check for this service"}},
		{Name: "a check", Lines: "services|2|check|list", Want: []string{"2. GISIS is unknown; last check: ok 02:31 (you are here)\n"}, Logged: `check of GISIS passed`},
	})
}
