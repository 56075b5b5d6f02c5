package incident_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"muster/state"
	"muster/tui"
	"muster/tui/tuitest"
)

// TestClosedStands: at a closed incident no step is offered, its times stand, and
// what comes next is named.
func TestClosedStands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		term, desk := tuitest.Inside(t)
		term.Press("enter")
		term.Wait(2 * time.Minute)
		if _, err := desk.Last().Do(t.Context(), state.Action{Command: state.CloseIncident{Summary: "finished"}, Override: "a test"}); err != nil {
			t.Fatal(err)
		}
		term.Wait(time.Hour)
		term.Press("down", "up")
		tuitest.Wants(t, term, "CLOSED", "C shows what comes now", "verify", "witness", "export")
		term.Press("4")
		tuitest.Wants(t, term, " Open at the end ", "open at the end")
		for _, not := range []string{"d done", "s skip", "b block", "f fail", "10m over", "1h"} {
			if strings.Contains(term.Screen(), not) {
				t.Errorf("%q is on the screen:\n%s", not, term.Screen())
			}
		}
	})
}

// TestFileEnds: leaving a file ends; it is no incident of a store.
func TestFileEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, desk := tuitest.Inside(t)
		app, err := tui.NewOpening(t.Context(), desk, desk.Last().Incident().ID, true, tui.Options{Person: "Ada", Now: desk.Now, File: true})
		if err != nil {
			t.Fatal(err)
		}
		term := tuitest.Start(t, app, 100, 30)
		term.Press("q")
		term.Settle()
		if !term.Ended() {
			t.Errorf("it goes on:\n%s", term.Screen())
		}
	})
}

// TestRefusedFormComesBack: enter on a refusal leads back to what was typed.
func TestRefusedFormComesBack(t *testing.T) {
	for _, key := range []string{"e", "enter"} {
		tuitest.InBubble(t, key, func(t *testing.T) {
			term, _ := tuitest.Inside(t)
			term.Act("2 enter tab 'seen_by_two ctrl+s")
			term.Wait(time.Second)
			tuitest.Wants(t, term, "already")
			term.Press(key)
			tuitest.Wants(t, term, "How do you know?", "seen by two")
		})
	}
}
