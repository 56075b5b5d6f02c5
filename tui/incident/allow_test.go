package incident_test

import (
	"testing"
	"testing/synctest"
	"time"

	"muster/state"
	"muster/tui/tuitest"
)

// TestNobodyLooksInsideUnasked: what was announced as restored is looked at by itself,
// but for what is private and nobody has allowed: it is not looked at and not asked
// about, and screen 2 says so. With a yes it is looked at, again and again.
func TestNobodyLooksInsideUnasked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book, err := tuitest.ReadBook("stranger.toml")
		if err != nil {
			t.Fatal(err)
		}
		world := &tuitest.World{}
		world.Inside("leads")
		term, desk := tuitest.Begin(t, book, world, nil)
		for _, service := range []string{"cloud", "leads"} {
			for _, c := range []state.Command{
				state.SetService{Service: service, State: state.Affected, Why: "seen"},
				state.SetService{Service: service, State: state.Restored, Why: "seen"},
			} {
				if err := desk.Last().Other("Ben", c); err != nil {
					t.Fatal(err)
				}
			}
			if err := desk.Last().Other("Cleo", state.SetService{Service: service, State: state.Verified, Why: "seen"}); err != nil {
				t.Fatal(err)
			}
		}
		for _, c := range []state.Command{state.DraftNotice{Notice: "all-well"}, state.SendNotice{Notice: "all-well", Channel: "form"}} {
			if err := desk.Last().Other("Ben", c); err != nil {
				t.Fatal(err)
			}
		}
		before := tuitest.EntriesOf(desk)
		term.Wait(3 * time.Minute)
		term.Act("2")
		tuitest.Wants(t, term, "169.254.169.254:80  not looked at: private address, p asks")
		term.Act("j j j")
		tuitest.Wants(t, term, "leads-in.example.org:443  not looked at: private address, p asks")
		if n := tuitest.EntriesOf(desk); n != before || world.Looks() != 0 {
			t.Fatalf("%d entries became %d, %d looks\n%s", before, n, world.Looks(), term.Screen())
		}
		term.Act("k k k p y")
		term.Wait(3 * time.Minute)
		if looks := world.Looks(); looks < 3 {
			t.Errorf("%d looks after the yes\n%s", looks, term.Screen())
		}
		inc := desk.Last().Incident()
		if !inc.Allows("169.254.169.254:80") || inc.Allows("leads-in.example.org:443") {
			t.Error("not what was asked about is allowed")
		}
	})
}
