package home_test

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

// A crew is who else is here.
type crew []tui.Mate

func (crew) Move(string, string, string, string) {}
func (c crew) Others() []tui.Mate                { return c }

// TestHomeIsShared: home says who else is here and in which incident, and shows what another
// session began, or closed, without being asked. Who sits there alone is not looked for: then
// nothing wakes the machine.
func TestHomeIsShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book, err := tuitest.ReadBook("imo.toml")
		if err != nil {
			t.Fatal(err)
		}
		for _, team := range []crew{{{Name: "Ben", Role: "responder", Screen: "run", Incident: "2026-11-24-amber-heron"}}, {}} {
			inner, err := tuitest.NewDesk("Ada")
			if err != nil {
				t.Fatal(err)
			}
			desk := &slowDesk{Desk: inner}
			app, err := tui.NewHome(t.Context(), desk, tui.Options{Person: "Ada", Now: desk.Now, Team: team})
			if err != nil {
				t.Fatal(err)
			}
			term := tuitest.Start(t, app, 100, 30)
			term.Wait(time.Second)
			lists := desk.lists
			session, err := desk.Start(t.Context(), tui.StartRequest{Runbook: book, Mode: state.Live, Severity: runbooks.SEV2, Person: "Ben"})
			if err != nil {
				t.Fatal(err)
			}
			term.Wait(10 * time.Second)
			if len(team) == 0 {
				if desk.lists != lists || strings.Contains(term.Screen(), "amber-heron") {
					t.Errorf("who is alone looks %d times\n%s", desk.lists-lists, term.Screen())
				}
				continue
			}
			tuitest.Wants(t, term, "1 more here", "amber-heron", "1 in it", "Open incidents")
			if _, err := session.Do(t.Context(), state.Action{Command: state.CloseIncident{Summary: "over"}, Override: "we must"}); err != nil {
				t.Fatal(err)
			}
			term.Wait(10 * time.Second)
			tuitest.Wants(t, term, "Closed", "closed 2026-")
			term.Act("U")
			tuitest.Wants(t, term, "Who is here", "Ben (responder)")
		}
	})
}
