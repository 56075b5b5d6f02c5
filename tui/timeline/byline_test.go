package timeline_test

import (
	"testing"

	"muster/tui/tuitest"
)

// TestEntriesAreSaid: line by line, the newest entry stands last; one is shown with all
// there is to know of it, corrected and taken back.
func TestEntriesAreSaid(t *testing.T) {
	tuitest.Sayings(t, tuitest.Home, []tuitest.Saying{
		{Name: "the list", Lines: "note x|yes|timeline", Want: []string{"Screen: Timeline 2 entries as written.\n", "1. entry 1, 02:31, Ada: opened the live incident \"Website down\", SEV1, with the runbook attack\n2. entry 2, 02:31, Ada: note on 1.1 Write down what is seen — \"x\" (you are here)\n"}},
		{Name: "one is shown", Lines: "timeline|1|show", Want: []string{"Entry 1, 02:31, Ada: opened", "who: Ada (local)\n", "kind: incident.opened, live\n", "follows: 0000", "data: {\"id\":"}},
		{Name: "one is amended", Lines: "note x|yes|timeline|2|amend|y|.||why|yes", Want: []string{"Amend entry 2\n"}, Logged: `amended entry 2: its text is "y" — "why"`},
		{Name: "one is taken back", Lines: "note x|yes|timeline|2|retract bad|yes|2|show", Want: []string{"retracted"}, Logged: `retracted entry 2 — "bad"`},
		{Name: "nothing matches", Lines: "timeline|list nothing-like-that", Want: []string{"No line has that.\n"}},
	})
}
