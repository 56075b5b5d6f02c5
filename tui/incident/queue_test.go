package incident_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/tui"
	"muster/tui/tuitest"
)

// notesOf are the notes of an incident, in their order.
func notesOf(desk *tuitest.Desk) (notes []string) {
	for _, e := range desk.Last().Incident().Log {
		if note, ok := e.Data.(*state.NoteAdded); ok {
			notes = append(notes, note.Text)
		}
	}
	return notes
}

// TestQueue: what is asked for while something is being saved is saved behind it, in its order
// and once; the program does not end before.
func TestQueue(t *testing.T) {
	for _, leaves := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			term, desk := begun(t)
			desk.Hold()
			for _, text := range []string{"one", "two", "three"} {
				term.Act("n '" + text + " ctrl+s ")
				term.Wait(time.Second)
			}
			if got := notesOf(desk); len(got) > 0 {
				t.Errorf("%q are saved already", got)
			}
			if leaves {
				term.Act("ctrl+c")
				if term.Ended() {
					t.Error("it ends while something is being saved")
				}
			}
			desk.Release()
			term.Wait(time.Second)
			if got := strings.Join(notesOf(desk), " "); got != "one two three" {
				t.Errorf("leaving %v: saved are %q\n%s", leaves, got, term.Screen())
			}
			if term.Ended() != leaves {
				t.Errorf("leaving %v: it has ended: %v", leaves, term.Ended())
			}
		})
	}
}

// TestNotWritable: whatever keeps the log from being written is said, and nothing is typed in
// vain.
func TestNotWritable(t *testing.T) {
	for name, c := range map[string]struct {
		damage *state.Damage
		watch  bool
		want   string
	}{
		"damaged": {&state.Damage{Line: 7, Seq: 7, What: "it is torn"}, false, "READ ONLY, THE LOG IS DAMAGED: line 7: it is torn"},
		"newer":   {&state.Damage{Line: 7, Seq: 7, What: "it is newer", Newer: true}, false, "READ ONLY: this log was written by a newer muster"},
		"watched": {nil, true, "Watching only"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				desk, err := tuitest.NewDesk("Ada", "imo.toml")
				if err != nil {
					t.Fatal(err)
				}
				session, err := desk.Start(t.Context(), tui.StartRequest{Runbook: desk.Books[0], Mode: state.Live, Severity: runbooks.SEV2, Person: "Ada"})
				if err != nil {
					t.Fatal(err)
				}
				if c.damage != nil {
					desk.Damage(c.damage)
				}
				app, err := tui.NewIncident(t.Context(), desk, session, c.watch, tui.Options{Person: "Ada", Now: desk.Now})
				if err != nil {
					t.Fatal(err)
				}
				term := tuitest.Start(t, app, 160, 30)
				for _, key := range []string{"n", "C", "t", "@", "S"} {
					term.Act(key)
					tuitest.Wants(t, term, c.want)
				}
				if n := tuitest.EntriesOf(desk); n != 1 {
					t.Errorf("%d entries", n)
				}
			})
		})
	}
}

// TestFacilitatorsSecrets: what the facilitator holds, rates and observes says nothing on a
// player's screen until the drill is closed.
func TestFacilitatorsSecrets(t *testing.T) {
	for _, c := range []struct {
		opener string
		closed bool
		shown  bool
	}{{"Fay", false, false}, {"Fay", true, true}, {"Ada", false, true}} {
		synctest.Test(t, func(t *testing.T) {
			scene := tuitest.Drill(c.opener)(t, tui.Options{})
			fay := func(command state.Command) error { return scene.Desk.Last().Insists(c.opener, command, "a drill") }
			err := errors.Join(fay(state.AddObservation{Text: "SECRET", Mark: state.Improve}), fay(state.RateObjective{Objective: "truth", Title: "x", Rating: state.Major, Note: "SECRET"}))
			if c.closed {
				err = errors.Join(err, fay(state.CloseIncident{Summary: "over"}))
			}
			if err != nil {
				t.Fatal(err)
			}
			app, err := scene.App(scene.Desk)
			if err != nil {
				t.Fatal(err)
			}
			term := tuitest.Start(t, app, 160, 40)
			term.Act("5")
			if is := strings.Contains(term.Screen(), "SECRET"); is != c.shown {
				t.Errorf("%+v: it is shown: %v\n%s", c, is, term.Screen())
			}
			if is := strings.Contains(term.Screen(), "the facilitator's: it is shown once the drill is closed"); is == c.shown {
				t.Errorf("%+v: that it is kept is said: %v\n%s", c, is, term.Screen())
			}
		})
	}
}

// TestInputsAreAsked: what the runbook asks at the start can be answered later, and is offered
// while it is not.
func TestInputsAreAsked(t *testing.T) {
	tuitest.Cases(t, tuitest.Inside, []tuitest.Case{
		{Name: "asked again", Keys: "I", Want: []string{"What the runbook asks at the start", "Organisation", "IMO"}},
		{Name: "answered anew", Keys: "I 'WMO ctrl+s", Logged: "WMO"},
		{Name: "no change", Keys: "I ctrl+s", Then: nothing(1)},
	})
	tuitest.Cases(t, begun, []tuitest.Case{{Name: "none", Keys: "I", Want: []string{"The runbook asks for nothing at the start."}, Then: nothing(1)}})
}
