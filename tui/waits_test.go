package tui_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"muster/state"
	"muster/tui"
	"muster/tui/tuitest"
)

// TestWhatWaitsIsNotARefusal: who comes to an incident is asked for a name, and the first acts
// wait until that is said. Nothing was refused, and nothing is unsaved.
func TestWhatWaitsIsNotARefusal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book, err := tuitest.Book("first.toml", []byte("title = \"First\"\nimmediate = [\"out\"]\n[[phase]]\ntitle = \"One\"\n[[phase.step]]\nid = \"out\"\ntitle = \"Get everybody out\"\n"))
		if err != nil {
			t.Fatal(err)
		}
		desk := newDesk(t)
		session, err := desk.Start(t.Context(), tui.StartRequest{Runbook: book, Mode: state.Live, Person: "Ada"})
		if err != nil {
			t.Fatal(err)
		}
		_ = session.Close()
		desk.Person = ""
		app, err := tui.NewHome(t.Context(), desk, tui.Options{Now: desk.Now})
		term := seen(t, app, err)
		term.Wait(time.Second)
		term.Press("enter")
		term.Wait(time.Second)
		tuitest.Wants(t, term, "Who are you?", "Something is to be read when you have typed this; ctrl+x shows it now.", "ctrl+x what waits")
		if strings.Contains(term.Screen(), "NOT RECORDED") || strings.Contains(term.Screen(), "NOT SAVED") {
			t.Errorf("nothing was refused:\n%s", term.Screen())
		}
		term.Press("ctrl+x")
		tuitest.Wants(t, term, "FIRST, before all else")
	})
}
