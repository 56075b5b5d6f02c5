package incident_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"muster/runbooks"
	"muster/state"
	"muster/tui"
	"muster/tui/tuitest"
)

// TestAnAnsweredUpdateIsNotAskedFor: what asks for a promised update goes when the
// update is given, whoever gives it.
func TestAnAnsweredUpdateIsNotAskedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		text, err := tuitest.BookText("imo.toml")
		if err != nil {
			t.Fatal(err)
		}
		book, err := tuitest.Book("imo.toml", []byte(strings.NewReplacer(`next_update = "2h"`, `next_update = "2m"`, `approver    = "commander"`, "").Replace(string(text))))
		if err != nil {
			t.Fatal(err)
		}
		desk, err := tuitest.NewDesk("Ada")
		if err != nil {
			t.Fatal(err)
		}
		desk.Books = append(desk.Books, book)
		started, err := desk.Start(t.Context(), tui.StartRequest{Runbook: book, Mode: state.Live, Severity: runbooks.SEV2, Person: "Ada"})
		if err != nil {
			t.Fatal(err)
		}
		session := started.(*tuitest.Session)
		app, err := tui.NewIncident(t.Context(), desk, session, false, tui.Options{Person: "Ada", Now: desk.Now})
		if err != nil {
			t.Fatal(err)
		}
		term := tuitest.Start(t, app, 100, 30)
		say := func(text string) {
			for _, command := range []state.Command{state.DraftNotice{Notice: "holding", Text: text}, state.SendNotice{Notice: "holding", Channel: "press"}} {
				if err := session.Other("Ben", command); err != nil {
					t.Fatal(err)
				}
			}
			term.Wait(2 * time.Second)
		}
		say("We look into it.")
		term.Wait(3 * time.Minute)
		tuitest.Wants(t, term, "UPDATE DUE")
		say("We still do.")
		if strings.Contains(term.Screen(), "UPDATE DUE") {
			t.Errorf("it was given, and is asked for\n%s", term.Screen())
		}
		term.Wait(3 * time.Minute)
		tuitest.Wants(t, term, "UPDATE DUE")
		if _, err := session.Do(t.Context(), state.Action{Command: state.CloseIncident{Summary: "It is over."}, Override: "a test"}); err != nil {
			t.Fatal(err)
		}
		term.Wait(2 * time.Second)
		if strings.Contains(term.Screen(), "UPDATE DUE") {
			t.Errorf("it is closed, and asks for an update\n%s", term.Screen())
		}
	})
}
