package run_test

import (
	"testing"

	"muster/tui/tuitest"
)

// TestChecklistIsTickedAtTheEnd: who settles a step is told which lines of its checklist are not ticked,
// and can say that all of it is done: then each is ticked, once, before the step is. What is ticked
// already is not told, and nothing is ticked of which nobody says so.
func TestChecklistIsTickedAtTheEnd(t *testing.T) {
	const first, second = `ticked "Blocked at both firewalls"`, `ticked "Service accounts disabled"`
	tuitest.Sayings(t, tuitest.Home, []tuitest.Saying{
		{Name: "two are left", Lines: "2.1|done-with||2|yes", Want: []string{"2 lines of the checklist are not ticked: “Blocked at both firewalls”, “Service accounts disabled”.", "Saved. Entry 2, 02:31, Ada: " + first, "Saved. Entry 3, 02:31, Ada: " + second, "waits for the answer to 1.2"},
			Absent: []string{"Not ticked off yet"}},
		{Name: "done all the same, once", Lines: "2.1|done-with||2|yes|override because|yes", Logged: "done 2.1", Want: []string{"Saved. Entry 3, 02:31, Ada: " + second, "Entry 4, "}, Absent: []string{"Entry 5, "}},
		{Name: "one is left", Lines: "2.1|text|1|done-with||2|yes", Want: []string{"One line of the checklist is not ticked: “Service accounts disabled”.", "Entry 3, 02:31, Ada: " + second}, Absent: []string{"Entry 4, "}},
		{Name: "none is left", Lines: "2.1|text|1|text|2|done-with||yes", Want: []string{"Done: 2.1 Shut down GISIS database\n"}, Absent: []string{"of the checklist", "tick it"}},
		{Name: "not all of it is done", Lines: "2.1|done-with||1|yes", Want: []string{"Not ticked off yet"}, Logged: "opened"},
	})
}
