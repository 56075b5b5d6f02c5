package services_test

import (
	"testing"

	"muster/runbooks"
	"muster/state"
	"muster/tui"
	"muster/tui/tuitest"
)

// TestEveryServiceOfADrillCanBeChecked: also one for which the runbook names no check: the
// scenario says what a look shows, or nothing does, and then nothing is recorded.
func TestEveryServiceOfADrillCanBeChecked(t *testing.T) {
	world := &tuitest.World{}
	drill := func(t *testing.T) (*tuitest.Terminal, *tuitest.Desk) {
		desk, err := tuitest.NewDesk("Ada", "imo.toml")
		if err != nil {
			t.Fatal(err)
		}
		session, err := desk.Start(t.Context(), tui.StartRequest{Runbook: desk.Books[0], Mode: state.Drill, Severity: runbooks.SEV2, Person: "Ada"})
		if err != nil {
			t.Fatal(err)
		}
		if s := session.Incident().Services[0]; !s.Def.Check.IsZero() {
			t.Fatalf("%s has a check", s.ID)
		}
		world.Down(session.Incident().Services[0].ID, "no share is seen")
		app, err := tui.NewIncident(t.Context(), desk, session, false, tui.Options{Person: "Ada", Now: desk.Now, World: world})
		if err != nil {
			t.Fatal(err)
		}
		return tuitest.Start(t, app, 110, 36), desk
	}
	tuitest.Cases(t, drill, []tuitest.Case{
		{Name: "the scenario knows", Keys: "2 p ~1s", Want: []string{"FAILED 02:31", "no share is seen"}, Absent: []string{"names no check"}},
		{Name: "nothing says", Keys: "2 j p ~1s", Want: []string{"cannot check", "nothing in this drill says"}, Absent: []string{"names no check"}, Then: func(t *testing.T, _ *tuitest.Terminal, desk *tuitest.Desk) {
			if n := desk.Last().Incident().Head.Seq; n != 1 {
				t.Errorf("%d entries", n)
			}
		}},
	})
}
