package drill_test

import (
	"testing"

	"muster/state"
	"muster/tui/tuitest"
)

// TestADrillIsSaid: line by line, the facilitator hears the clock before the list, and what
// comes next; every question says that it is an exercise.
func TestADrillIsSaid(t *testing.T) {
	tuitest.Sayings(t, tuitest.Drill("Ada"), []tuitest.Saying{
		{Name: "the list", Lines: "drill", Want: []string{"Screen: drill, the facilitator's.\nNOT STARTED +0:00:00 ×1, 0 of 4 delivered\nNEXT +0:05 in 5:00 ", "To come\n1. +0:05 ", "Held, or only if wanted\n4. ", "5. Public statements match what is verified; not rated\n", "EXERCISE drill> "}},
		{Name: "delivered", Lines: "drill|start|deliver|yes|list", Want: []string{"Delivered\n1. +0:00 CANARY-1", "To come\n2. +0:20"}, Logged: "inject 1 to Operations lead"},
		{Name: "not delivered", Lines: "drill|start|deliver|no|list", Want: []string{"To come\n1. +0:05"}, Absent: []string{"Delivered"}, Logged: "exercise clock started"},
		{Name: "rated", Lines: "drill|rate 1|1|x|.|yes", Logged: `rated the objective "Public statements match what is verified" P`},
		{Name: "the clock", Lines: "drill|start|jump 1:00|yes|pause", Logged: "exercise clock paused at +1:00"},
	})
	tuitest.Sayings(t, tuitest.Drill("Fay"), []tuitest.Saying{
		{Name: "a player", Lines: "messages|drill", Want: []string{"No message has come yet.\n", "EXERCISE run> "}, Absent: []string{"CANARY"}},
		{Name: "a message", Before: func(desk *tuitest.Desk) {
			if err := desk.Last().Other("Fay", state.DeliverInject{Inject: "error-page", From: "Service desk", To: "all", Via: "phone", Text: "The website shows an error page."}); err != nil {
				panic(err)
			}
		}, Lines: "messages|1", Want: []string{"EXERCISE: message 1", "The website shows an error page."}, Absent: []string{"CANARY-2", "CANARY-3"}},
	})
}
