package drill_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/tui"
	"muster/tui/tuitest"
)

// drillApp starts screens for person in a drill that Fay has started; every App of
// a desk has the same log.
func drillApp(t *testing.T, desk *tuitest.Desk, person string) *tui.App {
	t.Helper()
	session := desk.Last()
	if session == nil {
		source, err := tuitest.ReadScenario("autumn.toml")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := desk.Start(t.Context(), tui.StartRequest{Runbook: desk.Books[0], Mode: state.Drill, Title: "Autumn exercise",
			Severity: runbooks.SEV1, Inputs: map[string]string{"org": "IMO"}, Person: "Fay", Scenario: source}); err != nil {
			t.Fatal(err)
		}
		session = desk.Last()
	}
	app, err := tui.NewIncident(t.Context(), desk, session.As(person), false, tui.Options{Person: person, Now: desk.Now})
	if err != nil {
		t.Fatal(err)
	}
	return app
}

func drillDesk(t *testing.T) *tuitest.Desk {
	t.Helper()
	desk, err := tuitest.NewDesk("Ada", "attack.toml")
	if err != nil {
		t.Fatal(err)
	}
	return desk
}

// TestPlayersSeeNothingAhead: whatever a player presses, while the facilitator plays,
// holds and skips, no word of an inject that was not delivered is ever drawn, and the
// scenario is never read.
func TestPlayersSeeNothingAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk := drillDesk(t)
		player := tuitest.Start(t, drillApp(t, desk, "Ada"), 120, 40)
		inc := func() *state.Incident { return desk.Last().Incident() }
		fay := func(c state.Command) {
			t.Helper()
			if err := desk.Last().Other("Fay", c); err != nil {
				t.Fatal(err)
			}
		}
		fay(state.SetExercise{Do: state.ExerciseStart, Speed: 60})
		fay(state.HoldInject{Ref: inc().Exercise.Ref("hint"), Why: "SECRET hold"})
		fay(state.SkipInject{Ref: inc().Exercise.Ref("second-call"), Why: "SECRET skip"})
		fay(state.RateObjective{Objective: "contain", Title: "SECRET objective", Rating: state.Major, Note: "SECRET note"})
		fay(state.AddObservation{Text: "SECRET observation", Mark: state.Improve})
		look := "1 2 3 tab tab 4 5 end enter esc 6 ? esc : esc M esc 5 / 'CANARY enter x i esc p esc 6 W esc"
		player.Act(look)
		for _, size := range [][2]int{{80, 24}, {60, 20}, {200, 60}} {
			player.Resize(size[0], size[1])
			player.Act(look)
		}
		player.Act(": 'CANARY esc ? 'journalist esc")
		player.Wait(2 * time.Minute) // long past every time of the scenario
		if inc().Head.Seq != 6 {
			t.Errorf("a player's screens made an entry: %d", inc().Head.Seq)
		}
		player.Act(look)
		for _, secret := range []string{"CANARY-", "SECRET", "A journalist", "error-page", "second-call", "Look at the fire", "listen for", "Members are calling"} {
			if strings.Contains(player.Raw(), secret) {
				t.Errorf("%q was drawn", secret)
			}
		}
		if n := desk.Last().Asked(); n != 0 {
			t.Errorf("the scenario was read %d times", n)
		}
		// What is delivered is seen, and no more than that: not what was expected.
		in := desk.Last().Inject("error-page")
		fay(state.DeliverInject{Inject: in.ID, From: in.From, To: in.To, Via: in.Via, Text: in.Text})
		player.Wait(2 * time.Second)
		if !strings.Contains(player.Screen(), "Members are calling.") {
			t.Errorf("the message did not come:\n%s", player.Screen())
		}
		if player.Act("enter M enter esc 5 enter esc"); strings.Contains(player.Raw(), "CANARY-") {
			t.Error("more than the message was drawn")
		}
		if _, err := desk.Last().As("Fay").Do(t.Context(), state.Action{Command: state.CloseIncident{Summary: "over"}, Override: "it is a test"}); err != nil {
			t.Fatal(err)
		}
		player.Settle()
		if player.Act("esc 5"); !strings.Contains(player.Screen(), "SECRET observation") {
			t.Errorf("after the end the players may read everything:\n%s", player.Screen())
		}
	})
}

// TestTwoFacilitators: with two screens that follow the clock, each inject is
// delivered once, and neither is told of the other's.
func TestTwoFacilitators(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk := drillDesk(t)
		one := tuitest.Start(t, drillApp(t, desk, "Fay"), 100, 30)
		two := tuitest.Start(t, drillApp(t, desk, "Fay"), 100, 30)
		one.Act("6 space > > > > >")
		two.Act("6")
		desk.Hold() // both are on their way at once
		one.Wait(10 * time.Second)
		desk.Release()
		one.Wait(40 * time.Second)
		two.Settle()
		delivered := map[string]int{}
		for _, e := range desk.Last().Incident().Log {
			if data, ok := e.Data.(*state.InjectDelivered); ok {
				delivered[data.Inject]++
			}
		}
		if want := "map[error-page:1 journalist:1 second-call:1]"; fmt.Sprint(delivered) != want {
			t.Errorf("delivered %v, not %s", delivered, want)
		}
		for _, term := range []*tuitest.Terminal{one, two} {
			if screen := term.Screen(); strings.Contains(screen, "Not recorded") || !strings.Contains(screen, "3 of 4 delivered") {
				t.Errorf("the screen is\n%s", screen)
			}
		}
	})
}

// TestUndeliverable: an inject that cannot be delivered is said to be so, once, and
// the others go on.
func TestUndeliverable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk := drillDesk(t)
		app := drillApp(t, desk, "Fay")
		desk.Last().Inject("error-page").To = "nobody-of-this-runbook"
		term := tuitest.Start(t, app, 100, 30)
		term.Act("6 space > > > > >")
		term.Wait(30 * time.Second)
		if screen := term.Screen(); !strings.Contains(screen, "CANNOT BE DELIVERED") || !strings.Contains(screen, "1 of 4 delivered") {
			t.Errorf("the screen is\n%s", screen)
		}
	})
}

// TestHostileScenario: no control sequence of a scenario reaches the terminal.
func TestHostileScenario(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk := drillDesk(t)
		app := drillApp(t, desk, "Fay")
		const hostile = "\x1b]0;owned\a\x1b[31mred\u202e\x9b2J"
		s := desk.Last()
		in := s.Inject("error-page")
		in.Title, in.Text, in.Expect, in.Notes, in.From, in.Via = "t"+hostile, "x"+hostile, "e"+hostile, "n"+hostile, "f"+hostile, "v"+hostile
		scenario, _, _ := s.Scenario(t.Context())
		scenario.Objectives[0].Title, scenario.Objectives[0].Text = "o"+hostile, "ot"+hostile
		term := tuitest.Start(t, app, 90, 30)
		player := tuitest.Start(t, drillApp(t, desk, "Ada"), 90, 30)
		term.Act("6 d R esc end k enter esc o esc . s esc g r : 't esc")
		player.Act("M enter esc")
		player.Wait(time.Second)
		player.Act("enter M enter esc 5 enter")
		for name, screen := range map[string]*tuitest.Terminal{"facilitator": term, "player": player} {
			for _, bad := range []string{"\x1b]0;owned", "\x1b[31m", "\u202e", "\u009b", "\xff"} {
				if strings.Contains(screen.Raw(), bad) {
					i := strings.Index(screen.Raw(), bad)
					t.Errorf("%q has reached the terminal of the %s: %q", bad, name, screen.Raw()[max(0, i-60):i+40])
				}
			}
		}
		if !strings.Contains(player.Raw(), "red") {
			t.Errorf("the message was not drawn:\n%s", player.Screen())
		}
	})
}

// TestDrillMonkeys: at random keys, nothing that a facilitator or a player sees
// leaves its place, in terminals of every size.
func TestDrillMonkeys(t *testing.T) {
	var keys []string
	for _, act := range tui.Actions() {
		if act.ID != "quit" && act.ID != "suspend" && act.ID != "back" && act.ID != "home.leave" {
			keys = append(keys, act.Keys...)
		}
	}
	for seed, person := range []string{"Fay", "Ada", "Fay"} {
		synctest.Test(t, func(t *testing.T) {
			random := rand.New(rand.NewPCG(uint64(seed), 6))
			desk := drillDesk(t)
			app := drillApp(t, desk, person)
			term := tuitest.Start(t, app, 100, 30)
			for i := range 250 {
				key := keys[random.IntN(len(keys))]
				if n := random.IntN(12); n < 6 {
					key = []string{"6", "enter", "ctrl+s", "space", ">", "esc"}[n]
				}
				term.Press(key)
				switch random.IntN(20) {
				case 0:
					term.Resize(40+random.IntN(180), 12+random.IntN(50))
				case 1:
					desk.FailSaves(1)
				case 2:
					term.Wait(time.Minute)
				case 3:
					in := desk.Last().Inject([]string{"error-page", "journalist", "hint"}[random.IntN(3)])
					_ = desk.Last().Other("Zoe", state.DeliverInject{Inject: in.ID, From: in.From, To: in.To, Via: in.Via, Text: in.Text}) // it may be out
				}
				if term.Ended() {
					break
				}
				tuitest.Fits(t, app, term, i, key)
			}
			if term.Ended() && term.Err != nil {
				t.Errorf("seed %d: the program has ended: %v", seed, term.Err)
			}
		})
	}
}
